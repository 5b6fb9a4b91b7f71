// What holds of every planned moment, whatever the zone, the country, the date, the holds and the rules. The checks
// here are their own: they read walls with Intl and days with plain arithmetic, not with the code that they judge.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EnrollmentId } from '../../shared/domain/ids.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { type Place, type Places, placeAt } from '../../shared/domain/place.ts';
import type { Step } from '../../shared/domain/sequence.ts';
import { resolveSlot } from '../../shared/domain/slot.ts';
import type { Calendar } from '../../shared/domain/time/calendar.ts';
import type { Duty } from '../../shared/domain/time/duty.ts';
import { explainNextLetter } from '../../shared/domain/time/next-letter.ts';
import { isAllowedMoment, planMoment } from '../../shared/domain/time/plan.ts';
import { previewSchedule } from '../../shared/domain/time/preview.ts';
import type { StepRules } from '../../shared/domain/time/rules.ts';
import { calendars, dates, duties, moments, places, stepRules } from './arbitrary-days.ts';

export type Property = { readonly name: string; readonly property: fc.IProperty<unknown> };

const formats = new Map<string, Intl.DateTimeFormat>();
/** `2026-11-24 11:07` on that wall. */
export function wall(zone: string, at: Instant | number): { date: string; time: string; weekday: number } {
  const known = formats.get(zone);
  const format =
    known ?? new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone });
  if (!known) formats.set(zone, format);
  const [date = '', time = ''] = format.format(typeof at === 'number' ? at : Date.parse(at)).split(' ');
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return { date, time, weekday: day === 0 ? 7 : day };
}

const works = (calendar: Calendar, at: Instant | number): boolean => {
  const { date, weekday } = wall(calendar.zone, at);
  return calendar.workingDays.includes(weekday) && calendar.holidays[date] === undefined;
};
const onDuty = (duty: Duty, at: number): boolean => {
  const { time } = wall(duty.calendar.zone, at);
  return works(duty.calendar, at) && time >= duty.hours.from && time < duty.hours.to;
};
/** Looks every half hour: duty of less than that does not count. */
const isAnsweredIn24Hours = (duty: Duty, at: Instant): boolean =>
  Array.from({ length: 49 }, (_, n) => Date.parse(at) + n * 1_800_000).some((ms) => onDuty(duty, ms));
const inSeason = (calendar: Calendar, at: Instant) => {
  const day = Date.parse(`${wall(calendar.zone, at).date}T00:00:00Z`) / 86_400_000;
  return (calendar.seasons ?? []).find((one) => one.from <= day && day <= one.to);
};

export function judgeMoment(calendar: Calendar, rules: StepRules, at: Instant): void {
  const { date, time, weekday } = wall(calendar.zone, at);
  assert(time >= rules.window.from && time < rules.window.to, `${time} outside the window`);
  assert(calendar.workingDays.includes(weekday), `${date} is no day of their week`);
  if (rules.avoidHolidays) assert.equal(calendar.holidays[date], undefined, `${date} is a holiday`);
  assert(!rules.blackoutDates.includes(date), `${date} is blacked out`);
  const noon = calendar.halfDays?.[weekday];
  if (noon !== undefined) assert(time < noon, `${time} on a half day`);
  const season = inSeason(calendar, at);
  if (rules.seasons === 'avoid') assert.equal(season, undefined, `${date} in a season`);
  if (rules.seasons === 'short-hours' && season?.shortHours)
    assert(time >= season.shortHours.from && time < season.shortHours.to, `${time} in Ramadan`);
  if (rules.avoidWeekEdges && calendar.workingDays.length > 2) {
    assert.notEqual(weekday, calendar.workingDays[0], 'first day of the week');
    assert.notEqual(weekday, calendar.workingDays.at(-1), 'last day of the week');
  }
}

function judgePlace(free: Places, place: Place): void {
  const day = free.taken[place.day];
  assert((day?.used ?? 0) < free.limits.perDay, 'the day was full');
  assert((day?.hours[place.hour] ?? 0) < free.limits.perHour, 'the hour was full');
}

