/** One process of a simulation: does the tasks that it is sent, one after another. */
import { plant } from './libraries.ts';
import type { Failure, Task, TaskResult } from './tasks.ts';

// The functions log each failed message; with a hundred faults a run that would be all there is to see.
process.stderr.write = () => true;
// And most of its time would go into describing where they failed.
Error.stackTraceLimit = 0;

const { scriptedFaults } = await import('./faults.ts');
const { loadFunctions } = await import('./functions.ts');
const { PLANTED_BUGS } = await import('./planted/all.ts');
const { runSeed } = await import('./run-seed.ts');
const { schedulesOf } = await import('./schedules.ts');
const { WORKLOADS } = await import('./workloads/all.ts');

type RunResult = Awaited<ReturnType<typeof runSeed>>;
type Tally = { runs: number; faults: number; violations: number; hash: number; failures: Failure[] };

const FAILURES_SHOWN_MAX = 20;
const SCHEDULE_SEED = 1;

for (const { name, patches } of PLANTED_BUGS) plant(name, patches);

const workloadNamed = (name: string) => {
  const found = WORKLOADS.find((one) => one.name === name);
  if (!found)
    throw new Error(`There is no workload ${name}: ${WORKLOADS.map((one) => one.name).join(', ')}.`);
  return found;
};

function count(tally: Tally, run: RunResult, schedule?: Failure['schedule']): void {
  tally.runs += 1;
  tally.faults += run.faults;
  tally.hash = (tally.hash + Number.parseInt(run.hash.slice(0, 8), 16)) >>> 0;
  tally.violations += run.violations.length;
  for (const { rule, detail } of run.violations) {
    if (tally.failures.length >= FAILURES_SHOWN_MAX) return;
    const { seed, workload, hash } = run;
    tally.failures.push({ seed, workload, hash, rule, detail, ...(schedule ? { schedule } : {}) });
  }
}

const fresh = (): Tally => ({ runs: 0, faults: 0, violations: 0, hash: 0, failures: [] });

async function runSeeds({ from, to, workload }: Extract<Task, { kind: 'seeds' }>): Promise<TaskResult> {
  const functions = await loadFunctions();
  const tally = fresh();
  const chosen = workload === undefined ? {} : { workload: workloadNamed(workload) };
  for (let seed = from; seed < to; seed++) count(tally, await runSeed({ seed, functions, ...chosen }));
  return tally;
}

async function runSchedules(task: Extract<Task, { kind: 'schedules' }>): Promise<TaskResult> {
  const functions = await loadFunctions();
  const workload = workloadNamed(task.workload);
  const tally = fresh();
  const quiet = scriptedFaults(new Map());
  await runSeed({ seed: SCHEDULE_SEED, functions, workload, faults: quiet });
  let number = 0;
  for (const schedule of schedulesOf(quiet.sorts, task.faults)) {
    if (number++ % task.parts !== task.part) continue;
    const faults = scriptedFaults(new Map(schedule));
    count(tally, await runSeed({ seed: SCHEDULE_SEED, functions, workload, faults }), schedule);
  }
  return tally;
}

/** Seeds from 1 on, in each of the bug's workloads by turns, until a violation. */
async function findPlanted({ bug, seedsMax }: Extract<Task, { kind: 'planted' }>): Promise<TaskResult> {
  const planted = PLANTED_BUGS.find(({ name }) => name === bug);
  if (!planted) throw new Error(`There is no planted bug ${bug}.`);
  const functions = await loadFunctions(bug);
  const tally = fresh();
  for (let seed = 1; seed <= seedsMax; seed++) {
    const name = planted.workloads[(seed - 1) % planted.workloads.length] ?? 'two-letters';
    const run = await runSeed({ seed, functions, workload: workloadNamed(name) });
    tally.runs += 1;
    tally.faults += run.faults;
    const [first] = run.violations;
    if (first)
      return { ...tally, failures: [], violations: 0, found: { seed, workload: name, rule: first.rule } };
  }
  return tally;
}

function perform(task: Task): Promise<TaskResult> {
  switch (task.kind) {
    case 'seeds':
      return runSeeds(task);
    case 'schedules':
      return runSchedules(task);
    case 'planted':
      return findPlanted(task);
    default:
      return task satisfies never;
  }
}

process.on('message', ({ number, task }: { number: number; task: Task }) => {
  perform(task).then(
    (result) => process.send?.({ number, result }),
    (error: unknown) => {
      process.send?.({
        number,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    },
  );
});
// Whoever asked was killed, or has no more tasks.
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
