// A thousand cases of each property in every build; `npm run properties -- --n=1000000` for more.
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { CALENDAR_PROPERTIES } from './calendar-properties.ts';

describe('time', () => {
  it.each(CALENDAR_PROPERTIES)('$name', ({ property }) => {
    fc.assert(property, { numRuns: 1_000 });
  });
});
