/** What a simulation says. */
import type { SimulateOptions } from './options.ts';
import type { Totals } from './progress.ts';
import type { Failure, Task, TaskResult } from './tasks.ts';

export type Found = { readonly bug: string; readonly runs: number; readonly found?: TaskResult['found'] };

export function printFailure(failure: Failure, commit: string): void {
  const { seed, workload, hash, rule, detail, schedule } = failure;
  const at = schedule ? ` schedule=${schedule.map(([call, fault]) => `${call}:${fault}`).join(',')}` : '';
  console.log(
    `FAILED seed=${seed} workload=${workload}${at} commit=${commit} hash=${hash} ${rule}: ${detail}`,
  );
  if (!schedule) console.log(`  replay: npm run simulate -- --seed=${seed} --workload=${workload}`);
}

/** The last line is JSON where it was asked for: `.ci` and scripts read it. */
export function printLast(totals: Totals, options: SimulateOptions, tasks: readonly Task[]): void {
  const named = new Set(
    tasks.flatMap((task) => ('workload' in task && task.workload ? [task.workload] : [])),
  );
  const perSecond = Math.round((totals.runs / Math.max(totals.seconds, 0.001)) * 10) / 10;
  const line = {
    seeds: totals.runs,
    faults: totals.faults,
    violations: totals.violations,
    workloads: named.size > 0 ? named.size : options.workloadsDrawn,
    seedsPerSecond: perSecond,
    hash: totals.hash.toString(16).padStart(8, '0'),
  };
  const mean = Math.round(totals.faults / Math.max(totals.runs, 1));
  console.log(
    `${totals.runs} runs, ${mean} faults each, ${totals.violations} violations, ${perSecond} runs a second`,
  );
  if (options.json) console.log(JSON.stringify(line));
}

export function printPlanted(planted: readonly Found[], options: SimulateOptions): void {
  const sorted = [...planted].sort((a, b) => a.runs - b.runs);
  for (const { bug, found, runs } of sorted) {
    const how = found
      ? `seed ${found.seed} of ${found.workload}: ${found.rule}`
      : `NOT FOUND in ${runs} seeds`;
    console.log(`${bug.padEnd(28)} ${how}`);
  }
  const seeds = sorted.flatMap(({ found }) => found?.seed ?? []);
  const median = seeds[Math.floor((seeds.length - 1) / 2)] ?? 0;
  const worst = Math.max(0, ...seeds);
  console.log(
    `${seeds.length} of ${planted.length} planted bugs found, median seed ${median}, worst ${worst}`,
  );
  if (options.json)
    console.log(JSON.stringify({ planted: planted.length, found: seeds.length, median, worst }));
}
