// `npm run properties -- --n=1000000 --only=slot --minutes=60`: each property as often as asked, on all cores. It keeps
// its place in `.relance/properties.json`: the same command goes on where it was interrupted, at the same commit.
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { commitNow } from '../simulation/progress.ts';
import { PROPERTIES } from './all.ts';
import type { Part, PartResult } from './worker.ts';

/** One run keeps its cases in memory; a million is many runs, each with a seed of its own. */
const CASES_PER_PART = 2_000;
const SHOWN_EVERY_MS = 10_000;

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: String(availableParallelism()) },
    minutes: { type: 'string', default: 'Infinity' },
    state: { type: 'string', default: '.relance/properties.json' },
  },
});
const [total, firstSeed, workers] = [Number(values.n), Number(values.seed), Number(values.workers)];
if (![total, firstSeed, workers].every((number) => Number.isInteger(number) && number > 0)) {
  throw new RangeError('Write --n=1000000, --seed=1 and --workers=2 with whole numbers.');
}

const key = JSON.stringify({ commit: commitNow(), seed: firstSeed, only: values.only });
/** By property: where its finished parts began. Parts end out of order, so that a count alone would leave gaps. */
type Kept = { readonly key: string; readonly done: number[][] };
const kept: Kept | undefined = existsSync(values.state)
  ? JSON.parse(readFileSync(values.state, 'utf8'))
  : undefined;
const done = kept?.key === key ? kept.done : PROPERTIES.map((): number[] => []);
const partSize = (from: number): number => Math.min(CASES_PER_PART, total - from);
const casesOf = (number: number): number =>
  (done[number] ?? []).filter((from) => from < total).reduce((sum, from) => sum + partSize(from), 0);
const faults: (string | undefined)[] = [];

function keep(): void {
  mkdirSync(dirname(values.state), { recursive: true });
  writeFileSync(`${values.state}.new`, JSON.stringify({ key, done } satisfies Kept));
  renameSync(`${values.state}.new`, values.state);
}

const asked = PROPERTIES.map((_, number) => number).filter((number) =>
  PROPERTIES[number]?.name.includes(values.only),
);
const taken = done.map((starts) => new Set(starts));
const end = performance.now() + Number(values.minutes) * 60_000;

const nextStart = (number: number): number => {
  let from = 0;
  while (taken[number]?.has(from)) from += CASES_PER_PART;
  return from;
};

/** The property that has the fewest cases next, so that an interrupted run has tried all of them. */
function nextPart(): Part | undefined {
  if (performance.now() > end) return undefined;
  const [next] = asked
    .filter((number) => faults[number] === undefined)
    .map((number) => ({ number, from: nextStart(number) }))
    .filter(({ from }) => from < total)
    .toSorted((a, b) => a.from - b.from);
  if (!next) return undefined;
  const { number, from } = next;
  taken[number]?.add(from);
  return { number, seed: firstSeed + from, cases: partSize(from) };
}

let shownAt = performance.now();
function count({ number, seed }: Part, { fault }: PartResult): void {
  if (fault === undefined) done[number]?.push(seed - firstSeed);
  else faults[number] ??= fault;
  keep();
  if (performance.now() - shownAt < SHOWN_EVERY_MS) return;
  shownAt = performance.now();
  console.log(asked.map(casesOf).join(' '));
}

const lane = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'worker.ts'));
    let part: Part | undefined;
    const next = (): void => {
      part = nextPart();
      if (part) child.send(part);
      else child.disconnect();
    };
    child.on('message', (result: PartResult) => {
      if (part) count(part, result);
      next();
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A worker ended with ${code}.`))));
    next();
  });

await Promise.all(Array.from({ length: workers }, lane));
for (const number of asked) {
  const fault = faults[number];
  const name = PROPERTIES[number]?.name;
  const isWhole = casesOf(number) >= total;
  console.log(`${fault ? 'FAILED ' : isWhole ? 'held   ' : 'so far '} ${casesOf(number)} cases  ${name}`);
  if (fault) console.log(fault);
}
// What failed is tried again from its beginning, and what is whole has nothing to go on with.
const hasFailed = faults.some((fault) => fault !== undefined);
if (hasFailed || asked.every((number) => casesOf(number) >= total)) rmSync(values.state, { force: true });
process.exitCode = hasFailed ? 1 : 0;
