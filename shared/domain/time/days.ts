/**
 * Calendar days as whole numbers since 1970-01-01, because the rules walk over hundreds of days and arithmetic on
 * numbers needs no time zone. Text form everywhere else: ISO `YYYY-MM-DD`.
 */
import type { Calendar } from './calendar.ts';

const DAY_MS = 86_400_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** How far any search for a day may walk: longer than any absence or run of holidays. */
export const SEARCH_DAYS_MAX = 400;

/** `undefined` for what is no date of the calendar, `2026-02-30` included. */
export function parseDay(isoDate: string): number | undefined {
  const day = ISO_DATE.test(isoDate) ? Date.parse(`${isoDate}T00:00:00Z`) / DAY_MS : Number.NaN;
  return Number.isNaN(day) || isoDateOf(day) !== isoDate ? undefined : day;
}

/** As `parseDay`, but throws. */
export function dayOf(isoDate: string): number {
  const day = parseDay(isoDate);
  if (day === undefined) throw new RangeError(`no date: ${isoDate.slice(0, 20)}`);
  return day;
}

/** Plans ask for the same few hundred days over and over; writing one costs ten lookups. */
const written = new Map<number, string>();
const WRITTEN_MAX = 10_000;

export function isoDateOf(day: number): string {
  const known = written.get(day);
  if (known !== undefined) return known;
  const isoDate = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (written.size >= WRITTEN_MAX) written.clear();
  written.set(day, isoDate);
  return isoDate;
}

/** ISO weekday, 1 = Monday … 7 = Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

export const holidayOn = (calendar: Calendar, day: number): string | undefined =>
  calendar.holidays[isoDateOf(day)];

export const isInWorkingWeek = (calendar: Calendar, day: number): boolean =>
  calendar.workingDays.includes(weekdayOf(day));

/** A day of their working week that is no public holiday. */
export const isWorkingDay = (calendar: Calendar, day: number): boolean =>
  isInWorkingWeek(calendar, day) && holidayOn(calendar, day) === undefined;

/** The first working day that is not before `day`. Throws where a year has none. */
export function workingDayFrom(calendar: Calendar, day: number): number {
  for (let tried = day; tried < day + SEARCH_DAYS_MAX; tried += 1) {
    if (isWorkingDay(calendar, tried)) return tried;
  }
  throw new RangeError(`no working day within ${SEARCH_DAYS_MAX} days of ${isoDateOf(day)}`);
}
