import { describe, expect, it } from 'vitest';
import { DAY, instant } from '../../../../shared/domain/instant.ts';
import { loadCalendar } from '../../../../shared/domain/time/calendar.ts';
import { dayOf, isoDateOf } from '../../../../shared/domain/time/days.ts';
import { isAllowedMoment, planMoment } from '../../../../shared/domain/time/plan.ts';
import { FIRST_LETTER, FOLLOW_UP, type StepRules } from '../../../../shared/domain/time/rules.ts';
import { easterOf, SEASONS } from '../../../../shared/domain/time/season-table.ts';
import { seasonOn, seasonsOf } from '../../../../shared/domain/time/seasons.ts';

const FIRST: StepRules = { ...FIRST_LETTER, seasons: 'avoid' };
const LATER: StepRules = { ...FOLLOW_UP, seasons: 'short-hours' };
const partsOf = (calendar: string, day: number) =>
  Object.fromEntries(
    new Intl.DateTimeFormat(`en-u-ca-${calendar}`, { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
      .formatToParts(day * DAY)
      .map((part) => [part.type, part.value]),
  );

describe('the season table', () => {
  it('has Ramadan from its first to its last day, as ICU counts the Umm al-Qura calendar', () => {
    for (const { from, to } of SEASONS.ramadan.days) {
      expect(partsOf('islamic-umalqura', from)).toMatchObject({ month: '9', day: '1' });
      expect(partsOf('islamic-umalqura', to + 1)).toMatchObject({ month: '10', day: '1' });
    }
    expect(SEASONS.ramadan.days).toHaveLength(13);
  });

  it('has the Lunar New Year within a day of what ICU computes, the Observatory deciding', () => {
    for (const { from } of SEASONS['lunar-new-year'].days) {
      const near = [from + 1, from + 2, from + 3].map((day) => partsOf('chinese', day));
      expect(near.some((one) => one.month === '1' && one.day === '1')).toBe(true);
    }
  });

  it('has Diwali at a new moon', () => {
    for (const { from } of SEASONS.diwali.days) {
      const near = [0, 1, 2, 3].map((n) => partsOf('chinese', from + 1 + n).day);
      expect(near).toContain('1');
    }
  });

  it.each([
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2030, '2030-04-21'],
    [2035, '2035-03-25'],
  ])('knows Easter %i', (year, date) => {
    expect(isoDateOf(easterOf(year))).toBe(date);
  });

  it('covers every year from 2024 to 2035 with every season', () => {
    for (const [name, { days }] of Object.entries(SEASONS)) {
      const years = new Set(
        days.flatMap(({ from, to }) => [from, to].map((one) => isoDateOf(one).slice(0, 4))),
      );
      for (let year = 2024; year <= 2035; year += 1)
        expect(years.has(String(year)), `${name} ${year}`).toBe(true);
      for (const { from, to } of days) expect(to > from && to - from < 40, name).toBe(true);
    }
  });
});

describe('a day', () => {
  it.each([
    ['AE', '', '', '2026-02-18', 'ramadan'],
    ['AE', '', '', '2026-03-20', undefined],
    ['TR', '', '', '2026-02-18', undefined],
    ['IT', '', '', '2026-08-31', 'august'],
    ['IT', '', '', '2026-09-01', undefined],
    ['DE', '', '', '2026-08-12', undefined],
    ['DE', '', '', '2027-01-06', 'christmas'],
    ['DE', '', '', '2027-01-07', undefined],
    ['US', '', '', '2027-01-02', 'christmas'],
    ['US', '', '', '2027-01-04', undefined],
    ['NZ', '', '', '2027-01-08', 'christmas'],
    ['RU', '', '', '2026-12-28', undefined],
    ['RU', '', '', '2027-01-08', 'orthodox-christmas'],
    ['GR', '', '', '2026-12-28', 'christmas'],
    ['CN', '', '', '2027-02-04', 'lunar-new-year'],
    ['CN', '', '', '2027-02-14', undefined],
    ['IN', '', '', '2026-11-10', 'diwali'],
    ['BR', '', '', '2026-02-13', 'carnival'],
    ['BR', '', '', '2026-02-18', 'carnival'],
    ['BR', '', '', '2026-02-19', undefined],
    ['DE', '', '', '2026-02-16', undefined],
    ['DE', 'NW', '', '2026-02-16', 'carnival'],
    ['DE', 'Nordrhein-Westfalen', '', '2026-02-12', 'carnival'],
    ['DE', '', 'Köln', '2026-02-16', 'carnival'],
    ['DE', 'NW', '', '2026-02-18', undefined],
    ['DE', 'BE', 'Berlin', '2026-02-16', undefined],
    ['JP', '', '', '2026-05-01', 'golden-week'],
    ['JP', '', '', '2026-08-14', 'obon'],
    ['JP', '', '', '2026-12-29', 'new-year-japan'],
  ])('in %s %s %s, %s, lies in %s', async (country, region, city, date, season) => {
    const calendar = await loadCalendar({ zone: 'UTC', country, region, city });
    expect(seasonOn(calendar.seasons ?? [], dayOf(date))?.season).toBe(season);
  });

  it('of an island without any lies in none', async () => {
    const calendar = await loadCalendar({ zone: 'Pacific/Kiritimati', country: 'KI' });
    expect(calendar.seasons).toEqual([]);
    expect(seasonsOf({})).toEqual([]);
  });
});

describe('the rules of seasons', () => {
  const dubai = () => loadCalendar({ zone: 'Asia/Dubai', country: 'AE' });
  const wednesday = instant('2026-02-25T06:00:00Z');

  it('send no first letter in Ramadan, and say so for each day', async () => {
    const plan = planMoment({ calendar: await dubai(), rules: FIRST, earliest: wednesday, spread: 'a' });
    expect(plan.at.slice(0, 10)).toBe('2026-03-23');
    expect(plan.because).toContainEqual({ rule: 'season-ramadan', args: { from: '2026-02-25' } });
  });

  it('send follow-ups between 10:00 and 14:00 in Ramadan, and say so', async () => {
    const calendar = await dubai();
    for (let n = 0; n < 200; n += 1) {
      const plan = planMoment({ calendar, rules: LATER, earliest: wednesday, spread: `e${n}` });
      expect(plan.at > '2026-02-25T06:00' && plan.at < '2026-02-25T10:00').toBe(true);
      expect(plan.because).toContainEqual({
        rule: 'ramadan-hours',
        args: { from: '2026-02-25', window: '10:00–14:00' },
      });
    }
    expect(isAllowedMoment({ calendar, rules: LATER, at: instant('2026-02-25T10:30:00Z') })).toBe(false);
  });

  it('do not hold a follow-up for the other seasons', async () => {
    const calendar = await loadCalendar({ zone: 'Europe/Rome', country: 'IT' });
    const at = instant('2026-08-12T09:00:00Z');
    expect(isAllowedMoment({ calendar, rules: LATER, at })).toBe(true);
    expect(isAllowedMoment({ calendar, rules: FIRST, at })).toBe(false);
  });

  it('can be ignored', async () => {
    const rules: StepRules = { ...FIRST, seasons: 'ignore' };
    const plan = planMoment({ calendar: await dubai(), rules, earliest: wednesday, spread: 'a' });
    expect(plan.at.slice(0, 10)).toBe('2026-02-25');
  });

  it('end a Friday in the Emirates at noon', async () => {
    const calendar = await dubai();
    const rules: StepRules = { ...FIRST_LETTER, window: { from: '11:00', to: '16:00' } };
    const friday = instant('2026-05-08T05:00:00Z');
    const plan = planMoment({ calendar, rules, earliest: friday, spread: 'a' });
    expect(plan.at > '2026-05-08T07:00' && plan.at < '2026-05-08T08:00').toBe(true);
    expect(plan.because).toContainEqual({ rule: 'half-day', args: { from: '2026-05-08', until: '12:00' } });
  });
});
