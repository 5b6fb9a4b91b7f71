import { describe, expect, it } from 'vitest';
import { isKnownCountry } from '../../../../shared/domain/time/calendar.ts';
import { workingDaysOf } from '../../../../shared/domain/time/week.ts';

type LocaleWithWeek = Intl.Locale & { getWeekInfo(): { weekend: number[] } };
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const countries = letters.flatMap((a) => letters.map((b) => a + b)).filter(isKnownCountry);

/** Where we know better than CLDR, which keeps one-day weekends and misses some two-day ones. */
const NOT_AS_CLDR = ['BD', 'BN', 'DJ', 'IN', 'IR', 'MV', 'NP', 'PS', 'SO', 'UG'];

describe('the working week', () => {
  it.each([
    [undefined, [1, 2, 3, 4, 5]],
    ['DE', [1, 2, 3, 4, 5]],
    ['AE', [1, 2, 3, 4, 5]],
    ['IN', [1, 2, 3, 4, 5]],
    ['MA', [1, 2, 3, 4, 5]],
    ['SA', [7, 1, 2, 3, 4]],
    ['EG', [7, 1, 2, 3, 4]],
    ['IL', [7, 1, 2, 3, 4]],
    ['BD', [7, 1, 2, 3, 4]],
    ['IR', [6, 7, 1, 2, 3]],
    ['AF', [6, 7, 1, 2, 3]],
    ['BN', [1, 2, 3, 4, 6]],
    ['NP', [7, 1, 2, 3, 4, 5]],
  ])('of %s is %j', (country, expected) => {
    expect(workingDaysOf(country)).toEqual(expected);
  });

  it('agrees with CLDR for every other country', () => {
    const differing = countries.filter((country) => {
      const { weekend } = (new Intl.Locale(`und-${country}`) as LocaleWithWeek).getWeekInfo();
      const off = [1, 2, 3, 4, 5, 6, 7].filter((day) => !workingDaysOf(country).includes(day));
      return off.join() !== [...weekend].sort().join();
    });
    expect(differing).toEqual(NOT_AS_CLDR);
  });
});
