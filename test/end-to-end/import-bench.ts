// `npm run import-bench [ROWS …]`: what an import costs in time and memory, at two sizes, each in a process of its own.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ImportRun, importRun } from '../support/import-run.ts';

const SIZES = [2_500, 10_000];
/** 137 of 10,000. */
const badOf = (rows: number): number => Math.round(rows * 0.0137);

const [, , ...args] = process.argv;
if (args[0] === '--one') {
  process.stdout.write(JSON.stringify(await importRun(Number(args[1]), badOf(Number(args[1])))));
} else {
  const sizes = args.length > 0 ? args.map(Number) : SIZES;
  console.log(
    '   rows      in  explained  planned   import  planning   AWS calls a row   peak memory (heap; heap kept)',
  );
  for (const rows of sizes) {
    const own = fileURLToPath(import.meta.url);
    const run = JSON.parse(
      execFileSync(process.execPath, ['--expose-gc', own, '--one', String(rows)]).toString(),
    ) as ImportRun;
    const { seconds, peakMb, keptMb, callsPerRow } = run;
    const whole = run.accepted + run.explained === rows && run.planned === run.accepted;
    console.log(
      [rows, run.accepted, run.explained, run.planned].map((n) => String(n).padStart(8)).join(' ') +
        ` ${seconds.import.toFixed(1).padStart(7)} s ${seconds.planning.toFixed(1).padStart(7)} s` +
        ` ${callsPerRow.toFixed(1).padStart(15)}` +
        ` ${String(peakMb.rss).padStart(7)} MB (${peakMb.heap} MB; ${keptMb} MB)`,
    );
    if (!whole) process.exitCode = 1;
  }
}
