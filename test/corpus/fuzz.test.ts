/** Two hundred mutated mails in every run of the suite; `npm run fuzz` reads as many as one likes. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { measureReading, summarise } from './measure.ts';
import { mutate, randomFrom } from './mutate.ts';

const FOLDER = new URL('../fixtures/mail/own/', import.meta.url);
const seeds = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(new URL(name, FOLDER)));

it('mutated mails never throw', async () => {
  const measured = [];
  for (let number = 0; number < 200; number++) {
    const random = randomFrom(number);
    measured.push(await measureReading(mutate(seeds[number % seeds.length] as Buffer, random)));
  }
  expect(summarise(measured)).toMatchObject({ n: 200, threw: 0 });
});

it('the same seed gives the same mail', () => {
  const one = mutate(seeds[0] as Buffer, randomFrom(7));
  expect(mutate(seeds[0] as Buffer, randomFrom(7)).equals(one)).toBe(true);
});