/** To the last reason, and in the same order. */
const same = (one: unknown, two: unknown): void => assert.equal(JSON.stringify(one), JSON.stringify(two));

/** Nothing allowed for 400 days (a window without an hour in common with a half day, say) is an answer too. */
function orNever<Answer>(plan: () => Answer): Answer | undefined {
  try {
    return plan();
  } catch (error) {
    assert(
      error instanceof RangeError && /allow no moment|no working day/.test(error.message),
      String(error),
    );
    return undefined;
  }
}

const bounded = fc.record({
  calendar: calendars,
  rules: stepRules,
  earliest: moments,
  spread: fc.string({ maxLength: 12 }),
  duty: fc.option(duties, { nil: undefined }),
  places: fc.option(places, { nil: undefined }),
});

const aMoment = fc.property(bounded, (ask) => {
  const plan = orNever(() => planMoment(ask));
  if (plan === undefined) return;
  const { at } = plan;
  judgeMoment(ask.calendar, ask.rules, at);
  assert(at >= ask.earliest, 'before the wait is over');
  assert.match(at, /:00\.000Z$/);
  if (ask.rules.spread !== false) assert(!wall(ask.calendar.zone, at).time.endsWith(':00'), 'on the hour');
  if (ask.places) judgePlace(ask.places, placeAt(ask.places.zone, at));
  if (ask.duty && ask.rules.onDuty) assert(isAnsweredIn24Hours(ask.duty, at), 'nobody is there to answer');
  assert(isAllowedMoment({ ...ask, at }), 'not allowed at send time');
});

const theSame = fc.property(bounded, (ask) => {
  const [one, two] = [structuredClone(ask), ask].map((asked) => orNever(() => planMoment(asked)));
  same(one, two);
});

const walks = fc
  .tuple(
    fc.array(fc.integer({ min: 97, max: 122 }), { minLength: 26, maxLength: 26 }),
    fc.integer({ min: 1, max: 9 }),
  )
  .map(([letters, n]) => `${String.fromCharCode(...letters)}-${n}` as EnrollmentId);
const delays = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map((days) => ({ days })),
  fc.integer({ min: 0, max: 10 }).map((workingDays) => ({ workingDays })),
);
const letters: fc.Arbitrary<Step> = fc
  .tuple(delays, stepRules)
  .map(([delay, rules]) => ({ kind: 'letter', delay, subject: 's', body: 'b', rules }));

const anExplanation = fc.property(
  fc.record({
    walkId: walks,
    steps: fc.array(letters, { minLength: 1, maxLength: 3 }),
    calendar: calendars,
    from: moments,
    waited: fc.integer({ min: 0, max: 20 * 86_400_000 }),
    away: fc.option(dates, { nil: undefined }),
  }),
  ({ walkId, steps, calendar, from, waited, away }) => {
    const step = steps.length - 1;
    const now = instant(Date.parse(from) + waited);
    const heldUntil = away === undefined ? [] : [instant(Date.parse(away))];
    const ask = { walkId, steps, step, calendar, from, now, heldUntil };
    const next = orNever(() => explainNextLetter(ask));
    same(
      next,
      orNever(() => explainNextLetter(structuredClone(ask))),
    );
    if (next === undefined) return;
    const { delay, rules } = steps[step] as Step & { rules: StepRules };
    judgeMoment(calendar, rules, next.at);
    assert(next.at >= now && heldUntil.every((end) => next.at >= end), 'within an absence, or in the past');
    if ('days' in delay)
      assert(Date.parse(next.at) - Date.parse(from) >= delay.days * 86_400_000, 'too early');
    else assert(workedBetween(calendar, from, next.at) >= delay.workingDays, 'too few working days');
    assert(next.reasons.length > 0 && next.reasons[0]?.rule === 'wait-over');
  },
);

