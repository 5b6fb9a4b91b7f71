/** One seed with everything that happened in it, readable from top to bottom. */
import { plant } from './libraries.ts';
import type { SimulateOptions } from './options.ts';
import { commitNow } from './progress.ts';

/** `true`: nothing was violated. */
export async function showSeed(seed: number, { workload, bug }: SimulateOptions): Promise<boolean> {
  const { loadFunctions } = await import('./functions.ts');
  const { PLANTED_BUGS } = await import('./planted/all.ts');
  const { runSeed } = await import('./run-seed.ts');
  const { WORKLOADS } = await import('./workloads/all.ts');
  for (const { name, patches } of PLANTED_BUGS) plant(name, patches);
  const chosen = WORKLOADS.find(({ name }) => name === workload);
  if (workload !== undefined && !chosen) throw new Error(`There is no workload ${workload}.`);
  const heard = process.stderr.write;
  process.stderr.write = () => true;
  const functions = await loadFunctions(bug);
  const run = await runSeed({ seed, functions, keepsLines: true, ...(chosen ? { workload: chosen } : {}) });
  process.stderr.write = heard;
  for (const line of run.lines) console.log(line);
  const { calls, faults, letters, hash, violations } = run;
  console.log(`seed ${seed}, ${run.workload}, commit ${commitNow()}, hash ${hash}`);
  console.log(
    `${calls} port calls, ${faults} faults, ${letters} mails taken by SES, ${violations.length} violations`,
  );
  for (const { rule, detail } of violations) console.log(`VIOLATION ${rule}: ${detail}`);
  return violations.length === 0;
}
