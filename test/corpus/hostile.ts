/**
 * `npm run hostile -- DIR [--json]`: reads every file of a folder as a mail and says what the worst of them cost;
 * `--generated` reads our own adversaries, small and large, and tells what honest mails of that size cost.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ADVERSARIES, HONEST } from './adversaries.ts';
import { type Measured, measureFairly, measureReading, summarise } from './measure.ts';

/** The reader takes 2 MB; what is above that is cut, and need not be loaded whole more than once. */
const WARM_UP = 20;
const SHOWN = 15;

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !/\.(?:jsonl|json|md|conf|sieve)$/.test(path))
    .sort();

/** Just below what counts as large, and a megabyte. */
const SIZES = [60_000, 1_000_000];

type Source = { readonly file: string; readonly read: () => Buffer };
const generatedBy = (generators: typeof ADVERSARIES, sizes: readonly number[]): readonly Source[] =>
  sizes.flatMap((bytes) =>
    generators.map(({ name, mail }) => ({ file: `${name}, ${bytes} B`, read: () => mail(bytes) })),
  );

const measureAll = async (
  sources: readonly Source[],
): Promise<readonly (Measured & { readonly file: string })[]> => {
  const measured: (Measured & { readonly file: string })[] = [];
  for (const { file, read } of sources) measured.push({ file, ...(await measureFairly(read())) });
  return measured;
};

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith('--'));
const isGenerated = args.includes('--generated');
if (!folder && !isGenerated) {
  console.error('usage: npm run hostile -- [DIR] [--generated] [--json]');
  process.exitCode = 2;
} else {
  const files = (folder ? filesIn(folder) : []).map((file) => ({ file, read: () => readFileSync(file) }));
  const sources = [...files, ...(isGenerated ? generatedBy(ADVERSARIES, SIZES) : [])];
  // A cold compiler would be charged to whichever mail comes first.
  for (const { read } of [...generatedBy(HONEST, SIZES), ...sources].slice(0, WARM_UP))
    await measureReading(read());
  const measured = await measureAll(sources);
  const honest = isGenerated ? await measureAll(generatedBy(HONEST, [100_000, 300_000, 1_000_000])) : [];
  const rounded = Object.fromEntries(
    Object.entries({
      ...summarise(measured),
      ...(isGenerated ? { honestMsPerMB: summarise(honest).medianMsPerMB } : {}),
    }).map(([name, value]) => [name, Math.round(value * 100) / 100]),
  );
  if (!args.includes('--json')) {
    for (const item of [...honest, ...[...measured].sort((a, b) => b.cpuMs - a.cpuMs).slice(0, SHOWN)])
      console.log(
        `${item.cpuMs.toFixed(1).padStart(8)} ms ${String(item.bytes).padStart(9)} B  ${item.file}`,
      );
    for (const item of measured) if (item.threw) console.log(`threw: ${item.file}: ${item.threw}`);
  }
  console.log(JSON.stringify(rounded));
  process.exitCode = measured.some(({ threw, cpuMs }) => threw || cpuMs > 1_000) ? 1 : 0;
}
