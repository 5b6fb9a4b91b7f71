/**
 * A sender's places: how many letters a day and an hour may take, and which are taken already. Pure; the store keeps
 * the count exact (`PlaceStore` in ports.ts), this is what planning reads of it.
 */
import { epochMs, HOUR, type Instant, MINUTE, plus } from './instant.ts';
import { isoDateOf } from './time/days.ts';
import { type Span, wallAt } from './time/wall.ts';

/** One hour of one day on the sender's own wall; an hour that the clocks repeat is one place twice as long. */
export type Place = { readonly day: string; readonly hour: number };

export type PlaceLimits = { readonly perDay: number; readonly perHour: number };

/** `hours`: hour (`0`–`23`) → letters. */
export type PlacesTaken = { readonly used: number; readonly hours: Readonly<Record<number, number>> };

export type Places = {
  /** The sender's. */
  readonly zone: string;
  readonly limits: PlaceLimits;
  /** ISO date → what is taken. A day that is missing is free. */
  readonly taken: Readonly<Record<string, PlacesTaken>>;
};

/** No run lives that long, nor is any stood still that long and goes on: by then a place is somebody's or nobody's. */
const LOOK_AFTER_MS = HOUR;
/** When to see what became of a place that is taken or left now. */
export const lookAtPlace = (now: Instant): Instant => plus(now, LOOK_AFTER_MS);

const NOTHING: PlacesTaken = { used: 0, hours: {} };
const HOUR_MINUTES = 60;

export function placeAt(zone: string, at: Instant): Place {
  const wall = wallAt(zone, epochMs(at));
  return { day: isoDateOf(wall.day), hour: Math.floor(wall.minute / HOUR_MINUTES) };
}

/** `undefined`: free. */
export function fullAt(places: Places, place: Place): 'day-full' | 'hour-full' | undefined {
  const taken = places.taken[place.day] ?? NOTHING;
  if (taken.used >= places.limits.perDay) return 'day-full';
  return (taken.hours[place.hour] ?? 0) >= places.limits.perHour ? 'hour-full' : undefined;
}

export const withTaken = (places: Places, place: Place): Places => changed(places, place, 1);

/** What a stop, a move or a release gives back; never below nothing. */
export const withFreed = (places: Places, place: Place): Places => changed(places, place, -1);

function changed(places: Places, { day, hour }: Place, by: number): Places {
  const before = places.taken[day] ?? NOTHING;
  const hours = { ...before.hours, [hour]: Math.max(0, (before.hours[hour] ?? 0) + by) };
  const after = { used: Math.max(0, before.used + by), hours };
  return { ...places, taken: { ...places.taken, [day]: after } };
}

export type FreePart = {
  readonly spans: readonly Span[];
  /** What took the rest, each day or hour once. */
  readonly full: readonly { readonly why: 'day-full' | 'hour-full'; readonly place: Place }[];
};

/** The hours of a span that still have a place; neighbours stay joined. */
export function freePart(places: Places, span: Span): FreePart {
  const spans: Span[] = [];
  const full: FreePart['full'][number][] = [];
  for (let from = span.from; from < span.to; ) {
    const wall = wallAt(places.zone, from);
    const to = Math.min(span.to, from + (HOUR_MINUTES - (wall.minute % HOUR_MINUTES)) * MINUTE);
    const place = { day: isoDateOf(wall.day), hour: Math.floor(wall.minute / HOUR_MINUTES) };
    const why = fullAt(places, place);
    const last = spans.at(-1);
    if (why !== undefined) {
      const isTold = full.some(
        (one) => one.why === why && (why === 'day-full' || one.place.hour === place.hour),
      );
      if (!isTold) full.push({ why, place });
    } else if (last?.to === from) spans[spans.length - 1] = { from: last.from, to };
    else spans.push({ from, to });
    from = to;
  }
  return { spans, full };
}
