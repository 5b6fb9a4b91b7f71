/**
 * The meeting hour that a letter offers: inside the prospect's day and the sender's reachable hours, at least two
 * working days after sending, never one that somebody else was offered (DESIGN §4). Pure; the store's `reserveSlot`
 * settles who is first. Slots stand on the half hours of UTC, so that two never overlap in part, wherever people live.
 */
import type { Reason } from './because.ts';
import { DAY, epochMs, type Instant, instant, MINUTE } from './instant.ts';
import type { Calendar } from './time/calendar.ts';
import { forbidden } from './time/day-rules.ts';
import { isoDateOf, weekdayOf, workingDayFrom } from './time/days.ts';
import { type Duty, dutySpans } from './time/duty.ts';
import { windowFor } from './time/openings.ts';
import type { StepRules } from './time/rules.ts';
import { minuteOf, momentAt, type Span, wallAt, windowOn } from './time/wall.ts';

/** ISO weekday and minute of their day; without a weekday the first day that comes. */
export type SlotWish = { readonly weekday?: number; readonly minute: number };

export type Slot = { readonly at: Instant; readonly because: readonly Reason[] };

type SlotAsk = {
  readonly wish: SlotWish;
  readonly sendAt: Instant;
  /** The prospect's. */
  readonly calendar: Calendar;
  /** The sender's. */
  readonly duty: Duty;
  /** What the sender has offered already. */
  readonly taken: readonly Instant[];
};

export const SLOT_MS = 30 * MINUTE;
const WORKING_DAYS_AHEAD = 2;
/** A meeting that far off is no answer to "next week?". */
const DAYS_MAX = 42;
/** Where the two days never meet, the best hour of this many days is taken. */
const NEAR_DAYS = 7;
const MARGIN_MS = 7 * DAY;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const WISH = /^(?:([a-z]{6,9}) )?(\d{2}:\d{2})$/;

/** When people take a call: their office hours, Ramadan's and half days' where they are shorter. */
const MEETING: StepRules = {
  window: { from: '09:00', to: '17:00' },
  avoidWeekEdges: false,
  avoidHolidays: true,
  seasons: 'short-hours',
  blackoutDates: [],
};

/** `tuesday 11:00` or `11:00`, in any case of letters; `undefined` for anything else. */
export function parseSlotWish(text: string): SlotWish | undefined {
  const match = WISH.exec(text.slice(0, 20).trim().toLowerCase());
  const [, name, time] = match ?? [];
  if (time === undefined || !/^([01]\d|2[0-3]):/.test(time) || Number(time.slice(3)) > 59) return undefined;
  if (name === undefined) return { minute: minuteOf(time) };
  const weekday = WEEKDAYS.indexOf(name) + 1;
  return weekday === 0 ? undefined : { weekday, minute: minuteOf(time) };
}

/**
 * The hour asked for, or the nearest that suits both, by day first. Where the two days never meet, the hour of the
 * prospect's day that is nearest to the sender's hours, and the reason says so. `undefined`: six weeks are full.
 */
export function resolveSlot(ask: SlotAsk): Slot | undefined {
  const { calendar, wish } = ask;
  const first = firstDayFor(calendar, ask.sendAt);
  const target = wish.weekday === undefined ? first : first + ((wish.weekday - weekdayOf(first) + 7) % 7);
  const days = Array.from({ length: DAYS_MAX }, (_, n) => first + n)
    .filter((day) => forbidden(calendar, MEETING, day) === undefined)
    .sort((a, b) => Math.abs(a - target) - Math.abs(b - target) || a - b);
  const shifts = shiftsAround(ask.duty, calendar.zone, first);
  const taken = new Set(ask.taken.flatMap((at) => halfHoursOf(epochMs(at))));
  const free = (day: number) => startsOn(calendar, day).filter((ms) => !taken.has(ms));
  const distance = (day: number, ms: number) => Math.abs(ms - momentAt(calendar.zone, day, wish.minute));

  for (const day of days) {
    const shared = free(day).filter((ms) => isReachable(shifts, ms));
    const [ms] = shared.sort((a, b) => distance(day, a) - distance(day, b) || a - b);
    if (ms !== undefined) return { at: instant(ms), because: whyThen({ ...ask, taken, shifts, target }, ms) };
  }
  const doMeet = days.some((day) => startsOn(calendar, day).some((ms) => isReachable(shifts, ms)));
  if (doMeet) return undefined;
  const near = days
    .slice(0, NEAR_DAYS)
    .flatMap((day) => free(day).map((ms) => ({ ms, far: fromDuty(shifts, ms) })));
  const [best] = near.sort((a, b) => a.far - b.far);
  return best && { at: instant(best.ms), because: [{ rule: 'slot-not-shared' }] };
}

