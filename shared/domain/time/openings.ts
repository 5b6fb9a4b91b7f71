/**
 * The hours of one day in which a step may happen: the rules' window, made shorter by half days and seasons, by the
 * hours in which nobody would be there to answer, and by what the sender's places have left.
 */
import type { Reason } from '../because.ts';
import { freePart, type Places } from '../place.ts';
import type { Calendar } from './calendar.ts';
import { isoDateOf, weekdayOf } from './days.ts';
import { answeredPart, type Duty } from './duty.ts';
import type { StepRules, Window } from './rules.ts';
import { seasonOn } from './seasons.ts';
import { minuteOf, type Span } from './wall.ts';

/** What bounds a letter besides its own rules. */
export type Bounds = {
  /** The sender's week; read only where the rules ask for it. */
  readonly duty?: Duty | undefined;
  /** The sender's places as they are now. */
  readonly places?: Places | undefined;
};

export type Narrowed = { readonly window: Window | undefined; readonly because: readonly Reason[] };

/** The rules' window on that day; `undefined` where nothing of it is left. */
export function windowFor(calendar: Calendar, rules: StepRules, day: number): Narrowed {
  if (rules.anyDay) return { window: rules.window, because: [] };
  const because: Reason[] = [];
  let { from, to } = rules.window;
  const noon = calendar.halfDays?.[weekdayOf(day)];
  if (noon !== undefined && minuteOf(noon) < minuteOf(to)) {
    to = noon;
    because.push({ rule: 'half-day', args: { from: isoDateOf(day), until: noon } });
  }
  const short = rules.seasons === 'short-hours' && seasonOn(calendar.seasons ?? [], day)?.shortHours;
  if (short && (minuteOf(short.from) > minuteOf(from) || minuteOf(short.to) < minuteOf(to))) {
    from = minuteOf(short.from) > minuteOf(from) ? short.from : from;
    to = minuteOf(short.to) < minuteOf(to) ? short.to : to;
    const window = `${short.from}–${short.to}`;
    because.push({ rule: 'ramadan-hours', args: { from: isoDateOf(day), window } });
  }
  return { window: minuteOf(from) < minuteOf(to) ? { from, to } : undefined, because };
}

export type Part = { readonly spans: readonly Span[]; readonly because: readonly Reason[] };

/** What is left of an open span of `day`. */
export function boundPart(rules: StepRules, bounds: Bounds, day: number, open: Span): Part {
  const because: Reason[] = [];
  const answered = isDutyAsked(rules, bounds) ? answeredPart(bounds.duty, open) : [open];
  const isWhole = answered.length === 1 && answered[0]?.from === open.from && answered[0].to === open.to;
  if (!isWhole) because.push({ rule: 'nobody-on-duty', args: { from: isoDateOf(day) } });
  const { places } = bounds;
  if (places === undefined) return { spans: answered, because };
  const free = answered.map((span) => freePart(places, span));
  for (const { why, place } of free.flatMap((one) => one.full)) {
    const args: Record<string, string> = { from: isoDateOf(day), day: place.day };
    if (why === 'hour-full') args.hour = `${place.hour}:00`;
    because.push({ rule: why, args });
  }
  return { spans: free.flatMap((one) => one.spans), because };
}

/** Whether somebody will be there to answer a letter of that moment, where the rules ask for it. */
export const isAnswered = (rules: StepRules, bounds: Bounds, ms: number): boolean =>
  !isDutyAsked(rules, bounds) || answeredPart(bounds.duty, { from: ms, to: ms + 1 }).length > 0;

const isDutyAsked = (rules: StepRules, bounds: Bounds): bounds is Bounds & { readonly duty: Duty } =>
  rules.onDuty === true && !rules.anyDay && bounds.duty !== undefined;
