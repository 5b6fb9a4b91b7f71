import { describe, expect, it } from 'vitest';
import { instant, MINUTE, plus } from '../../../../shared/domain/instant.ts';
import type { Calendar } from '../../../../shared/domain/time/calendar.ts';
import {
  afterDelay,
  isAllowedMoment,
  localDate,
  localTime,
  planMoment,
} from '../../../../shared/domain/time/plan.ts';
import { FIRST_LETTER, type Window } from '../../../../shared/domain/time/rules.ts';
import { startOfDay } from '../../../support/start-of-day.ts';

/** Clocks change on Sundays; here every day is worked. */
const everyDay = (zone: string): Calendar => ({
  zone,
  workingDays: [1, 2, 3, 4, 5, 6, 7],
  holidays: {},
  coveredYears: [2024, 2031],
});

const planIn = (zone: string, date: string, window: Window, spread: string) => {
  const calendar = everyDay(zone);
  const rules = { ...FIRST_LETTER, window };
  return planMoment({ calendar, rules, earliest: startOfDay(calendar, date), spread }).at;
};

describe('a day on which the clocks change', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z', '00:00'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', '00:00'],
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z', '01:00'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z', '01:00'],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00.000Z', '00:00'],
    ['Asia/Kathmandu', '2026-03-02', '2026-03-01T18:15:00.000Z', '00:00'],
  ])('in %s, %s, begins at %s', (zone, date, begins, wall) => {
    const start = startOfDay(everyDay(zone), date);
    expect(start).toBe(begins);
    expect(localTime(zone, start)).toBe(wall);
    expect(localDate(zone, start)).toBe(date);
    expect(localDate(zone, plus(start, -1))).not.toBe(date);
  });

  it.each([
    ['forward', 'Europe/Berlin', '2026-03-29', { from: '01:30', to: '03:30' }],
    ['forward', 'Europe/Berlin', '2026-03-29', { from: '02:30', to: '04:00' }],
    ['back', 'Europe/Berlin', '2026-10-25', { from: '02:15', to: '02:45' }],
    ['back', 'Europe/Berlin', '2026-10-25', { from: '02:30', to: '03:30' }],
    ['back', 'America/New_York', '2026-11-01', { from: '00:30', to: '01:30' }],
    ['forward', 'America/Santiago', '2026-09-06', { from: '00:00', to: '02:00' }],
    ['back', 'America/Santiago', '2026-04-04', { from: '23:00', to: '24:00' }],
    ['forward by half an hour', 'Australia/Lord_Howe', '2026-10-04', { from: '01:30', to: '03:00' }],
    ['back by half an hour', 'Australia/Lord_Howe', '2026-04-05', { from: '01:30', to: '02:30' }],
  ])('%s in %s on %s keeps the window %j by their wall', (_, zone, date, window) => {
    for (const spread of 'abcdefghijklmnopqrst') {
      const at = planIn(zone, date, window, spread);
      const wall = localTime(zone, at);
      expect(localDate(zone, at)).toBe(date);
      expect(wall >= window.from && wall < window.to).toBe(true);
      expect(wall).not.toMatch(/:00$/);
      const rules = { ...FIRST_LETTER, window };
      expect(isAllowedMoment({ calendar: everyDay(zone), rules, at })).toBe(true);
    }
  });

  it('has no window inside the hour that is skipped: the next day is taken', () => {
    const at = planIn('Europe/Berlin', '2026-03-29', { from: '02:10', to: '02:50' }, 'x');
    expect(localDate('Europe/Berlin', at)).toBe('2026-03-30');
  });

  it('uses a window inside the repeated hour once, its first pass', () => {
    const rules = { ...FIRST_LETTER, window: { from: '02:15', to: '02:45' } };
    const allowed = (at: string) =>
      isAllowedMoment({ calendar: everyDay('Europe/Berlin'), rules, at: instant(at) });
    expect(allowed('2026-10-25T00:30:00Z')).toBe(true);
    expect(allowed('2026-10-25T01:30:00Z')).toBe(false);
  });
});

describe('a delay across a change of the clocks', () => {
  const newYork = everyDay('America/New_York');
  const before = instant('2026-03-04T15:17:00Z');

  it('of 7 days is 168 hours, an hour later by their wall', () => {
    const after = afterDelay(newYork, before, { days: 7 });
    expect(after).toBe(plus(before, 7 * 24 * 60 * MINUTE));
    expect(localTime(newYork.zone, after)).toBe('11:17');
  });

  it('of 7 working days keeps the wall time', () => {
    const after = afterDelay(newYork, before, { workingDays: 7 });
    expect(after).toBe('2026-03-11T14:17:00.000Z');
    expect(localTime(newYork.zone, after)).toBe('10:17');
  });

  it('that ends in the skipped hour ends after it', () => {
    const after = afterDelay(newYork, instant('2026-03-07T07:30:00Z'), { workingDays: 1 });
    expect(localTime(newYork.zone, after)).toBe('03:30');
  });
});
