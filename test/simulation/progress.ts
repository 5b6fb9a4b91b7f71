/** Counts, shows and remembers: a run of hours goes on where it was interrupted. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SimulateOptions } from './options.ts';
import { type Found, printFailure, printLast } from './print.ts';
import type { Task, TaskResult } from './tasks.ts';

export type Totals = {
  runs: number;
  faults: number;
  violations: number;
  hash: number;
  seconds: number;
  planted: Found[];
};
type Kept = { readonly key: string; readonly done: number[]; readonly totals: Totals };

const SHOWN_EVERY_MS = 10_000;
const FAILURES_SHOWN_MAX = 50;

export const commitNow = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
};

export function openProgress(options: SimulateOptions, tasks: readonly Task[]) {
  const commit = commitNow();
  const { json: _json, workers: _workers, minutes: _minutes, ...asked } = options;
  const key = JSON.stringify({ commit, ...asked });
  const kept = options.state ? readKept(options.state, key) : undefined;
  const done = new Set(kept?.done ?? []);
  const totals = kept?.totals ?? { runs: 0, faults: 0, violations: 0, hash: 0, seconds: 0, planted: [] };
  if (done.size > 0) console.log(`resumes after ${done.size} of ${tasks.length} tasks`);
  const open = tasks.map((task, number) => ({ task, number })).filter(({ number }) => !done.has(number));
  const before = totals.seconds;
  const began = performance.now();
  let shownAt = began;
  let shown = 0;

  const keep = (): void => {
    if (!options.state) return;
    mkdirSync(dirname(options.state), { recursive: true });
    writeFileSync(`${options.state}.new`, JSON.stringify({ key, done: [...done], totals } satisfies Kept));
    renameSync(`${options.state}.new`, options.state);
  };
  return {
    left: open.map(({ task }) => task),
    done: (number: number, task: Task, result: TaskResult): void => {
      done.add(open[number]?.number ?? -1);
      totals.runs += result.runs;
      totals.faults += result.faults;
      totals.violations += result.violations;
      totals.hash = (totals.hash + result.hash) >>> 0;
      totals.seconds = before + (performance.now() - began) / 1_000;
      if (task.kind === 'planted') console.log(`${task.bug}: ${shownFound(result)}`);
      if (task.kind === 'planted')
        totals.planted.push({
          bug: task.bug,
          runs: result.runs,
          ...(result.found ? { found: result.found } : {}),
        });
      for (const failure of result.failures) {
        if (shown++ < FAILURES_SHOWN_MAX) printFailure(failure, commit);
      }
      if (performance.now() - shownAt < SHOWN_EVERY_MS) return;
      shownAt = performance.now();
      console.log(`${done.size}/${tasks.length} tasks, ${totals.runs} runs, ${totals.violations} violations`);
      keep();
    },
    close: (): Totals => {
      totals.seconds = before + (performance.now() - began) / 1_000;
      if (done.size < tasks.length) keep();
      else if (options.state) rmSync(options.state, { force: true });
      if (!options.planted) printLast(totals, options, tasks);
      return totals;
    },
  };
}

function readKept(file: string, key: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
  return kept.key === key ? kept : undefined;
}

const shownFound = ({ found, runs }: TaskResult): string =>
  found ? `seed ${found.seed} of ${found.workload}, ${found.rule}` : `not in ${runs} seeds`;
