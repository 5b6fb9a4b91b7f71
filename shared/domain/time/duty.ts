/** The salesperson's own week: when somebody is there to pick up what a letter brings back (DESIGN §4). */
import { DAY, epochMs, type Instant, instant, MINUTE } from '../instant.ts';
import type { Sender } from '../sender.ts';
import { type Calendar, loadCalendar } from './calendar.ts';
import { isWorkingDay, SEARCH_DAYS_MAX } from './days.ts';
import type { Window } from './rules.ts';
import { minuteOf, type Span, wallAt, windowOn } from './wall.ts';

/** `calendar` is the sender's; their own days off stand among its holidays. */
export type Duty = { readonly calendar: Calendar; readonly hours: Window };

export const SENDER_HOURS: Window = { from: '09:00', to: '18:00' };

/** Less than this is not "on duty": nobody answers in five minutes before going home. */
const ON_DUTY_MS_MIN = 30 * MINUTE;
const OWN_DAY_OFF = 'day off';

/** What the sender told us of their week; without a country no holidays are known. */
export async function loadDuty(
  sender: Pick<Sender, 'zone' | 'country' | 'region' | 'workingDays' | 'hours' | 'eveningUntil' | 'daysOff'>,
): Promise<Duty> {
  const { zone, country, region, daysOff = [] } = sender;
  const calendar = await loadCalendar({
    zone,
    ...(country === undefined ? {} : { country }),
    ...(region === undefined ? {} : { region }),
  });
  const own = Object.fromEntries(daysOff.map((date) => [date, OWN_DAY_OFF]));
  return {
    calendar: {
      ...calendar,
      workingDays: sender.workingDays ?? calendar.workingDays,
      holidays: { ...calendar.holidays, ...own },
    },
    hours: reachableHours(sender.hours ?? SENDER_HOURS, sender.eveningUntil),
  };
}

/** "Evening until" makes the working day longer, never shorter. */
export const reachableHours = (hours: Window, eveningUntil: string | undefined): Window =>
  eveningUntil !== undefined && minuteOf(eveningUntil) > minuteOf(hours.to)
    ? { from: hours.from, to: eveningUntil }
    : hours;

/** The stretches of the sender's working days that touch the span, in order. */
export function dutySpans(duty: Duty, span: Span): readonly Span[] {
  const { calendar, hours } = duty;
  const last = wallAt(calendar.zone, span.to).day;
  const spans: Span[] = [];
  const first = Math.max(wallAt(calendar.zone, span.from).day, last - SEARCH_DAYS_MAX);
  for (let day = first; day <= last; day += 1) {
    const open = isWorkingDay(calendar, day) ? windowOn(calendar.zone, day, hours) : undefined;
    if (open !== undefined && open.from < span.to && open.to > span.from) spans.push(open);
  }
  return spans;
}

/** The parts of a span from which half an hour of duty lies within the next 24 hours. */
export function answeredPart(duty: Duty, span: Span): readonly Span[] {
  const parts: Span[] = [];
  for (const shift of dutySpans(duty, { from: span.from, to: span.to + DAY })) {
    const from = Math.max(span.from, shift.from + ON_DUTY_MS_MIN - DAY);
    const to = Math.min(span.to, shift.to - ON_DUTY_MS_MIN);
    const last = parts.at(-1);
    if (to <= from) continue;
    if (last !== undefined && from <= last.to) parts[parts.length - 1] = { from: last.from, to };
    else parts.push({ from, to });
  }
  return parts;
}

export const isOnDuty = (duty: Duty, at: Instant): boolean => {
  const ms = epochMs(at);
  return dutySpans(duty, { from: ms, to: ms + 1 }).length > 0;
};

/** When somebody is there again: `at` itself while on duty. `undefined`: not within 400 days. */
export function nextDuty(duty: Duty, at: Instant): Instant | undefined {
  const ms = epochMs(at);
  const today = wallAt(duty.calendar.zone, ms).day;
  for (let day = today; day < today + SEARCH_DAYS_MAX; day += 1) {
    const open = isWorkingDay(duty.calendar, day) ? windowOn(duty.calendar.zone, day, duty.hours) : undefined;
    if (open !== undefined && open.to > ms) return instant(Math.max(open.from, ms));
  }
  return undefined;
}
