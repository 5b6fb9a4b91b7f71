/** The ordered steps that a campaign walks a contact through. A version, once saved, never changes. */
import type { SequenceId } from './ids.ts';
import type { StepRules } from './time/rules.ts';

/** Counted from the previous letter; the first step's counts from the launch. */
export type Delay = { readonly days: number } | { readonly workingDays: number };

export type Step = LetterStep | TaskStep;

export type LetterStep = {
  readonly kind: 'letter';
  readonly delay: Delay;
  /** Liquid. A follow-up without one continues the thread: "Re: " + the first letter's. */
  readonly subject?: string;
  /** Liquid, plain paragraphs. */
  readonly body: string;
  /** Taken instead of `body` when the contact came back from an absence that held this step. */
  readonly bodyAfterAbsence?: string;
  readonly rules?: Partial<StepRules>;
};

export type TaskStep = {
  readonly kind: 'task';
  readonly delay: Delay;
  readonly channel: 'call' | 'whatsapp' | 'custom';
  readonly text: string;
  readonly rules?: Partial<StepRules>;
};

export type Sequence = {
  readonly id: SequenceId;
  readonly version: number;
  readonly name: string;
  /** BCP 47 language of the letters; the opt-out line is written in it. */
  readonly language: string;
  readonly steps: readonly Step[];
};

/** How many letters come before `step`: 0 means that it is (or precedes) the first letter. */
export const lettersBefore = (steps: readonly Step[], step: number): number =>
  steps.slice(0, step).filter((one) => one.kind === 'letter').length;
