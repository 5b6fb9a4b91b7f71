/** `npm run hostile -- DIR [--json]`: reads every file of a folder as a mail and says what the worst of them cost. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Measured, measureReading, summarise } from './measure.ts';

/** The reader takes 2 MB; what is above that is cut, and need not be loaded whole more than once. */
const WARM_UP = 20;

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !/\.(?:jsonl|json|md|conf|sieve)$/.test(path))
    .sort();

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith('--'));
if (!folder) {
  console.error('usage: npm run hostile -- DIR [--json]');
  process.exitCode = 2;
} else {
  const files = filesIn(folder);
  // A cold compiler would be charged to whichever mail comes first.
  for (const file of files.slice(0, WARM_UP)) await measureReading(readFileSync(file));
  const measured: (Measured & { readonly file: string })[] = [];
  for (const file of files) measured.push({ file, ...(await measureReading(readFileSync(file))) });
  const rounded = Object.fromEntries(
    Object.entries(summarise(measured)).map(([name, value]) => [name, Math.round(value * 100) / 100]),
  );
  if (!args.includes('--json')) {
    for (const item of [...measured].sort((a, b) => b.cpuMs - a.cpuMs).slice(0, 10))
      console.log(
        `${item.cpuMs.toFixed(1).padStart(8)} ms ${String(item.bytes).padStart(9)} B  ${item.file}`,
      );
    for (const item of measured) if (item.threw) console.log(`threw: ${item.file}: ${item.threw}`);
  }
  console.log(JSON.stringify(rounded));
  process.exitCode = measured.some(({ threw, cpuMs }) => threw || cpuMs > 1_000) ? 1 : 0;
}
