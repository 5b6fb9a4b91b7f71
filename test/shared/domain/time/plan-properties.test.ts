import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, instant, MINUTE, plus } from '../../../../shared/domain/instant.ts';
import type { Calendar } from '../../../../shared/domain/time/calendar.ts';
import {
  afterAbsence,
  afterDelay,
  isAllowedMoment,
  localDate,
  localTime,
  planMoment,
  planTouch,
} from '../../../../shared/domain/time/plan.ts';
import type { StepRules } from '../../../../shared/domain/time/rules.ts';
import { workingDaysOf } from '../../../../shared/domain/time/week.ts';
import { startOfDay } from '../../../support/start-of-day.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'Pacific/Apia',
  'America/St_Johns',
  'UTC',
];
const DATES = Array.from({ length: 730 }, (_, day) =>
  new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
);

const calendars: fc.Arbitrary<Calendar> = fc.record({
  zone: fc.constantFrom(...ZONES),
  workingDays: fc.constantFrom(...['DE', 'SA', 'IR', 'BN', 'NP'].map(workingDaysOf)),
  holidays: fc
    .array(fc.constantFrom(...DATES), { maxLength: 120 })
    .map((dates) => Object.fromEntries(dates.map((date) => [date, 'Day off']))),
  coveredYears: fc.constant([2024, 2031] as const),
});
const wallTime = (minute: number) => new Date(minute * MINUTE).toISOString().slice(11, 16);
const rulesOf: fc.Arbitrary<StepRules> = fc.record({
  window: fc
    .tuple(fc.integer({ min: 0, max: 1300 }), fc.integer({ min: 3, max: 700 }))
    .map(([from, length]) => ({ from: wallTime(from), to: wallTime(Math.min(from + length, 1439)) })),
  avoidWeekEdges: fc.boolean(),
  avoidHolidays: fc.boolean(),
  blackoutDates: fc.array(fc.constantFrom(...DATES), { maxLength: 20 }),
});
const moments: fc.Arbitrary<Instant> = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) })
  .map((ms) => instant(ms));
const asks = fc.record({ calendar: calendars, rules: rulesOf, earliest: moments, spread: fc.string() });

describe('a planned moment', () => {
  it('is allowed, not before the earliest, a whole minute, never on the hour, and inside the window', () => {
    fc.assert(
      fc.property(asks, (ask) => {
        const { at } = planMoment(ask);
        expect(isAllowedMoment({ ...ask, at })).toBe(true);
        expect(at >= ask.earliest).toBe(true);
        expect(at).toMatch(/:00\.000Z$/);
        const wall = localTime(ask.calendar.zone, at);
        expect(wall).not.toMatch(/:00$/);
        expect(wall >= ask.rules.window.from && wall < ask.rules.window.to).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('is the same on every replay', () => {
    fc.assert(
      fc.property(asks, (ask) => {
        expect(planMoment(structuredClone(ask))).toEqual(planMoment(ask));
      }),
    );
  });

  it('leaves no earlier day on which it was allowed', () => {
    fc.assert(
      fc.property(asks, fc.integer({ min: 7, max: 41 }), (ask, stepMinutes) => {
        const { at } = planMoment(ask);
        const dayStart = startOfDay(ask.calendar, localDate(ask.calendar.zone, at));
        const first = instant(Math.ceil(Date.parse(ask.earliest) / MINUTE) * MINUTE);
        let tried = first;
        for (let n = 0; n < 3000 && tried < dayStart; n += 1, tried = plus(tried, stepMinutes * MINUTE)) {
          const isOpen = isAllowedMoment({ ...ask, at: tried });
          // Less than two minutes before the end of a window the next day is taken.
          const hasTwoMinutes = isAllowedMoment({ ...ask, at: plus(tried, 2 * MINUTE - 1) });
          expect(isOpen && hasTwoMinutes).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives a reason for every day that it passes over', () => {
    fc.assert(
      fc.property(asks, (ask) => {
        const { at, because } = planMoment(ask);
        const { zone } = ask.calendar;
        const passed = new Set(because.map((one) => one.args?.from));
        passed.delete(localDate(zone, at));
        const first = localDate(zone, instant(Math.ceil(Date.parse(ask.earliest) / MINUTE) * MINUTE));
        const days = (Date.parse(localDate(zone, at)) - Date.parse(first)) / 86_400_000;
        expect(passed.size).toBe(days);
      }),
      { numRuns: 300 },
    );
  });
});

describe('waiting', () => {
  it('for more working days never ends sooner', () => {
    fc.assert(
      fc.property(calendars, moments, fc.integer({ min: 0, max: 20 }), (calendar, from, workingDays) => {
        const one = afterDelay(calendar, from, { workingDays });
        const more = afterDelay(calendar, from, { workingDays: workingDays + 1 });
        expect(more > one && one >= from).toBe(true);
      }),
    );
  });

  it('for a return ends on a working day after the return', () => {
    fc.assert(
      fc.property(calendars, fc.constantFrom(...DATES), (calendar, returnOn) => {
        const at = afterAbsence(calendar, returnOn);
        const date = localDate(calendar.zone, at);
        expect(date > returnOn).toBe(true);
        expect(calendar.holidays[date]).toBeUndefined();
      }),
    );
  });
});

describe('a touch', () => {
  it('falls into their daytime on a day they work, never before the earliest', () => {
    const senders = fc.option(fc.constantFrom('Asia/Shanghai', 'Europe/Paris'), { nil: undefined });
    fc.assert(
      fc.property(calendars, moments, senders, (calendar, earliest, senderZone) => {
        const ask = { calendar, earliest, spread: 'x', ...(senderZone === undefined ? {} : { senderZone }) };
        const { at } = planTouch(ask);
        const wall = localTime(calendar.zone, at);
        expect(at >= earliest && wall >= '10:00' && wall < '17:00').toBe(true);
        expect(calendar.holidays[localDate(calendar.zone, at)]).toBeUndefined();
        expect(planTouch({ ...ask, earliest: at }).at).toBe(at);
      }),
      { numRuns: 300 },
    );
  });
});