/** Working days after the first moment's day, up to and with the second's. */
function workedBetween(calendar: Calendar, from: Instant, to: Instant): number {
  const [first, last] = [from, to].map((at) => Date.parse(`${wall(calendar.zone, at).date}T00:00:00Z`));
  let worked = 0;
  for (let ms = (first as number) + 86_400_000; ms <= (last as number); ms += 86_400_000) {
    const date = new Date(ms).toISOString().slice(0, 10);
    const weekday = new Date(ms).getUTCDay() || 7;
    if (calendar.workingDays.includes(weekday) && calendar.holidays[date] === undefined) worked += 1;
  }
  return worked;
}

const aPreview = fc.property(
  fc.record({
    steps: fc.array(letters, { minLength: 1, maxLength: 2 }),
    contacts: fc.array(
      fc.record({ walkId: walks, calendar: calendars, grade: fc.constantFrom('A', 'B', 'C', 'D') }),
      {
        maxLength: 6,
      },
    ),
    launchAt: moments,
    places,
    duty: duties,
  }),
  (ask) => {
    const asked = ask as Parameters<typeof previewSchedule>[0];
    const preview = orNever(() => previewSchedule(asked));
    same(
      preview,
      orNever(() => previewSchedule(structuredClone(asked))),
    );
    if (preview === undefined) return;
    assert.equal(preview.steps.length, ask.contacts.length * ask.steps.length);
    const used = new Map<string, number>();
    for (const { at } of preview.steps) {
      const { day, hour } = placeAt(ask.places.zone, at);
      for (const key of [day, `${day} ${hour}`]) used.set(key, (used.get(key) ?? 0) + 1);
    }
    for (const [key, count] of used) {
      const [day = '', hour] = key.split(' ');
      const before = ask.places.taken[day];
      const isHour = hour !== undefined;
      const had = isHour ? (before?.hours[Number(hour)] ?? 0) : (before?.used ?? 0);
      const limit = isHour ? ask.places.limits.perHour : ask.places.limits.perDay;
      assert(had + count <= Math.max(limit, had), `${key}: ${had} + ${count} of ${limit}`);
    }
  },
);

const aSlot = fc.property(
  fc.record({
    wish: fc.record({
      weekday: fc.integer({ min: 1, max: 7 }),
      minute: fc.integer({ min: 0, max: 47 }).map((n) => n * 30),
    }),
    sendAt: moments,
    calendar: calendars,
    duty: duties,
  }),
  ({ wish, sendAt, calendar, duty }) => {
    const taken: Instant[] = [];
    for (let n = 0; n < 4; n += 1) {
      const ask = { wish, sendAt, calendar, duty, taken };
      const slot = resolveSlot(ask);
      if (n === 0) same(slot, resolveSlot(structuredClone(ask)));
      if (slot === undefined) return;
      const start = Date.parse(slot.at);
      assert(
        taken.every((one) => Math.abs(Date.parse(one) - start) >= 1_800_000),
        'offered twice',
      );
      const [from, last] = [wall(calendar.zone, start), wall(calendar.zone, start + 1_799_999)];
      assert(from.date === last.date && from.time >= '09:00' && last.time < '17:00', 'outside their day');
      assert(works(calendar, start), 'on their day off');
      assert(workedBetween(calendar, sendAt, slot.at) >= 2, 'too soon');
      const isShared = slot.because.every((one) => one.rule !== 'slot-not-shared');
      if (isShared) assert(onDuty(duty, start) && onDuty(duty, start + 1_799_999), 'outside our hours');
      taken.push(slot.at);
    }
  },
);

export const CALENDAR_PROPERTIES: readonly Property[] = [
  {
    name: 'a letter is inside its window, on an allowed day, not early, answered, within its places',
    property: aMoment,
  },
  { name: 'the same question has the same answer and the same reasons', property: theSame },
  { name: 'the next letter waits for its delay, its absence and its day', property: anExplanation },
  { name: 'a plan before launch keeps the day and the hour of the sender', property: aPreview },
  { name: 'a slot is inside both people’s hours and offered once', property: aSlot },
] as readonly Property[];
