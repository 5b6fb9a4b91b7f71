/** How a kind is stated with what proves it: the small words of `kind.ts` and `automatic.ts`. */
import { LEXICONS } from './lexicon/all.ts';
import { wordsOf } from './lexicon/phrase-lists.ts';
import { headerOf, type ParsedMail } from './parsed-mail.ts';
import { type Found, fold, hasAny } from './phrases.ts';
import type { Evidence, Finding, MailKind } from './reading.ts';

/** An automatic subject says so at its start, behind a list's or a ticket's tag. */
const SUBJECT_START_MAX = 45;

export const kindOf = (
  value: MailKind,
  confidence: number,
  ...evidence: readonly (Evidence | undefined)[]
): Finding<MailKind> => ({
  value,
  confidence,
  evidence: evidence.filter((item) => item !== undefined),
});

export const inHeader = (mail: ParsedMail, name: string): Evidence | undefined => {
  const value = headerOf(mail, name);
  return value === undefined ? undefined : { from: 'header', name, value: value.slice(0, 200) };
};

export const inText = (text: string, found: Found | undefined): Evidence | undefined =>
  found && { from: 'text', words: text.slice(found.start, found.end), start: found.start, end: found.end };

/** In any language: a subject is too short to tell which one it is. */
export const subjectSays = (
  mail: ParsedMail,
  list: 'absentSubject' | 'automaticSubject',
): Evidence | undefined => {
  const isSaid = hasAny(fold(mail.subject), wordsOf(LEXICONS, list));
  return isSaid ? inHeader(mail, 'subject') : undefined;
};

/** "Re: out of office" is somebody answering a note, or answering ours: the words count only at the subject's start. */
export const isAnswerSubject = (subject: string): boolean =>
  /^\s?(?:re|aw|sv|vs|odp|ynt|antw|回复|回覆|答复)\s?[:：]/.test(fold(subject));

export const opensAsAutomatic = (mail: ParsedMail): Evidence | undefined =>
  isAnswerSubject(mail.subject)
    ? undefined
    : subjectSays({ ...mail, subject: mail.subject.slice(0, SUBJECT_START_MAX) }, 'automaticSubject');
