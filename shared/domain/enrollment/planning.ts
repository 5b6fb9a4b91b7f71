/** When the next step happens: delays, the prospect's days and holds brought together into one moment and its timer. */
import type { Reason } from '../because.ts';
import type { EnrollmentId } from '../ids.ts';
import { type Instant, latest } from '../instant.ts';
import { lettersBefore, type Step } from '../sequence.ts';
import { afterDelay, isAllowedMoment, planMoment } from '../time/plan.ts';
import { FIRST_LETTER, FOLLOW_UP, PERSONAL, type StepRules } from '../time/rules.ts';
import type { Effect } from './effect.ts';
import type { OpenEnrollment, PlannedLetter } from './state.ts';
import type { Plan } from './turn.ts';
import { isUndated } from './wake.ts';

export const isFollowUp = (steps: readonly Step[], step: number): boolean => lettersBefore(steps, step) > 0;

export function rulesOf(steps: readonly Step[], step: number): StepRules {
  const own = steps[step];
  if (own?.kind === 'task') return { ...PERSONAL, ...own.rules };
  return { ...(isFollowUp(steps, step) ? FOLLOW_UP : FIRST_LETTER), ...own?.rules };
}

type Planned = {
  readonly letter: PlannedLetter;
  readonly reasons: readonly Reason[];
  readonly effects: readonly Effect[];
};

/** The first allowed moment for `step` at or after `earliest`, its minute spread by the enrollment. */
export function planStep(walkId: EnrollmentId, step: number, earliest: Instant, plan: Plan): Planned {
  const rules = rulesOf(plan.steps, step);
  const moment = planMoment({ calendar: plan.calendar, rules, earliest, spread: `${walkId}-${step}` });
  return planned(walkId, step, moment.at, moment.because);
}

/** `at` itself where it is allowed, else the next allowed moment: for retries, which need no spreading. */
export function planSoonest(walkId: EnrollmentId, step: number, at: Instant, plan: Plan): Planned {
  const allowed = isAllowedMoment({ calendar: plan.calendar, rules: rulesOf(plan.steps, step), at });
  return allowed ? planned(walkId, step, at, []) : planStep(walkId, step, at, plan);
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
  const rules = rulesOf(plan.steps, letter.step);
  const stands =
    letter.dueAt >= from && isAllowedMoment({ calendar: plan.calendar, rules, at: letter.dueAt });
  if (stands) return { walk, reasons: [], effects: [timer(walk.id, letter)] };
  const moved = planStep(walk.id, letter.step, from, plan);
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
