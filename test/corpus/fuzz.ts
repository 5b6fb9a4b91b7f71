/** `npm run fuzz -- --n 100000 [--seed 1] [--dir DIR]`: reads so many mutated mails; prints the worst as JSON. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BIG_BYTES, type Measured, measureFairly, measureReading, summarise } from './measure.ts';
import { mutate, randomFrom } from './mutate.ts';

/** Offenders are written here, to be read again: same seed, same mail. */
const KEPT = fileURLToPath(new URL('../../.relance/fuzz/', import.meta.url));
const OWN = fileURLToPath(new URL('../fixtures/mail/', import.meta.url));

/** Far below what a mail may cost: outliers are worth a look before they are failures. */
const KEPT_MS = 200;

const NOTHING: Measured = { bytes: 1, cpuMs: -1, mb: 0, isAmbiguous: false };

const option = (name: string): string | undefined => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
};

const folder = option('dir') ?? OWN;
const count = Number(option('n') ?? 1_000);
const seed = Number(option('seed') ?? 1);
const seeds = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:eml|txt)$/.test(name))
  .sort()
  .map((name) => readFileSync(join(folder, name)));

if (seeds.length === 0 || !Number.isSafeInteger(count) || !Number.isSafeInteger(seed)) {
  console.error('usage: npm run fuzz -- --n N [--seed S] [--dir DIR with .eml files]');
  process.exitCode = 2;
} else {
  // A cold compiler would be charged to whichever mail comes first.
  for (const mail of seeds) await measureReading(mail);
  const measured: Measured[] = [];
  for (let number = 0; number < count; number++) {
    const random = randomFrom(seed * 1_000_003 + number);
    const mail = mutate(seeds[Math.floor(random() * seeds.length)] as Buffer, random);
    const result = await measureFairly(mail);
    measured.push(result);
    if (result.threw || result.cpuMs > KEPT_MS || result.mb > 128) {
      mkdirSync(KEPT, { recursive: true });
      writeFileSync(join(KEPT, `${seed}-${number}.eml`), mail);
      console.error(`${seed}-${number}: ${result.threw ?? `${result.cpuMs.toFixed(0)} ms`}`);
    }
  }
  const summary = summarise(measured);
  // The same number makes the same mail again.
  const worst = (from: number, to: number, cost: (one: Measured) => number): number =>
    measured.reduce(
      (best, one, number) =>
        one.bytes >= from && one.bytes < to && cost(one) > cost(measured[best] ?? NOTHING) ? number : best,
      -1,
    );
  const big = worst(BIG_BYTES, Number.POSITIVE_INFINITY, ({ cpuMs, bytes }) => cpuMs / bytes);
  const small = worst(0, BIG_BYTES, ({ cpuMs }) => cpuMs);
  console.error(`worst of ${BIG_BYTES} bytes and more: ${seed}-${big}; of smaller ones: ${seed}-${small}`);
  console.log(JSON.stringify(summary));
  process.exitCode = summary.threw > 0 || summary.over1s > 0 || summary.over128MB > 0 ? 1 : 0;
}
