/**
 * `npm run simulate`: seeds (`--from --seeds`), one seed with its trace (`--seed`), exhaustive schedules
 * (`--exhaustive`), or the planted bugs (`--planted`). README.md explains; `--json` prints one line last.
 */
import { readOptions, type SimulateOptions } from './options.ts';
import { PLANTED_BUGS } from './planted/all.ts';
import { runTasks } from './pool.ts';
import { printPlanted } from './print.ts';
import { openProgress } from './progress.ts';
import { showSeed } from './show-seed.ts';
import type { Task } from './tasks.ts';
import { WORKLOADS } from './workloads/all.ts';

const SEEDS_PER_TASK = 20;
const PARTS_PER_WORKLOAD = 24;

function* tasksOf(options: SimulateOptions): Generator<Task> {
  const { workload } = options;
  if (options.planted) {
    for (const { name } of PLANTED_BUGS) {
      if (options.bug === undefined || options.bug === name) {
        yield { kind: 'planted', bug: name, seedsMax: options.seeds };
      }
    }
    return;
  }
  if (options.exhaustive) {
    const chosen = WORKLOADS.filter(({ name, weight }) => (workload ? name === workload : weight > 0));
    for (const { name } of chosen) {
      for (let inner = 0; inner < PARTS_PER_WORKLOAD; inner++) {
        const part = inner * options.parts + options.part;
        yield {
          kind: 'schedules',
          workload: name,
          faults: options.exhaustive,
          part,
          parts: PARTS_PER_WORKLOAD * options.parts,
        };
      }
    }
    return;
  }
  const end = options.from + options.seeds;
  for (let from = options.from; from < end; from += SEEDS_PER_TASK) {
    yield {
      kind: 'seeds',
      from,
      to: Math.min(end, from + SEEDS_PER_TASK),
      ...(workload ? { workload } : {}),
    };
  }
}

function* inTime(tasks: Iterable<Task>, minutes = Number.POSITIVE_INFINITY): Generator<Task> {
  const end = performance.now() + minutes * 60_000;
  for (const task of tasks) {
    if (performance.now() > end) return;
    yield task;
  }
}

const options = readOptions(process.argv.slice(2));
if (options.workloads) {
  for (const { name, about } of WORKLOADS) console.log(`${name.padEnd(16)} ${about}`);
} else if (options.seed !== undefined) {
  process.exitCode = (await showSeed(options.seed, options)) ? 0 : 1;
} else {
  const progress = openProgress(options, [...tasksOf(options)]);
  await runTasks(inTime(progress.left, options.minutes), options.workers, progress.done);
  const totals = progress.close();
  if (options.planted) printPlanted(totals.planted, options);
  process.exitCode = totals.violations === 0 && totals.planted.every(({ found }) => found) ? 0 : 1;
}
