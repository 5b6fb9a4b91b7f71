/** The command line of `npm run simulate`. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { WORKLOADS } from './workloads/all.ts';

export type SimulateOptions = {
  /** One seed, with its trace. */
  readonly seed?: number;
  readonly from: number;
  readonly seeds: number;
  readonly workload?: string;
  /** With `seed`: a planted bug to run it with. With `planted`: the only one to look for. */
  readonly bug?: string;
  readonly exhaustive?: 1 | 2;
  /** `part` of `parts`, from 0. */
  readonly part: number;
  readonly parts: number;
  readonly planted: boolean;
  readonly workloads: boolean;
  /** How many workloads a seed draws from. */
  readonly workloadsDrawn: number;
  readonly json: boolean;
  readonly workers: number;
  /** After this long nothing more is begun; what was done is kept and printed. */
  readonly minutes?: number;
  /** Where a long run keeps its place; absent: nowhere. */
  readonly state?: string;
};

const SEEDS_DEFAULT = 1_000;
const PLANTED_SEEDS_DEFAULT = 10_000;
/** From here on a run takes long enough to be worth resuming. */
const LONG = 5_000;

/** Throws on what it does not know. */
export function readOptions(args: readonly string[]): SimulateOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      from: { type: 'string', default: '1' },
      seeds: { type: 'string' },
      workload: { type: 'string' },
      bug: { type: 'string' },
      exhaustive: { type: 'boolean', default: false },
      faults: { type: 'string', default: '1' },
      part: { type: 'string', default: '0/1' },
      planted: { type: 'boolean', default: false },
      workloads: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      workers: { type: 'string' },
      minutes: { type: 'string' },
      state: { type: 'string' },
    },
  });
  const { planted, workloads, json, workload, bug } = values;
  const [part = 0, parts = 1] = values.part.split('/').map((text) => whole(text, 'part'));
  const seeds =
    values.seeds === undefined
      ? planted
        ? PLANTED_SEEDS_DEFAULT
        : SEEDS_DEFAULT
      : whole(values.seeds, 'seeds');
  const isLong = values.exhaustive || (!planted && seeds >= LONG);
  const state = values.state ?? (isLong ? '.relance/simulation.json' : undefined);
  return {
    from: whole(values.from, 'from'),
    seeds,
    part,
    parts,
    planted,
    workloads,
    workloadsDrawn: WORKLOADS.filter(({ weight }) => weight > 0).length,
    json,
    workers: values.workers === undefined ? availableParallelism() : whole(values.workers, 'workers'),
    ...(values.seed === undefined ? {} : { seed: whole(values.seed, 'seed') }),
    ...(workload === undefined ? {} : { workload }),
    ...(bug === undefined ? {} : { bug }),
    ...(values.exhaustive ? { exhaustive: values.faults === '2' ? 2 : 1 } : {}),
    ...(values.minutes === undefined ? {} : { minutes: whole(values.minutes, 'minutes') }),
    ...(state === undefined ? {} : { state }),
  };
}

function whole(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a whole number, not ${text}.`);
  return value;
}
