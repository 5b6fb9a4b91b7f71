/**
 * The whole plan before launch: every step of every contact, if nobody answers. First letters take the sender's
 * places in order of grade; what follows is planned when the step before it is done, as the state machine does it.
 */
import type { Reason } from '../because.ts';
import type { Grade } from '../contact.ts';
import { CAP_MS } from '../enrollment/sending.ts';
import type { EnrollmentId } from '../ids.ts';
import { type Instant, plus } from '../instant.ts';
import { type Places, placeAt, withTaken } from '../place.ts';
import { nextStep, type Step } from '../sequence.ts';
import type { Calendar } from './calendar.ts';
import type { Duty } from './duty.ts';
import { explainNextLetter, type NextLetter } from './next-letter.ts';
import type { StepRules } from './rules.ts';

export type PreviewContact = {
  readonly walkId: EnrollmentId;
  readonly calendar: Calendar;
  readonly grade?: Grade;
};

export type PreviewStep = {
  readonly walkId: EnrollmentId;
  readonly step: number;
  readonly at: Instant;
  readonly reasons: readonly Reason[];
};

type PreviewAsk = {
  readonly steps: readonly Step[];
  readonly contacts: readonly PreviewContact[];
  readonly launchAt: Instant;
  readonly duty?: Duty | undefined;
  readonly places?: Places | undefined;
  readonly overrides?: Partial<StepRules>;
};

export type Preview = {
  /** In order of time; of the same minute the better grade first. */
  readonly steps: readonly PreviewStep[];
  /** The sender's places with all of it in. */
  readonly places?: Places;
};

/** `A` first; without a grade last. */
export const byGrade = (a: { readonly grade?: Grade }, b: { readonly grade?: Grade }): number =>
  (a.grade ?? 'E').localeCompare(b.grade ?? 'E');

/** A step to be planned at `now`, by its place in the launch. */
type Waiting = {
  readonly now: Instant;
  readonly rank: number;
  readonly contact: PreviewContact;
  readonly step: number;
  readonly lastLetterAt?: Instant;
};

export function previewSchedule(ask: PreviewAsk): Preview {
  let { places } = ask;
  const planned: (PreviewStep & { readonly rank: number })[] = [];
  const waiting: Waiting[] = ask.contacts.toSorted(byGrade).map((contact, rank) => ({
    now: ask.launchAt,
    rank,
    contact,
    step: nextStep(ask.steps, 0, contact.grade),
  }));
  // Each pass plans one step of one contact, and there are as many.
  for (let next = 0; next < waiting.length; next += 1) {
    const one = waiting[next];
    const step = one && ask.steps[one.step];
    if (one === undefined || step === undefined) continue;
    const isLetter = step.kind === 'letter';
    const { at, reasons } = momentOf(ask, one, isLetter ? places : undefined);
    if (isLetter && places !== undefined) places = withTaken(places, placeAt(places.zone, at));
    planned.push({ walkId: one.contact.walkId, step: one.step, at, reasons, rank: one.rank });
    const lastLetterAt = isLetter ? at : one.lastLetterAt;
    const after = nextStep(ask.steps, one.step + 1, one.contact.grade);
    insert(
      waiting,
      { ...one, now: at, step: after, ...(lastLetterAt === undefined ? {} : { lastLetterAt }) },
      next + 1,
    );
  }
  planned.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.rank - b.rank));
  const steps = planned.map(({ rank: _, ...step }) => step);
  return { steps, ...(places === undefined ? {} : { places }) };
}

/** The delay counts from the last letter, or from the launch; nobody gets two letters in 24 hours. */
function momentOf(ask: PreviewAsk, one: Waiting, places: Places | undefined): NextLetter {
  const { walkId, calendar } = one.contact;
  const asked = {
    walkId,
    calendar,
    steps: ask.steps,
    step: one.step,
    from: one.lastLetterAt ?? one.now,
    now: one.now,
    duty: ask.duty,
    places,
    ...(ask.overrides === undefined ? {} : { overrides: ask.overrides }),
  };
  const plan = explainNextLetter(asked);
  const capEnds = one.lastLetterAt && plus(one.lastLetterAt, CAP_MS);
  if (!capEnds || plan.at >= capEnds || ask.steps[one.step]?.kind === 'task') return plan;
  const later = explainNextLetter({ ...asked, now: capEnds });
  return { at: later.at, reasons: [{ rule: 'cap-24-hours' }, ...later.reasons] };
}

/** Keeps what still waits in order of time, then of rank. */
function insert(waiting: Waiting[], one: Waiting, from: number): void {
  let [low, high] = [from, waiting.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = waiting[middle] as Waiting;
    if (other.now < one.now || (other.now === one.now && other.rank < one.rank)) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, one);
}
