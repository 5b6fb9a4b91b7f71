// Worlds for the properties: zones from -12 to +14, every kind of week, holidays, seasons, half days, rules and senders.
import fc from 'fast-check';
import { type Instant, instant, MINUTE } from '../../shared/domain/instant.ts';
import type { Places } from '../../shared/domain/place.ts';
import type { Calendar } from '../../shared/domain/time/calendar.ts';
import { isoDateOf } from '../../shared/domain/time/days.ts';
import type { Duty } from '../../shared/domain/time/duty.ts';
import type { StepRules, Window } from '../../shared/domain/time/rules.ts';
import { seasonsOf } from '../../shared/domain/time/seasons.ts';
import { halfDaysOf, workingDaysOf } from '../../shared/domain/time/week.ts';

/** Lord Howe changes by 30 minutes, Chile at midnight, Casablanca for Ramadan, Kiribati and Baker Island are the ends. */
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/Lisbon',
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'America/Santiago',
  'America/St_Johns',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Dubai',
  'Asia/Jerusalem',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Asia/Tehran',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Etc/GMT-14',
  'Etc/GMT+12',
] as const;
const COUNTRIES = [
  'DE',
  'US',
  'SA',
  'IR',
  'BN',
  'NP',
  'AE',
  'CN',
  'JP',
  'IT',
  'BR',
  'IN',
  'KI',
  'AQ',
] as const;

const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAYS = 365 * 4;
/** 2026 to 2029: a leap day, four year ends, eight changes of the clocks. */
export const moments: fc.Arbitrary<Instant> = fc
  .oneof(
    fc.integer({ min: FIRST_DAY, max: FIRST_DAY + DAYS * 86_400_000 }),
    // Where calendars break: year ends, the leap day, and the hours around the changes of the clocks.
    fc
      .tuple(
        fc.constantFrom('2027-12-31', '2028-02-28', '2028-02-29', '2027-03-28', '2027-10-31', '2027-04-04'),
        fc.integer({ min: 0, max: 2 * 86_400_000 }),
      )
      .map(([date, ms]) => Date.parse(date) + ms),
  )
  .map((ms) => instant(ms));
export const dates = fc.integer({ min: 0, max: DAYS }).map((n) => isoDateOf(FIRST_DAY / 86_400_000 + n));

export const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    country: fc.option(fc.constantFrom(...COUNTRIES), { nil: undefined }),
    holidays: fc.array(dates, { maxLength: 60 }),
    run: fc.option(fc.tuple(dates, fc.integer({ min: 2, max: 15 })), { nil: undefined }),
  })
  .map(({ zone, country, holidays, run }) => {
    const start = run ? Date.parse(run[0]) / 86_400_000 : 0;
    const inRow = run ? Array.from({ length: run[1] }, (_, n) => isoDateOf(start + n)) : [];
    return {
      zone,
      ...(country === undefined ? {} : { country }),
      workingDays: workingDaysOf(country),
      halfDays: halfDaysOf(country),
      seasons: seasonsOf(country === undefined ? {} : { country }),
      holidays: Object.fromEntries([...holidays, ...inRow].map((date) => [date, 'Day off'])),
      coveredYears: [2024, 2031],
    };
  });

const wallTime = (minute: number): string => new Date(minute * MINUTE).toISOString().slice(11, 16);
const windows = (shortest: number, from = 0): fc.Arbitrary<Window> =>
  fc
    .tuple(fc.integer({ min: from, max: 1_300 }), fc.integer({ min: shortest, max: 720 }))
    .map(([start, length]) => ({ from: wallTime(start), to: wallTime(Math.min(start + length, 1_439)) }));

export const stepRules: fc.Arbitrary<StepRules> = fc.record({
  window: windows(5),
  avoidWeekEdges: fc.boolean(),
  avoidHolidays: fc.boolean(),
  // Half of the windows end before Ramadan's hours begin: then nothing is allowed for a month, which is meant.
  seasons: fc.constantFrom('avoid', 'short-hours', 'ignore'),
  onDuty: fc.boolean(),
  spread: fc.boolean(),
  blackoutDates: fc.array(dates, { maxLength: 20 }),
});

export const duties: fc.Arbitrary<Duty> = fc
  .record({
    calendar: calendars,
    hours: fc.constantFrom<Window>({ from: '09:00', to: '18:00' }, { from: '08:30', to: '21:00' }),
  })
  .map((duty) => duty);

export const places: fc.Arbitrary<Places> = fc.record({
  zone: fc.constantFrom(...ZONES),
  limits: fc.record({ perDay: fc.integer({ min: 1, max: 12 }), perHour: fc.integer({ min: 1, max: 4 }) }),
  taken: fc
    .array(
      fc.tuple(
        dates,
        fc.integer({ min: 0, max: 12 }),
        fc.array(fc.integer({ min: 0, max: 23 }), { maxLength: 30 }),
      ),
      {
        maxLength: 40,
      },
    )
    .map((days) =>
      Object.fromEntries(
        days.map(([day, used, at]) => [
          day,
          {
            used,
            hours: Object.fromEntries(at.map((hour) => [hour, at.filter((one) => one === hour).length])),
          },
        ]),
      ),
    ),
});
