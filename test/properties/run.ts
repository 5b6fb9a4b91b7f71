// `npm run properties -- --n=1000000 --seed=7 --only=slot`: each property as often as asked, and where it fails.
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { CALENDAR_PROPERTIES } from './calendar-properties.ts';

/** One run keeps its cases in memory; a million is many runs, each with a seed of its own. */
const RUNS_AT_ONCE = 10_000;

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const [total, firstSeed] = [Number(values.n), Number(values.seed)];
if (!Number.isInteger(total) || total < 1 || !Number.isInteger(firstSeed)) {
  throw new RangeError('Write --n=1000000 and --seed=1 with whole numbers.');
}

let failed = 0;
for (const { name, property } of CALENDAR_PROPERTIES.filter((one) => one.name.includes(values.only))) {
  let done = 0;
  let fault: string | null = null;
  while (done < total && fault === null) {
    const numRuns = Math.min(RUNS_AT_ONCE, total - done);
    const seed = firstSeed + done;
    const outcome = await fc.check(property, { numRuns, seed });
    if (outcome.failed) fault = (await fc.asyncDefaultReportMessage(outcome)) ?? 'failed';
    done += outcome.numRuns;
  }
  console.log(`${fault === null ? 'held  ' : 'FAILED'}  ${done} cases  ${name}`);
  if (fault !== null) {
    console.log(fault);
    failed += 1;
  }
}
process.exitCode = failed === 0 ? 0 : 1;
