/**
 * Between instants and what the clock on their wall shows: the only file of the timing rules that knows Temporal,
 * and with it the changes of the clocks.
 */
import { Temporal } from 'temporal-polyfill';
import { epochMs, type Instant, MINUTE } from '../instant.ts';
import type { Window } from './rules.ts';

const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * MINUTE;
const WEEK_MS = 7 * DAY_MS;
/** No clock is further than this from UTC: 14 hours east, 12 west, and an hour's change. */
const OFFSET_MS_MAX = 15 * 60 * MINUTE;
const WALL_TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** `minute` counts from local midnight, 0–1439. */
export type Wall = { readonly day: number; readonly minute: number };

/** A stretch of real time, milliseconds since 1970; the end is exclusive. */
export type Span = { readonly from: number; readonly to: number };

export function wallAt(zone: string, ms: number): Wall {
  const local = ms + offsetMs(zone, ms);
  const day = Math.floor(local / DAY_MS);
  return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE) };
}

/** Offset from UTC in minutes, east positive, at that moment. */
export const offsetMinutes = (zone: string, at: Instant): number =>
  Math.round(offsetMs(zone, epochMs(at)) / MINUTE);

const offsetMs = (zone: string, ms: number): number => steadyOffset(zone, ms) ?? offsetBy(zone, ms);

function offsetBy(zone: string, ms: number): number {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return Math.round(local.offsetNanoseconds / 1_000_000);
}

/**
 * Zone → number of the week → its one offset, or `undefined` where the clocks change in it. Plans ask the same few
 * months over and over, and a lookup costs a hundredth of the question to Intl. No zone changes twice in a week.
 */
const weeks = new Map<string, Map<number, number | undefined>>();
const ZONES_MAX = 1_000;
const WEEKS_MAX = 1_000;

function steadyOffset(zone: string, ms: number): number | undefined {
  const week = Math.floor(ms / WEEK_MS);
  let known = weeks.get(zone);
  if (known?.has(week)) return known.get(week);
  if (known === undefined) {
    if (weeks.size >= ZONES_MAX) weeks.clear();
    known = new Map();
    weeks.set(zone, known);
  }
  if (known.size >= WEEKS_MAX) known.clear();
  const [first, last] = [offsetBy(zone, week * WEEK_MS), offsetBy(zone, (week + 1) * WEEK_MS - 1)];
  const offset = first === last ? first : undefined;
  known.set(week, offset);
  return offset;
}

/** `24:00` is allowed as an end. Throws on anything else that no clock shows. */
export function minuteOf(wallTime: string): number {
  if (wallTime === '24:00') return DAY_MINUTES;
  const match = WALL_TIME.exec(wallTime);
  if (match === null) throw new RangeError(`no wall time HH:MM: ${wallTime.slice(0, 20)}`);
  return Number(match[1]) * 60 + Number(match[2]);
}

/**
 * The real time during which their clock stands inside the window on that day; `undefined` where there is none.
 * A bound that the clock skips is the moment of the change. A bound that it shows twice is taken so that the span
 * shrinks: no minute of it reads outside the window.
 */
export function windowOn(zone: string, day: number, window: Window): Span | undefined {
  const from = moments(zone, day, minuteOf(window.from));
  const to = moments(zone, day, minuteOf(window.to));
  if (from.last < to.first) return { from: from.last, to: to.first };
  // Both bounds inside the repeated hour: its first pass.
  return from.first < to.first ? { from: from.first, to: to.first } : undefined;
}

/** First moment of the local day; not always 00:00, as in Chile and Egypt when their clocks go forward. */
export const startOfDayMs = (zone: string, day: number): number => moments(zone, day, 0).first;

/** The moment when their clock shows this; a skipped time moves forward, the first of a repeated one is taken. */
export function momentAt(zone: string, day: number, minute: number): number {
  return simpleMoment(zone, day, minute) ?? carefulMoment(zone, day, minute);
}

/** Where no change of the clocks is near: one subtraction. */
function simpleMoment(zone: string, day: number, minute: number): number | undefined {
  const asUtc = day * DAY_MS + minute * MINUTE;
  const offset = steadyOffset(zone, asUtc - OFFSET_MS_MAX);
  const isSteady = offset !== undefined && offset === steadyOffset(zone, asUtc + OFFSET_MS_MAX);
  return isSteady ? asUtc - offset : undefined;
}

function carefulMoment(zone: string, day: number, minute: number): number {
  return plain(day, minute).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** The first and last moment at which the clock shows this, or, if never, the change that skips it. */
function moments(zone: string, day: number, minute: number): { first: number; last: number } {
  const simple = simpleMoment(zone, day, minute);
  if (simple !== undefined) return { first: simple, last: simple };
  const asked = plain(day, minute);
  const earlier = asked.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (!earlier.toPlainDateTime().equals(asked)) {
    const change = earlier.getTimeZoneTransition('next');
    if (change === null) throw new RangeError(`${zone} skips ${asked.toString()} without a transition`);
    return { first: change.epochMilliseconds, last: change.epochMilliseconds };
  }
  const later = asked.toZonedDateTime(zone, { disambiguation: 'later' });
  return { first: earlier.epochMilliseconds, last: later.epochMilliseconds };
}

function plain(day: number, minute: number): Temporal.PlainDateTime {
  const local = new Date(day * DAY_MINUTES * MINUTE + minute * MINUTE);
  return new Temporal.PlainDateTime(
    local.getUTCFullYear(),
    local.getUTCMonth() + 1,
    local.getUTCDate(),
    local.getUTCHours(),
    local.getUTCMinutes(),
  );
}