/** Two working days after sending: nobody is asked for this afternoon. */
function firstDayFor(calendar: Calendar, sendAt: Instant): number {
  let first = wallAt(calendar.zone, epochMs(sendAt)).day;
  for (let passed = 0; passed < WORKING_DAYS_AHEAD; passed += 1) first = workingDayFrom(calendar, first + 1);
  return first;
}

/** Whether an hour that was offered before may stand in a letter that goes at `sendAt`. */
export const isStillFarEnough = (calendar: Calendar, sendAt: Instant, slot: Instant): boolean =>
  wallAt(calendar.zone, epochMs(slot)).day >= firstDayFor(calendar, sendAt);

/** The half hours of UTC at which a meeting fits into that day of theirs. */
function startsOn(calendar: Calendar, day: number): number[] {
  const { window } = windowFor(calendar, MEETING, day);
  const open = window && windowOn(calendar.zone, day, window);
  const starts: number[] = [];
  if (open === undefined) return starts;
  for (let ms = Math.ceil(open.from / SLOT_MS) * SLOT_MS; ms + SLOT_MS <= open.to; ms += SLOT_MS)
    starts.push(ms);
  return starts;
}

/** The one or two slots that an offered half hour touches. */
function halfHoursOf(ms: number): readonly number[] {
  const before = Math.floor(ms / SLOT_MS) * SLOT_MS;
  return before === ms ? [ms] : [before, before + SLOT_MS];
}

/** The sender's working days from a week before the first possible day to a week after the last. */
function shiftsAround(duty: Duty, zone: string, firstDay: number): readonly Span[] {
  const from = momentAt(zone, firstDay, 0);
  return dutySpans(duty, { from: from - MARGIN_MS, to: from + DAYS_MAX * DAY + MARGIN_MS });
}

const isReachable = (shifts: readonly Span[], ms: number): boolean =>
  shifts.some((shift) => shift.from <= ms && ms + SLOT_MS <= shift.to);

/** How far a meeting lies from the sender's nearest working hours, milliseconds. */
const fromDuty = (shifts: readonly Span[], ms: number): number =>
  shifts.reduce(
    (least, shift) => Math.min(least, Math.max(shift.from - ms, ms + SLOT_MS - shift.to, 0)),
    MARGIN_MS,
  );

type Situation = Omit<SlotAsk, 'taken'> & {
  readonly taken: ReadonlySet<number>;
  readonly shifts: readonly Span[];
  readonly target: number;
};

function whyThen({ calendar, wish, taken, shifts, target }: Situation, chosen: number): readonly Reason[] {
  const asked = momentAt(calendar.zone, target, wish.minute);
  if (asked === chosen) return [{ rule: 'slot-asked' }];
  const at = instant(asked);
  const because: Reason[] = [];
  const day = forbidden(calendar, MEETING, target);
  if (day !== undefined) because.push(day);
  else if (!startsOn(calendar, target).includes(asked)) {
    const { window } = windowFor(calendar, MEETING, target);
    const { from, to } = window ?? MEETING.window;
    because.push({ rule: 'outside-window', args: { from: isoDateOf(target), window: `${from}–${to}` } });
  } else if (taken.has(asked)) because.push({ rule: 'slot-taken', args: { at } });
  else if (!isReachable(shifts, asked)) because.push({ rule: 'slot-outside-our-hours', args: { at } });
  return [...because, { rule: 'slot-moved' }];
}

/** Six weeks, and the longest run of holidays before they begin. */
const HORIZON_DAYS = 90;

/** Slots that may collide with a new one: what to ask the store for before resolving. */
export const slotHorizon = (sendAt: Instant): { readonly from: Instant; readonly to: Instant } => ({
  from: sendAt,
  to: instant(epochMs(sendAt) + HORIZON_DAYS * DAY),
});
