/**
 * When may it happen? Pure functions of a loaded calendar: the console's "why then?", the plan before launch and
 * the send all ask here. Rules in DESIGN §4; each day that is passed over leaves its reason.
 */
import type { Reason } from '../because.ts';
import { DAY, epochMs, HOUR, type Instant, instant, MINUTE, plus } from '../instant.ts';
import type { Delay } from '../sequence.ts';
import type { Calendar } from './calendar.ts';
import { assumption, forbidden, workedInWeekOf } from './day-rules.ts';
import { dayOf, isoDateOf, parseDay, SEARCH_DAYS_MAX, workingDayFrom } from './days.ts';
import { type Bounds, boundPart, isAnswered, windowFor } from './openings.ts';
import { PERSONAL, type StepRules, type Window } from './rules.ts';
import { momentAt, type Span, startOfDayMs, wallAt, windowOn } from './wall.ts';

/** With less than this left, a window is over: there would be nothing to spread. */
const WINDOW_LEFT_MS_MIN = 2 * MINUTE;
const WORKING_DAYS_MAX = 366;
const RETURN_DAYS_MAX = 180;
/** The salesperson's own waking day, for calls and chats. */
const SENDER_DAY: Window = { from: '08:00', to: '22:00' };
const NOON = '12:00';
/** Two days that share less than this do not meet. */
const SHARED_MS_MIN = 30 * MINUTE;

export type Plan = { readonly at: Instant; readonly because: readonly Reason[] };

/**
 * The first allowed moment that is not before `earliest`: a whole minute, never :00 of an hour, chosen within what
 * is left of that day's window by a hash of `spread` and the date, hence the same on every replay (or simply the
 * first, where the rules say `spread: false`). Throws if nothing is allowed for 400 days. The plan before launch, the
 * console's "why then?" and the state machine all ask here, each with the same bounds.
 */
export function planMoment(
  ask: { calendar: Calendar; rules: StepRules; earliest: Instant; spread: string } & Bounds,
): Plan {
  const { calendar, rules } = ask;
  const earliest = Math.ceil(epochMs(ask.earliest) / MINUTE) * MINUTE;
  const today = wallAt(calendar.zone, earliest).day;
  const because: Reason[] = [];
  for (let day = today; day < today + SEARCH_DAYS_MAX; day += 1) {
    const reason = forbidden(calendar, rules, day);
    if (reason !== undefined) {
      because.push(reason);
      continue;
    }
    const { window, because: narrowed } = windowFor(calendar, rules, day);
    because.push(...narrowed);
    if (window === undefined) continue;
    const open = windowOn(calendar.zone, day, window);
    const left = open && { from: Math.max(open.from, earliest), to: open.to };
    const isOpen = left !== undefined && isSpreadable(left);
    if (!isOpen || (day === today && open !== undefined && earliest < open.from)) {
      because.push(outside(day, window));
    }
    if (!isOpen) continue;
    const part = boundPart(rules, ask, day, left);
    because.push(...part.because);
    const spans = part.spans.filter(isSpreadable);
    const [first] = spans;
    if (first === undefined) continue;
    const assumed = assumption(calendar, rules, day);
    if (assumed !== undefined) because.push(assumed);
    const at =
      rules.spread === false
        ? first.from
        : spreadOver(calendar.zone, spans, `${ask.spread}|${isoDateOf(day)}`);
    return { at: instant(at), because };
  }
  throw neverAllowed(ask.earliest);
}

const isSpreadable = (span: Span): boolean => span.to - span.from >= WINDOW_LEFT_MS_MIN;

/**
 * Whether the rules let it happen at that very moment; :00 and the last minute of a window included. Asked at send
 * time too. Places are not looked at: the letter has its own already.
 */
export function isAllowedMoment(
  ask: { calendar: Calendar; rules: StepRules; at: Instant } & Pick<Bounds, 'duty'>,
): boolean {
  const { calendar, rules } = ask;
  const ms = epochMs(ask.at);
  const { day } = wallAt(calendar.zone, ms);
  if (forbidden(calendar, rules, day) !== undefined) return false;
  const { window } = windowFor(calendar, rules, day);
  const open = window && windowOn(calendar.zone, day, window);
  return open !== undefined && ms >= open.from && ms < open.to && isAnswered(rules, ask, ms);
}

/**
 * `days` are 24 hours each, whatever the clocks do. `workingDays` keep the local wall time and count neither
 * their days off nor their holidays. The answer is when the wait is over, not yet an allowed moment.
 */
export function afterDelay(calendar: Calendar, from: Instant, delay: Delay): Instant {
  if ('days' in delay) return plus(from, delay.days * DAY);
  const { workingDays } = delay;
  if (!Number.isInteger(workingDays) || workingDays < 0 || workingDays > WORKING_DAYS_MAX) {
    throw new RangeError(`no delay: ${workingDays} working days`);
  }
  if (workingDays === 0) return from;
  const wall = wallAt(calendar.zone, epochMs(from));
  let { day } = wall;
  for (let passed = 0; passed < workingDays; passed += 1) day = workingDayFrom(calendar, day + 1);
  return instant(momentAt(calendar.zone, day, wall.minute) + (epochMs(from) % MINUTE));
}

/** The start of the second working day from `returnOn` on: the first is for their mailbox. Back Mon → Tue. */
export function afterAbsence(calendar: Calendar, returnOn: string): Instant {
  const firstDay = workingDayFrom(calendar, dayOf(returnOn));
  return instant(startOfDayMs(calendar.zone, workingDayFrom(calendar, firstDay + 1)));
}

