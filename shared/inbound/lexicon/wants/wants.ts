/**
 * The words of one language that tell what a person wants and what he may decide. Written like the phrases of
 * `../lexicon.ts`: lower case, ` … ` for a gap, `*` for an open end.
 */
export type Wants = {
  /** ISO 639-1. */
  readonly language: string;
  readonly interested: readonly string[];
  readonly notInterested: readonly string[];
  /** Not now, but then. */
  readonly later: readonly string[];
  /** Somebody else decides this. */
  readonly wrongPerson: readonly string[];
  /** What is asked for; it counts only in a question, or beside a word of `request` without one of `refusal`. */
  readonly price: readonly string[];
  readonly samples: readonly string[];
  readonly meeting: readonly string[];
  readonly request: readonly string[];
  readonly refusal: readonly string[];
  /** Words of titles. A more precise one wins: buyer over director, owner over both. */
  readonly owner: readonly string[];
  readonly director: readonly string[];
  readonly buyer: readonly string[];
  readonly assistant: readonly string[];
};
