/** Why a day is not taken: the rules that look at whole days of the prospect's own calendar. */
import type { Reason } from '../because.ts';
import type { Calendar } from './calendar.ts';
import { holidayOn, isInWorkingWeek, isoDateOf, weekdayOf } from './days.ts';
import type { StepRules } from './rules.ts';
import { seasonOn } from './seasons.ts';

const BREAK_DAYS_MIN = 3;

export type DayRules = Pick<
  StepRules,
  'anyDay' | 'avoidHolidays' | 'avoidWeekEdges' | 'blackoutDates' | 'seasons'
>;

/** The first rule that forbids the day, or `undefined`. */
export function forbidden(calendar: Calendar, rules: DayRules, day: number): Reason | undefined {
  const from = isoDateOf(day);
  if (rules.anyDay)
    return rules.blackoutDates.includes(from) ? { rule: 'blackout-date', args: { from } } : undefined;
  if (!isInWorkingWeek(calendar, day)) return { rule: 'not-a-working-day', args: { from } };
  const name = rules.avoidHolidays ? holidayOn(calendar, day) : undefined;
  if (name !== undefined) return { rule: 'public-holiday', args: { from, name } };
  if (rules.blackoutDates.includes(from)) return { rule: 'blackout-date', args: { from } };
  const season = rules.seasons === 'avoid' ? seasonOn(calendar.seasons ?? [], day)?.season : undefined;
  if (season !== undefined) return { rule: `season-${season}`, args: { from } };
  if (!rules.avoidWeekEdges) return undefined;
  const edge = edgeOfWeek(calendar, rules, day);
  if (edge !== undefined) return { rule: edge, args: { from } };
  return isFirstDayBack(calendar, rules, day) ? { rule: 'first-day-back', args: { from } } : undefined;
}

/** Says that nobody knows that year's holidays; `undefined` where they do not matter or are known. */
export function assumption(calendar: Calendar, rules: DayRules, day: number): Reason | undefined {
  const year = Number(isoDateOf(day).slice(0, 4));
  const [from, to] = calendar.coveredYears;
  const isKnown = rules.anyDay || !rules.avoidHolidays || (year >= from && year <= to);
  return isKnown ? undefined : { rule: 'holidays-assumed', args: { year } };
}

/** The days really worked in the week that `day` belongs to, in order. Blackout dates are ours, not theirs. */
export function workedInWeekOf(
  calendar: Calendar,
  rules: Pick<DayRules, 'avoidHolidays'>,
  day: number,
): readonly number[] {
  return nominalWeek(calendar.workingDays, day).filter((one) => !isOff(calendar, rules, one));
}

/**
 * First and last day of the week: the nominal ones (Monday and Friday, Sunday and Thursday) and, where holidays
 * take those, the first and last that are really worked. If that leaves a short week without any day, only the
 * nominal ones count. A working week of one or two days has no edges, or nothing could ever be sent there.
 */
function edgeOfWeek(
  calendar: Calendar,
  rules: DayRules,
  day: number,
): 'first-day-of-week' | 'last-day-of-week' | undefined {
  const week = nominalWeek(calendar.workingDays, day);
  if (week.length <= 2) return undefined;
  if (day === week[0]) return 'first-day-of-week';
  if (day === week.at(-1)) return 'last-day-of-week';
  const worked = workedInWeekOf(calendar, rules, day);
  const [first, last] = [worked[0], worked.at(-1)];
  const isInside = (one: number) => one !== week[0] && one !== week.at(-1) && one !== first && one !== last;
  if (!worked.some(isInside)) return undefined;
  if (day === first) return 'first-day-of-week';
  return day === last ? 'last-day-of-week' : undefined;
}

/** Three or more days off in a row end the day before: the mailbox is full, the letter would drown. */
function isFirstDayBack(calendar: Calendar, rules: DayRules, day: number): boolean {
  for (let before = 1; before <= BREAK_DAYS_MIN; before += 1) {
    if (!isOff(calendar, rules, day - before)) return false;
  }
  return true;
}

/** Where a step ignores holidays, they are ordinary days for its other rules too. */
const isOff = (calendar: Calendar, rules: Pick<DayRules, 'avoidHolidays'>, day: number): boolean =>
  !isInWorkingWeek(calendar, day) || (rules.avoidHolidays && holidayOn(calendar, day) !== undefined);

/** The nominal working days of the week around `day`, in the order of that country's week. */
function nominalWeek(workingDays: readonly number[], day: number): readonly number[] {
  const start = day - ((weekdayOf(day) - firstWeekday(workingDays) + 7) % 7);
  const week: number[] = [];
  for (let one = start; one < start + 7; one += 1) if (workingDays.includes(weekdayOf(one))) week.push(one);
  return week;
}

/** The week begins after its longest run of days off; of equal runs (Brunei), after the one before Monday. */
function firstWeekday(workingDays: readonly number[]): number {
  let first = 1;
  let longest = 0;
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    if (!workingDays.includes(weekday)) continue;
    let off = 0;
    while (off < 6 && !workingDays.includes(((weekday - 2 - off + 14) % 7) + 1)) off += 1;
    if (off > longest) [first, longest] = [weekday, off];
  }
  return first;
}
