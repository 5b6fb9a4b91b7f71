/**
 * "Next letter: why then?" Explains a planned step with the very calls that plan it: the wait, the holds, the rules of
 * the prospect's days, the sender's duty and places.
 */
import type { Reason } from '../because.ts';
import { rulesOf, spreadKey } from '../enrollment/planning.ts';
import type { EnrollmentId } from '../ids.ts';
import { type Instant, latest } from '../instant.ts';
import type { Step } from '../sequence.ts';
import type { Calendar } from './calendar.ts';
import { dayOf, isoDateOf } from './days.ts';
import type { Bounds } from './openings.ts';
import { afterDelay, localDate, localTime, planMoment } from './plan.ts';
import type { StepRules } from './rules.ts';

export type NextLetter = { readonly at: Instant; readonly reasons: readonly Reason[] };

export type NextLetterAsk = {
  readonly walkId: EnrollmentId;
  readonly steps: readonly Step[];
  readonly step: number;
  /** The launch, or when the previous letter was claimed. */
  readonly from: Instant;
  readonly now: Instant;
  readonly calendar: Calendar;
  /** Ends of dated holds: absences. */
  readonly heldUntil?: readonly Instant[];
  /** What the campaign says of all its steps. */
  readonly overrides?: Partial<StepRules>;
} & Bounds;

/** Equal inputs give the equal moment and equal reasons. Throws where there is no such step. */
export function explainNextLetter(ask: NextLetterAsk): NextLetter {
  const { calendar, steps, step, walkId } = ask;
  const own = steps[step];
  if (own === undefined) throw new RangeError(`no step ${step} in a sequence of ${steps.length}`);
  const rules = rulesOf(steps, step, ask.overrides);
  const wait = afterDelay(calendar, ask.from, own.delay);
  const held = (ask.heldUntil ?? []).reduce(latest, wait);
  const earliest = latest(held, ask.now);
  const plan = planMoment({ ...ask, rules, earliest, spread: spreadKey(walkId, step) });
  const shown = (at: Instant) => `${localDate(calendar.zone, at)} ${localTime(calendar.zone, at)}`;
  return {
    at: plan.at,
    reasons: [
      { rule: 'wait-over', args: { until: shown(wait) } },
      ...(held > wait ? [{ rule: 'absent', args: { until: shown(held) } } as const] : []),
      ...joinedRuns(plan.because),
      ...(rules.spread === false ? [] : [{ rule: 'spread' } as const]),
    ],
  };
}

/** Days in a row that fall to one rule become one reason, `from` naming both ends: a month of Ramadan is one line. */
export function joinedRuns(reasons: readonly Reason[]): readonly Reason[] {
  const runs: { reason: Reason; first: string; last: string }[] = [];
  for (const reason of reasons) {
    const { from } = reason.args ?? {};
    const run = runs.at(-1);
    if (run && typeof from === 'string' && follows(run, reason, from)) run.last = from;
    else runs.push({ reason, first: String(from ?? ''), last: String(from ?? '') });
  }
  return runs.map(({ reason, first, last }) =>
    first === last ? reason : { ...reason, args: { ...reason.args, from: `${first} – ${last}` } },
  );
}

const follows = (run: { reason: Reason; last: string }, next: Reason, from: string): boolean =>
  run.reason.rule === next.rule &&
  run.reason.args?.name === next.args?.name &&
  run.reason.args?.window === next.args?.window &&
  /^\d{4}-\d{2}-\d{2}$/.test(run.last) &&
  isoDateOf(dayOf(run.last) + 1) === from;
