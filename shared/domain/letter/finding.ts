/** What the lint says about a letter: which rule, where, which words, and what mends it. */
import { derivedId } from '../ids.ts';

/** The four parts of a first letter, in their order (practice 000: who · why · how · contact). */
export const FIRST_PARTS = ['who', 'why', 'how', 'contact'] as const;
export type FirstPart = (typeof FIRST_PARTS)[number];

export type LetterPart = 'subject' | FirstPart | 'body' | 'footer';

export type LetterFinding = {
  /** A name of `lint/registry.ts`; `missing-value` and `broken-template` come from rendering, before any rule. */
  readonly rule: string;
  /** An error refuses the letter; a warning is accepted once. */
  readonly severity: 'error' | 'warning';
  readonly part: LetterPart;
  /** The words at fault, at most 80 characters; empty where something is lacking. */
  readonly words: string;
  /** What to do about it, for the person who wrote it. */
  readonly fix: string;
};

export const WORDS_CHARS_MAX = 80;

export const hasErrors = (findings: readonly LetterFinding[]): boolean =>
  findings.some((finding) => finding.severity === 'error');

/**
 * The same rule about the same words is the same finding in every letter, so that accepting it once is enough:
 * 20 base32 characters, alike in every run.
 */
export const fingerprintOf = (finding: Pick<LetterFinding, 'rule' | 'words'>): string =>
  derivedId('finding', finding.rule, finding.words.toLowerCase()).slice(0, 20);
