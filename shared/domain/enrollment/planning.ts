/** When the next step happens: delays, the prospect's days and holds brought together into one moment and its timer. */
import type { Reason } from '../because.ts';
import type { EnrollmentId } from '../ids.ts';
import { type Instant, latest } from '../instant.ts';
import { fullAt, placeAt } from '../place.ts';
import { lettersBefore, type Step } from '../sequence.ts';
import { afterDelay, isAllowedMoment, planMoment } from '../time/plan.ts';
import { FIRST_LETTER, FOLLOW_UP, PERSONAL, type StepRules } from '../time/rules.ts';
import type { Effect } from './effect.ts';
import type { OpenEnrollment, PlannedLetter } from './state.ts';
import type { Plan } from './turn.ts';
import { isUndated } from './wake.ts';

export const isFollowUp = (steps: readonly Step[], step: number): boolean => lettersBefore(steps, step) > 0;

/** `overrides` are the campaign's: its word about all its steps stands above the sequence's about one. */
export function rulesOf(steps: readonly Step[], step: number, overrides: Partial<StepRules> = {}): StepRules {
  const own = steps[step];
  if (own?.kind === 'task') return { ...PERSONAL, ...own.rules, ...overrides };
  return { ...(isFollowUp(steps, step) ? FOLLOW_UP : FIRST_LETTER), ...own?.rules, ...overrides };
}

/** Whether the rules allow a planned step at that very moment. */
export const isOpenAt = (plan: Plan, step: number, at: Instant): boolean => {
  const { calendar, duty } = plan;
  return isAllowedMoment({ calendar, duty, at, rules: rulesOf(plan.steps, step, plan.overrides) });
};

/** What keeps a letter from that moment: no place is left in its day or hour. Tasks take none. */
export function fullFor(plan: Plan, step: number, at: Instant): Reason | undefined {
  const { places } = plan;
  if (places === undefined || plan.steps[step]?.kind !== 'letter') return undefined;
  const place = placeAt(places.zone, at);
  const why = fullAt(places, place);
  if (why === undefined) return undefined;
  const { day, hour } = place;
  return { rule: why, args: why === 'hour-full' ? { day, hour: `${hour}:00` } : { day } };
}

/** What a step's minute hangs on, the same for the plan, the explanation and the send; and who holds its place. */
export const spreadKey = (walkId: EnrollmentId, step: number): string => `${walkId}-${step}`;

type Planned = {
  readonly letter: PlannedLetter;
  readonly reasons: readonly Reason[];
  readonly effects: readonly Effect[];
};

/** The first allowed moment for `step` at or after `earliest`, its minute spread by the enrollment. */
export function planStep(walkId: EnrollmentId, step: number, earliest: Instant, plan: Plan): Planned {
  const { calendar, duty } = plan;
  const rules = rulesOf(plan.steps, step, plan.overrides);
  const places = plan.steps[step]?.kind === 'letter' ? plan.places : undefined;
  const spread = spreadKey(walkId, step);
  const moment = planMoment({ calendar, rules, earliest, spread, duty, places });
  return planned(walkId, step, moment.at, moment.because);
}

/** `at` itself where it is allowed and has a place, else the next allowed moment: for retries, which need no spreading. */
export function planSoonest(walkId: EnrollmentId, step: number, at: Instant, plan: Plan): Planned {
  const isFree = isOpenAt(plan, step, at) && !fullFor(plan, step, at);
  return isFree ? planned(walkId, step, at, []) : planStep(walkId, step, at, plan);
}

/** The step after `from`'s letter; `undefined` where the sequence is through. */
export function planNext(
  walkId: EnrollmentId,
  step: number,
  from: Instant,
  now: Instant,
  plan: Plan,
): Planned | undefined {
  const next = plan.steps[step];
  if (!next) return undefined;
  return planStep(walkId, step, latest(afterDelay(plan.calendar, from, next.delay), now), plan);
}

/**
 * Re-plans an open walk's planned letter after its holds changed. An undated hold keeps `dueAt` and sets no timer;
 * otherwise the letter goes not before `earliest` nor before any dated hold's end. A moment that still stands is kept.
 */
export function settle(
  walk: OpenEnrollment,
  earliest: Instant,
  plan: Plan,
): {
  readonly walk: OpenEnrollment;
  readonly reasons: readonly Reason[];
  readonly effects: readonly Effect[];
} {
  const { letter } = walk;
  if (letter.kind !== 'planned' || walk.holds.some(isUndated)) return { walk, reasons: [], effects: [] };
  const from = walk.holds.reduce((at, hold) => latest(at, hold.until ?? at), earliest);
  const full = fullFor(plan, letter.step, letter.dueAt);
  const stands = letter.dueAt >= from && isOpenAt(plan, letter.step, letter.dueAt);
  if (stands && !full) return { walk, reasons: [], effects: [timer(walk.id, letter)] };
  // Somebody else has its place: it moves on from its own moment, for its wait is not over before.
  const moved = planStep(walk.id, letter.step, full ? latest(from, letter.dueAt) : from, plan);
  return { walk: { ...walk, letter: moved.letter }, reasons: moved.reasons, effects: moved.effects };
}

export const timer = (walkId: EnrollmentId, letter: PlannedLetter): Effect => ({
  kind: 'set-timer',
  enrollmentId: walkId,
  step: letter.step,
  dueAt: letter.dueAt,
});

function planned(walkId: EnrollmentId, step: number, at: Instant, moved: readonly Reason[]): Planned {
  const letter: PlannedLetter = { kind: 'planned', step, dueAt: at };
  const reasons: Reason[] = [...moved.slice(-3), { rule: 'planned', args: { step, due: at } }];
  return { letter, reasons, effects: [timer(walkId, letter)] };
}
