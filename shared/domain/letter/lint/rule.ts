/** What a lint rule is given and what it answers. One rule per file; `registry.ts` names them all. */
import type { Contact } from '../../contact.ts';
import type { Sender } from '../../sender.ts';
import { FIRST_PARTS, type LetterFinding, type LetterPart } from '../finding.ts';
import type { WrittenLetter } from '../written-letter.ts';
import type { WhyBook } from './why-book.ts';

export type LintGiven = {
  readonly letter: WrittenLetter;
  readonly contact: Contact;
  readonly sender: Sender;
  /** The link that must stand in the letter. */
  readonly optOutUrl: string;
  /** The whys of the campaign's other letters. Absent before sending, when nobody can compare any more. */
  readonly whys?: WhyBook;
  /** Absent: spelling is not looked at, because it is loaded at preview and launch only. */
  readonly speller?: Speller;
};

/** Dictionaries are read outside the domain; see `shared/spelling.ts`. */
export type Speller =
  /** `isWord` is asked for words of lower-case letters alone, in the letter's language. */
  | {
      readonly kind: 'dictionary';
      readonly isWord: (word: string) => boolean;
      /** Product names and terms that no dictionary has, in lower case. */
      readonly glossary: ReadonlySet<string>;
    }
  | { readonly kind: 'no-dictionary' };

/** One place at fault. */
export type Flaw = Pick<LetterFinding, 'part' | 'words' | 'fix'>;

export type LintRule = {
  readonly name: string;
  readonly severity: LetterFinding['severity'];
  /** Linear in the letter; never throws. */
  readonly find: (given: LintGiven) => readonly Flaw[];
};

/** Beyond it no rule looks: a letter of this length is refused for its length. */
export const BODY_CHARS_MAX = 50_000;

export type Section = { readonly part: LetterPart; readonly text: string };

/** The letter's own words by part, plain or marked as they were written. Without signature, opt-out and quote. */
export function ownSections(letter: WrittenLetter): readonly Section[] {
  const { parts } = letter;
  if (!parts) return [{ part: 'body', text: (letter.marked ?? letter.body).slice(0, BODY_CHARS_MAX) }];
  return FIRST_PARTS.map((part) => ({ part, text: parts[part].slice(0, BODY_CHARS_MAX) }));
}

export const withSubject = (letter: WrittenLetter): readonly Section[] => [
  { part: 'subject', text: letter.subject.slice(0, BODY_CHARS_MAX) },
  ...ownSections(letter),
];

/** Every match of `pattern` (which must be global), each with the sections' part. */
export function matchesIn(
  sections: readonly Section[],
  pattern: RegExp,
): readonly { readonly part: LetterPart; readonly words: string; readonly match: RegExpExecArray }[] {
  return sections.flatMap(({ part, text }) =>
    [...text.matchAll(pattern)].map((match) => ({ part, words: match[0].trim(), match })),
  );
}

/** `en` for en-GB: rules about words hold for a language, not for a region. */
export const languageOf = (letter: WrittenLetter): string =>
  letter.language.split('-')[0]?.toLowerCase() ?? '';
