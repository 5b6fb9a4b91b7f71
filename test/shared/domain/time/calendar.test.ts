import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../../shared/domain/instant.ts';
import { isKnownCountry, loadCalendar } from '../../../../shared/domain/time/calendar.ts';
import { planMoment } from '../../../../shared/domain/time/plan.ts';
import { FIRST_LETTER } from '../../../../shared/domain/time/rules.ts';

const FOLDER = new URL('../../../../shared/domain/time/holidays/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name !== 'covered.json');
const covered: readonly string[] = JSON.parse(readFileSync(new URL('covered.json', FOLDER), 'utf8'));
const load = (country?: string, region?: string) =>
  loadCalendar({
    zone: 'UTC',
    ...(country === undefined ? {} : { country }),
    ...(region === undefined ? {} : { region }),
  });

describe('the shipped holiday tables', () => {
  it('are the ones that the program knows of', () => {
    expect(files.sort()).toEqual(covered.map((country) => `${country}.json`));
    expect(covered.length).toBeGreaterThan(200);
  });

  it('hold real dates of every covered year, and only those', async () => {
    for (const country of covered) {
      expect(isKnownCountry(country), country).toBe(true);
      const { holidays, coveredYears } = await load(country);
      expect(coveredYears).toEqual([2024, 2031]);
      const dates = Object.keys(holidays);
      for (let year = 2024; year <= 2031; year += 1) {
        const days = dates.filter((date) => date.startsWith(`${year}-`)).length;
        expect(days, `${country} ${year}`).toBeGreaterThanOrEqual(3);
        expect(days, `${country} ${year}`).toBeLessThan(60);
      }
      for (const date of dates) {
        expect(date >= '2024-01-01' && date <= '2031-12-31', `${country} ${date}`).toBe(true);
        expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
      }
    }
  });

  it('together stay small enough to travel with every function', () => {
    const bytes = files.reduce((sum, name) => sum + readFileSync(new URL(name, FOLDER)).length, 0);
    expect(bytes).toBeLessThan(600_000);
  });

  it.each([
    ['DE', '2026-12-25', 'Christmas Day'],
    ['DE', '2027-03-26', 'Good Friday'],
    ['FR', '2026-07-14', 'Bastille Day'],
    ['US', '2026-11-26', 'Thanksgiving Day'],
    ['GB', '2026-12-28', 'Boxing Day (substitute day)'],
    ['JP', '2026-05-04', 'Greenery Day'],
    ['SA', '2026-03-20', 'End of Ramadan (Eid al-Fitr)'],
    ['TR', '2026-03-22', 'End of Ramadan (Eid al-Fitr)'],
    ['ID', '2026-03-21', 'End of Ramadan (Eid al-Fitr)'],
    ['AE', '2027-05-16', 'Feast of the Sacrifice (Eid al-Adha)'],
    ['KW', '2026-02-25', 'National Day'],
    ['QA', '2026-03-20', 'End of Ramadan (Eid al-Fitr)'],
    ['IQ', '2026-06-16', 'Islamic New Year'],
    ['LB', '2026-04-10', 'Orthodox Good Friday'],
    ['CN', '2026-02-16', 'Spring Festival'],
    ['CN', '2026-02-23', 'Spring Festival holiday'],
    ['CN', '2027-10-07', 'National Day holiday'],
    ['VN', '2026-02-17', 'Vietnamese New Year Holidays'],
    ['KR', '2026-02-16', 'Korean New Year'],
    ['KR', '2027-02-07', 'Korean New Year'],
    ['SG', '2027-02-06', 'Chinese New Year'],
    ['IL', '2026-09-21', 'Day of Atonement (Yom Kippur)'],
  ])('know that in %s %s is %s', async (country, date, name) => {
    expect((await load(country)).holidays[date]).toBe(name);
  });

  it('leave out days on which offices work', async () => {
    const { holidays } = await load('CN');
    expect(holidays['2026-06-01']).toBeUndefined();
    expect((await load('KR')).holidays['2026-02-19']).toBeUndefined();
    expect((await load('DE')).holidays['2026-02-16']).toBeUndefined();
  });
});

describe('a calendar', () => {
  it.each(['BY', 'DE-BY', 'by', 'Bayern', 'Bavaria'])(
    'adds the days of the region written %s',
    async (region) => {
      const { holidays } = await load('DE', region);
      expect(holidays['2026-01-06']).toBe('Epiphany');
      expect(holidays['2026-12-25']).toBe('Christmas Day');
    },
  );

  it('adds nothing for a region that it does not know, nor for none', async () => {
    expect((await load('DE', 'Atlantis')).holidays).toEqual((await load('DE')).holidays);
    expect((await load('DE')).holidays['2026-01-06']).toBeUndefined();
    expect((await load('US', 'constructor')).holidays).toEqual((await load('US')).holidays);
  });

  it.each([undefined, 'AQ', 'de', '../covered', 'covered', 'ZZ'])(
    'of %s has no holidays and says that every year is assumed',
    async (country) => {
      const calendar = await load(country);
      expect(calendar.holidays).toEqual({});
      expect(calendar.workingDays).toEqual([1, 2, 3, 4, 5]);
      const { because } = planMoment({
        calendar,
        rules: FIRST_LETTER,
        earliest: instant('2026-03-03T09:00:00Z'),
        spread: 'x',
      });
      expect(because).toEqual([{ rule: 'holidays-assumed', args: { year: 2026 } }]);
    },
  );

  it('knows every country of ISO 3166-1, Kosovo, and nothing else', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const known = letters.flatMap((a) => letters.map((b) => a + b)).filter(isKnownCountry);
    expect(known.length).toBe(250);
    expect(['DE', 'XK', 'SS', 'TW'].every(isKnownCountry)).toBe(true);
    expect(['UK', 'EU', 'SU', 'de', '', 'DEU'].some(isKnownCountry)).toBe(false);
  });
});
