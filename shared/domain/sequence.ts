/** The ordered steps that a campaign walks a contact through. A version, once saved, never changes. */
import type { Grade } from './contact.ts';
import type { SequenceId } from './ids.ts';
import type { LetterText, LetterVariant } from './letter/letter-text.ts';
import type { StepRules } from './time/rules.ts';

/** Counted from the previous letter; the first step's counts from the launch. */
export type Delay = { readonly days: number } | { readonly workingDays: number };

export type Step = LetterStep | TaskStep;

/**
 * Its text is Liquid: a `body` of plain paragraphs, or the four parts of a first letter. A follow-up without a
 * subject continues the thread: "Re: " + the first letter's.
 */
export type LetterStep = LetterText & {
  readonly kind: 'letter';
  readonly delay: Delay;
  /** The short way to write the commonest variant: taken when the contact was away when this step was due. */
  readonly bodyAfterAbsence?: string;
  readonly variants?: readonly LetterVariant[];
  readonly rules?: Partial<StepRules>;
};

export type TaskStep = {
  readonly kind: 'task';
  readonly delay: Delay;
  readonly channel: 'call' | 'whatsapp' | 'custom';
  readonly text: string;
  /** For these grades only; for everybody where left out. */
  readonly grades?: readonly Grade[];
  readonly rules?: Partial<StepRules>;
};

export type Sequence = {
  readonly id: SequenceId;
  readonly version: number;
  readonly name: string;
  /** BCP 47 language of the letters; the opt-out line is written in it. */
  readonly language: string;
  readonly steps: readonly Step[];
  /** Words that the spelling check must know: products, brands, terms of the trade. */
  readonly glossary?: readonly string[];
};

/** How many letters come before `step`: 0 means that it is (or precedes) the first letter. */
export const lettersBefore = (steps: readonly Step[], step: number): number =>
  steps.slice(0, step).filter((one) => one.kind === 'letter').length;

/** Whoever has no grade is an ordinary customer. */
const UNGRADED: Grade = 'C';

export const isForGrade = (step: Step, grade: Grade | undefined): boolean =>
  step.kind === 'letter' || !step.grades || step.grades.includes(grade ?? UNGRADED);

/** The first step at or after `from` that is meant for this grade and not left out; -1 where the sequence is through. */
export const nextStep = (
  steps: readonly Step[],
  from: number,
  grade: Grade | undefined,
  isDone: (step: number) => boolean = () => false,
): number => steps.findIndex((step, at) => at >= from && isForGrade(step, grade) && !isDone(at));
