/** What each day is in a prospect's country, by the auditor's own table: surely off, surely worked, or doubtful. */
import { HOLIDAYS } from './holidays.ts';
import { addDays, isoWeekday } from './local-time.ts';

export type DayKind = 'working' | 'weekend' | 'holiday' | 'doubtful';

const FIRST_YEAR = 2026;
const LAST_YEAR = 2028;
/** The longest certain run of days off (Golden Week with its weekends) is far shorter. */
const LOOK_BACK = 14;
/** Ramadan with the feasts on both sides of it. */
const LONGEST_SEASON = 60;

/** ISO weekdays of the working week; Monday to Friday where a country is not named. */
const WEEKS: Readonly<Record<string, readonly number[]>> = { SA: [7, 1, 2, 3, 4] };
/** Half days and six-day weeks: the Emirates' Friday, the Saturdays of India and Mexico. */
const DOUBTFUL_WEEKDAYS: Readonly<Record<string, readonly number[]>> = { AE: [5], IN: [6], MX: [6] };
const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];

const parsed = new Map<string, ReadonlySet<string>>();

/** "04-03 12-20..12-31" of one year → its ISO dates. */
const datesOf = (list: string, year: number): string[] =>
  list
    .split(' ')
    .filter((item) => item !== '')
    .flatMap((item) => {
      const [from = '', to = from] = item.split('..');
      const dates: string[] = [];
      for (let date = `${year}-${from}`; date <= `${year}-${to}`; date = addDays(date, 1)) dates.push(date);
      return dates;
    });

const datesIn = (country: string, list: 'off' | 'doubtful'): ReadonlySet<string> => {
  const key = `${country} ${list}`;
  const known = parsed.get(key);
  if (known) return known;
  const days = HOLIDAYS[country]?.[list];
  const years = [2026, 2027, 2028] as const;
  const made = new Set(
    days ? years.flatMap((year) => [...datesOf(days[year], year), ...datesOf(days.every ?? '', year)]) : [],
  );
  parsed.set(key, made);
  return made;
};

const weekOf = (country: string): readonly number[] => WEEKS[country] ?? MONDAY_TO_FRIDAY;

/** Outside 2026–2028 and in countries without a table every weekday is doubtful: nothing is claimed about it. */
export const dayKind = (country: string, date: string): DayKind => {
  const weekday = isoWeekday(date);
  if (datesIn(country, 'off').has(date)) return 'holiday';
  if (DOUBTFUL_WEEKDAYS[country]?.includes(weekday)) return 'doubtful';
  if (!weekOf(country).includes(weekday)) return 'weekend';
  const year = Number(date.slice(0, 4));
  if (year < FIRST_YEAR || year > LAST_YEAR || !HOLIDAYS[country]) return 'doubtful';
  return datesIn(country, 'doubtful').has(date) ? 'doubtful' : 'working';
};

export const isOff = (kind: DayKind): boolean => kind === 'weekend' || kind === 'holiday';

/** Monday and Friday, or Sunday and Thursday where the week starts on Sunday. */
export const isWeekEdge = (country: string, date: string): boolean => {
  const week = weekOf(country);
  const weekday = isoWeekday(date);
  return weekday === week[0] || weekday === week.at(-1);
};

export const isWeekStart = (country: string, date: string): boolean =>
  isoWeekday(date) === weekOf(country)[0];

/** The first day after three or more days that were surely off. */
export const isFirstDayBack = (country: string, date: string): boolean => {
  let daysOff = 0;
  while (daysOff < LOOK_BACK && isOff(dayKind(country, addDays(date, -1 - daysOff)))) daysOff += 1;
  return daysOff >= 3;
};

/**
 * A day on which every reading of the rules lets a follow-up go: worked for certain, and so are both its neighbours,
 * hence neither an edge of the week nor a first or last day around a holiday.
 */
export const surelyAllowsFollowUp = (country: string, date: string): boolean =>
  [-1, 0, 1].every((days) => dayKind(country, addDays(date, days)) === 'working');

/**
 * A day on which every reading lets a first letter go: worked for certain by the prospect, and by the sender on that
 * and the next day, because nobody's first letter goes out when nobody is on duty to answer it. A prospect's Monday
 * after a holiday counts; the demand is only for days without any doubt.
 */
export const surelyAllowsFirstLetter = (country: string, sender: string, date: string): boolean =>
  dayKind(country, date) === 'working' &&
  [0, 1].every((days) => dayKind(sender, addDays(date, days)) === 'working');

/** The first date on or after `from` that `fits`, or undefined within `limit` days. */
export const firstDate = (
  from: string,
  limit: number,
  fits: (date: string) => boolean,
): string | undefined => {
  for (let days = 0; days < limit; days += 1) {
    const date = addDays(from, days);
    if (fits(date)) return date;
  }
  return undefined;
};

/** The date that many surely worked days after `date`: no reading of the rules counts fewer days. */
export const addWorkingDays = (country: string, date: string, count: number): string => {
  let day = date;
  for (let passed = 0; passed < count; passed += 1)
    day = firstDate(addDays(day, 1), LONGEST_SEASON, (one) => dayKind(country, one) === 'working') ?? day;
  return day;
};
