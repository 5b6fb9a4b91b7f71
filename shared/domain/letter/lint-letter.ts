/**
 * What must never go out under a salesperson's name. Runs at preview, at launch and before every send; an error
 * refuses the letter, which is then held until a person has mended it.
 */
import type { Contact } from '../contact.ts';
import type { Sender } from '../sender.ts';
import { findStrangerGreeted } from './salutation.ts';
import { SUBJECT_CHARS_MAX, type WrittenLetter } from './write-letter.ts';

export type LetterFinding = {
  readonly rule: LetterRule;
  readonly severity: 'error' | 'warning';
  readonly part: 'subject' | 'body' | 'footer';
  /** The words at fault, at most 80 characters; empty where something is lacking. */
  readonly words: string;
  /** What to do about it, for the person who wrote it. */
  readonly fix: string;
};

export type LetterRule =
  | 'missing-value'
  | 'broken-template'
  | 'placeholder'
  | 'empty-subject'
  | 'empty-body'
  | 'too-long'
  | 'no-postal-address'
  | 'no-opt-out'
  | 'greets-someone-else';

const BODY_CHARS_MAX = 50_000;
const WORDS_CHARS_MAX = 80;
const FINDINGS_PER_PART_MAX = 10;

const PLACEHOLDERS = [
  // `[Name]`, not the `[text](link)` of Markdown nor a footnote's `[1]`.
  /\[\p{L}[^[\]\n]{0,40}\](?!\()/gu,
  /\{\{|\}\}|\{%|%\}/gu,
  /\bTB[DC]\b/gu,
  /\bX{3,20}\b/giu,
] as const;

/** Every finding of one letter, worst place first. Pure; linear in the letter. */
export function lintLetter(given: {
  readonly letter: WrittenLetter;
  readonly contact: Contact;
  readonly sender: Sender;
  readonly optOutUrl: string;
}): readonly LetterFinding[] {
  const { letter, contact, sender, optOutUrl } = given;
  return [
    ...emptyParts(letter),
    ...tooLong(letter),
    ...placeholders('subject', letter.subject),
    ...placeholders('body', letter.body.slice(0, BODY_CHARS_MAX)),
    ...greeting(letter, contact),
    ...footer(letter, sender, optOutUrl),
  ];
}

export const hasErrors = (findings: readonly LetterFinding[]): boolean =>
  findings.some((finding) => finding.severity === 'error');

function emptyParts(letter: WrittenLetter): LetterFinding[] {
  const found: LetterFinding[] = [];
  if (letter.subject.replace(/^re\s?:/iu, '').trim() === '') {
    found.push(error('empty-subject', 'subject', letter.subject, 'Give the letter a subject.'));
  }
  if (letter.body.trim() === '') found.push(error('empty-body', 'body', '', 'Write the letter.'));
  return found;
}

function tooLong(letter: WrittenLetter): LetterFinding[] {
  const found: LetterFinding[] = [];
  if (letter.subject.length > SUBJECT_CHARS_MAX) {
    const fix = `Keep the subject under ${SUBJECT_CHARS_MAX} characters.`;
    found.push(error('too-long', 'subject', letter.subject, fix));
  }
  if (letter.body.length > BODY_CHARS_MAX) {
    found.push(error('too-long', 'body', '', `Keep the letter under ${BODY_CHARS_MAX} characters.`));
  }
  return found;
}

function placeholders(part: 'subject' | 'body', text: string): LetterFinding[] {
  const found = PLACEHOLDERS.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[0]));
  return [...new Set(found)]
    .slice(0, FINDINGS_PER_PART_MAX)
    .map((words) => error('placeholder', part, words, `Put the real words where "${words}" stands.`));
}

function greeting(letter: WrittenLetter, contact: Contact): LetterFinding[] {
  const stranger = findStrangerGreeted(letter.body, contact);
  if (!stranger) return [];
  const name = [contact.firstName, contact.lastName].filter(Boolean).join(' ');
  return [error('greets-someone-else', 'body', stranger, `This letter goes to ${name}: greet them.`)];
}

/** CAN-SPAM §5(a)(3) and (5): both stand in every letter, to a business as well. */
function footer(letter: WrittenLetter, sender: Sender, optOutUrl: string): LetterFinding[] {
  const found: LetterFinding[] = [];
  const address = squeeze(sender.postalAddress);
  if (address === '' || !squeeze(letter.text).includes(address)) {
    const fix = "Enter the sender's postal address: the law asks for it in every letter.";
    found.push(error('no-postal-address', 'footer', '', fix));
  }
  if (!/^https?:\/\/\S/u.test(optOutUrl) || !letter.text.includes(optOutUrl)) {
    found.push(error('no-opt-out', 'footer', '', 'The opt-out link must stand in the letter.'));
  }
  return found;
}

const squeeze = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const error = (rule: LetterRule, part: LetterFinding['part'], words: string, fix: string): LetterFinding => ({
  rule,
  severity: 'error',
  part,
  words: words.slice(0, WORDS_CHARS_MAX),
  fix,
});