/** A return day is acted on if it is a date, not past, and at most 180 days off; `today` is the reader's. */
export function isBelievableReturn(returnOn: string, today: string): boolean {
  const day = parseDay(returnOn);
  return day !== undefined && day >= dayOf(today) && day <= dayOf(today) + RETURN_DAYS_MAX;
}

/** ISO date on their wall. */
export const localDate = (zone: string, at: Instant): string => isoDateOf(wallAt(zone, epochMs(at)).day);

/** `HH:MM` on their wall. */
export const localTime = (zone: string, at: Instant): string => clockText(wallAt(zone, epochMs(at)).minute);

/**
 * When the salesperson may call or write by chat: at once if it is their daytime now, else at the next opening of
 * 10:00–17:00 there, on a working day, not before noon on their week's first nor after noon on its last, and
 * between 08:00 and 22:00 for the sender wherever the two days meet. With `spread`, a minute within the first
 * hour of the opening, so that ten tasks do not ring at once. Throws if there is nothing for 400 days.
 */
export function planTouch(ask: {
  calendar: Calendar;
  earliest: Instant;
  senderZone?: string;
  spread?: string;
}): Plan {
  const { calendar, senderZone, spread } = ask;
  const earliest = epochMs(ask.earliest);
  const today = wallAt(calendar.zone, earliest).day;
  const because: Reason[] = [];
  for (let day = today; day < today + SEARCH_DAYS_MAX; day += 1) {
    const reason = forbidden(calendar, PERSONAL, day);
    if (reason !== undefined) {
      because.push(reason);
      continue;
    }
    const window = touchWindow(calendar, day);
    const open = reachable(calendar.zone, day, window, senderZone);
    const isOpen = open !== undefined && earliest < open.to;
    if (!isOpen || (day === today && earliest < open.from)) {
      because.push(outside(day, open === undefined ? window : windowOf(calendar.zone, open)));
    }
    if (!isOpen) continue;
    const assumed = assumption(calendar, PERSONAL, day);
    if (assumed !== undefined) because.push(assumed);
    if (earliest >= open.from) return { at: ask.earliest, because };
    const hour = { from: open.from, to: Math.min(open.to, open.from + HOUR) };
    const key = `${spread}|${isoDateOf(day)}`;
    return {
      at: instant(spread === undefined ? open.from : spreadOver(calendar.zone, [hour], key)),
      because,
    };
  }
  throw neverAllowed(ask.earliest);
}

/** Half a day at the edges of the week that is really worked; a week of one day has none. */
function touchWindow(calendar: Calendar, day: number): Window {
  const worked = workedInWeekOf(calendar, PERSONAL, day);
  if (worked.length <= 1) return PERSONAL.window;
  if (day === worked[0]) return { from: NOON, to: PERSONAL.window.to };
  return day === worked.at(-1) ? { from: PERSONAL.window.from, to: NOON } : PERSONAL.window;
}

/** The part of the window in which the sender is awake, if their days meet at all; else the whole window. */
function reachable(
  zone: string,
  day: number,
  window: Window,
  senderZone: string | undefined,
): Span | undefined {
  const open = windowOn(zone, day, window);
  const wholeDay = windowOn(zone, day, PERSONAL.window);
  if (senderZone === undefined || wholeDay === undefined) return open;
  const awake = senderDays(senderZone, wholeDay);
  if (shared(wholeDay, awake) === undefined) return open;
  return open && shared(open, awake);
}

/** The sender's waking days that can touch the span: their date may be a day off either way. */
function senderDays(senderZone: string, span: Span): readonly Span[] {
  const { day } = wallAt(senderZone, span.from);
  return [day - 1, day, day + 1]
    .map((one) => windowOn(senderZone, one, SENDER_DAY))
    .filter((one) => one !== undefined);
}

/** One stretch at most: a night of 10 hours is longer than the 7 hours between 10:00 and 17:00. */
function shared(span: Span, others: readonly Span[]): Span | undefined {
  return others
    .map((other) => ({ from: Math.max(span.from, other.from), to: Math.min(span.to, other.to) }))
    .find((both) => both.to - both.from >= SHARED_MS_MIN);
}

/** A whole minute of the spans, never :00; each holds at least two. */
function spreadOver(zone: string, spans: readonly Span[], key: string): number {
  const lengths = spans.map((span) => Math.floor((span.to - span.from) / MINUTE));
  let chosen = hash(key) % lengths.reduce((sum, one) => sum + one, 0);
  let which = 0;
  while (chosen >= (lengths[which] ?? Number.POSITIVE_INFINITY)) chosen -= lengths[which++] ?? 0;
  const ms = (spans[which]?.from ?? 0) + chosen * MINUTE;
  if (wallAt(zone, ms).minute % 60 !== 0) return ms;
  return chosen + 1 < (lengths[which] ?? 0) ? ms + MINUTE : ms - MINUTE;
}

/** FNV-1a with MurmurHash3's finish, so that ids which differ in their last letter spread too. Not for secrets. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const outside = (day: number, window: Window): Reason => ({
  rule: 'outside-window',
  args: { from: isoDateOf(day), window: `${window.from}–${window.to}` },
});

const windowOf = (zone: string, span: Span): Window => ({
  from: clockText(wallAt(zone, span.from).minute),
  to: clockText(wallAt(zone, span.to).minute),
});

const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const neverAllowed = (earliest: Instant): RangeError =>
  new RangeError(`the rules allow no moment within ${SEARCH_DAYS_MAX} days of ${earliest}`);
