/** How a kind is stated with what proves it: the small words of `kind.ts` and `automatic.ts`. */
import { LEXICONS } from './lexicon/all.ts';
import { wordsOf } from './lexicon/phrase-lists.ts';
import { headerOf, type ParsedMail } from './parsed-mail.ts';
import { type Found, findEarly, fold, hasAny } from './phrases.ts';
import type { Evidence, Finding, MailKind } from './reading.ts';

/** An automatic subject says so at its start, behind the tags of relays and lists. */
const SUBJECT_START_MAX = 45;
/** Longer subjects are cut by every program that shows them. */
const SUBJECT_LOOKED_AT_MAX = 300;

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

/** What mail systems and lists put in front: `[EXTERNAL]`, `【外部】`, `***SPAM***`, `[list-name]`. */
const TAG =
  /^\s{0,3}(?:\[[^\]]{1,60}\]|\([^)]{1,60}\)|\{[^}]{1,60}\}|<[^>]{1,60}>|【[^】]{1,60}】|\*{1,5}[^*]{1,60}\*{1,5}|(?:external|extern|ext)\s?[:：])\s{0,3}/;
/** A relay's, a list's and a ticket's. */
const TAGS_MAX = 4;

const withoutTags = (subject: string): string => {
  let rest = subject.slice(0, SUBJECT_LOOKED_AT_MAX);
  for (let tags = 0; tags < TAGS_MAX; tags++) {
    const tag = TAG.exec(rest.toLowerCase())?.[0];
    if (tag === undefined) break;
    rest = rest.slice(tag.length);
  }
  return rest.trimStart();
};

/** `Re:` as Outlook, Notes, Foxmail, The Bat! (`Re[2]:`) and others write it in their languages. */
const ANSWER =
  /^(?:re|r|aw|antwort|sv|vs|odp|odpowiedź|ynt|yanıt|antw|res|resp|rif|rép|réf|ответ|отв|رد|返信|回复|回復|回覆|答复|答覆|회신|답장|trả lời|tl)\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s?[:：]/;

/** "Re: out of office" is somebody answering a note, or answering ours: the words count only at the subject's start. */
export const isAnswerSubject = (subject: string): boolean => ANSWER.test(fold(withoutTags(subject)));

/**
 * Whether a person's program made the mail an answer: it names what it answers (RFC 5322 §3.6.4), as Exchange's
 * `Thread-Index` does. `Re:` alone is also what relays and responders write.
 */
export const namesAnswered = (mail: ParsedMail): boolean =>
  mail.inReplyTo.length > 0 || mail.references.length > 0 || headerOf(mail, 'thread-index') !== undefined;

/** "Out of Office: Re: …", as responders name themselves in front of the subject that they answer. */
const opensAsAbsent = (mail: ParsedMail, subject: string): Evidence | undefined => {
  const folded = fold(subject);
  const found = findEarly(folded, wordsOf(LEXICONS, 'absentSubject'), 0);
  return found && /^\s?[:：]\s?\S/.test(folded.slice(found.end)) ? inHeader(mail, 'subject') : undefined;
};

/** The words may be the tag itself: `[Automatic reply] …`. */
export const opensAsAutomatic = (mail: ParsedMail): Evidence | undefined => {
  if (isAnswerSubject(mail.subject)) return undefined;
  const start = mail.subject.slice(0, SUBJECT_START_MAX);
  const behind = withoutTags(mail.subject).slice(0, SUBJECT_START_MAX);
  return (
    subjectSays({ ...mail, subject: start }, 'automaticSubject') ??
    (start.startsWith(behind) ? undefined : subjectSays({ ...mail, subject: behind }, 'automaticSubject')) ??
    opensAsAbsent(mail, behind)
  );
};
