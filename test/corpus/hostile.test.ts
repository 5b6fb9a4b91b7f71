/** Every adversary, small: read to a value. `npm run hostile -- --generated` measures them, small and large. */
import { expect, it } from 'vitest';
import { ADVERSARIES, HONEST } from './adversaries.ts';
import { measureReading } from './measure.ts';

const BYTES = 5_000;

it('no adversary makes the reader throw', async () => {
  for (const { name, mail } of [...ADVERSARIES, ...HONEST]) {
    const { threw, bytes } = await measureReading(mail(BYTES));
    expect([name, threw, bytes > BYTES / 2]).toEqual([name, undefined, true]);
  }
});

it('each adversary leans on something of its own', () => {
  expect(new Set(ADVERSARIES.map(({ name }) => name)).size).toBe(ADVERSARIES.length);
});
