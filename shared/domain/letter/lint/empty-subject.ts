/**
 * A mail without a subject looks like an accident, and many filters take it for one (SpamAssassin: MISSING_SUBJECT).
 * RFC 5322 §3.6.5 asks for a subject that says what the mail is about.
 */
import type { LintRule } from './rule.ts';

export const emptySubject: LintRule = {
  name: 'empty-subject',
  severity: 'error',
  find: ({ letter }) =>
    letter.subject.replace(/^re\s?:/iu, '').trim() === ''
      ? [{ part: 'subject', words: letter.subject, fix: 'Give the letter a subject.' }]
      : [],
};
