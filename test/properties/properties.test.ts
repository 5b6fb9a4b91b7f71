// A thousand cases of each property in every build; `npm run properties -- --n=1000000` for more.
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { CALENDAR_PROPERTIES } from './calendar-properties.ts';
import { LETTER_PROPERTIES } from './letter-properties.ts';

const CASES = { numRuns: 1_000 };

describe('time', () => {
  it.each(CALENDAR_PROPERTIES)('$name', async ({ property }) => {
    await fc.assert(property, CASES);
  });
});

describe('what goes out', () => {
  it.each(LETTER_PROPERTIES)('$name', async ({ property }) => {
    await fc.assert(property, CASES);
  });
});
