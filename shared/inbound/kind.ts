/** What a mail is. Headers and structure first; words only where they say nothing. */
import { reportedBounce, wordedBounce } from './bounce.ts';
import { namesPeriod } from './date-roles.ts';
import { LEXICONS } from './lexicon/all.ts';
import type { Lexicon } from './lexicon/lexicon.ts';
import { BULK_TEXTS } from './lexicon/machine.ts';
import { headerOf, type ParsedMail } from './parsed-mail.ts';
import { type Found, findFirst, fold, hasAny } from './phrases.ts';
import type { Bounce, Evidence, Finding, MailKind } from './reading.ts';
import type { ReplyText } from './reply-text.ts';
import { findOptOut } from './unsubscribe.ts';

export type KindFound = { readonly kind: Finding<MailKind>; readonly bounce?: Finding<Bounce> };

/** An automatic subject says so at its start, behind a list's or a ticket's tag. */
const SUBJECT_START_MAX = 45;

const FOOT_LOOKED_AT_MAX = 64 * 1024;

/** Longer than this, a mail that nothing marks as automatic is a letter. */
const NOTE_CHARS_MAX = 900;
/** With "out of office" in the subject it may be longer. */
const NAMED_NOTE_CHARS_MAX = 3_000;
/** A note says in its first words that its writer is away. */
const NOTE_START_MAX = 220;

const kind = (
  value: MailKind,
  confidence: number,
  ...evidence: readonly (Evidence | undefined)[]
): Finding<MailKind> => ({
  value,
  confidence,
  evidence: evidence.filter((item) => item !== undefined),
});

const header = (mail: ParsedMail, name: string): Evidence | undefined => {
  const value = headerOf(mail, name);
  return value === undefined ? undefined : { from: 'header', name, value: value.slice(0, 200) };
};

const inText = (text: string, found: Found | undefined): Evidence | undefined =>
  found && { from: 'text', words: text.slice(found.start, found.end), start: found.start, end: found.end };

/**
 * RFC 3834: anything but `no` is automatic, parameters and comments allowed. `X-Auto-Response-Suppress` and
 * `Precedence: bulk` prove nothing: newsletters and mailing lists carry them too.
 */
const automaticHeader = (mail: ParsedMail): Evidence | undefined => {
  const submitted = headerOf(mail, 'auto-submitted')
    ?.split(/[;\s(]/)[0]
    ?.toLowerCase();
  if (submitted && submitted !== 'no') return header(mail, 'auto-submitted');
  if (headerOf(mail, 'precedence')?.toLowerCase().replace('-', '_').includes('auto_reply'))
    return header(mail, 'precedence');
  const name = [
    'x-autoreply',
    'x-autorespond',
    'x-autoresponder',
    'x-autoreply-from',
    'x-mail-autoreply',
    'x-fc-machinegenerated',
    'x-ms-exchange-generated-message-source',
  ].find(
    (candidate) =>
      headerOf(mail, candidate) !== undefined && headerOf(mail, candidate)?.toLowerCase() !== 'no',
  );
  return name ? header(mail, name) : undefined;
};

const subjectSays = (mail: ParsedMail, list: 'absentSubject' | 'automaticSubject'): Evidence | undefined => {
  const subject = fold(mail.subject);
  const isSaid = hasAny(
    subject,
    LEXICONS.flatMap((lexicon) => lexicon[list]),
  );
  return isSaid ? header(mail, 'subject') : undefined;
};

/** "Re: out of office" is somebody answering a note, or answering ours: the words count only at the subject's start. */
const isAnswerSubject = (subject: string): boolean =>
  /^\s?(?:re|aw|sv|vs|odp|ynt|antw|回复|回覆|答复)\s?[:：]/.test(fold(subject));

const words = (
  lexicons: readonly Lexicon[],
  list: 'absent' | 'trip' | 'leave' | 'note' | 'left' | 'received' | 'challenge' | 'urgent' | 'standIn',
): readonly string[] => lexicons.flatMap((lexicon) => lexicon[list]);

const automaticKind = (
  mail: ParsedMail,
  text: string,
  lexicons: readonly Lexicon[],
  proof: Evidence,
): Finding<MailKind> => {
  const folded = fold(text);
  const challenge = findFirst(folded, words(lexicons, 'challenge'));
  if (challenge) return kind('challenge', 0.85, proof, inText(text, challenge));
  const left = findFirst(folded, words(lexicons, 'left'));
  const absent = findFirst(folded, words(lexicons, 'absent'));
  if (left && !(absent && absent.start < left.start))
    return kind('left-company', 0.9, proof, inText(text, left));
  const absentSubject = subjectSays(mail, 'absentSubject');
  const received = findFirst(folded, words(lexicons, 'received'));
  // A ticket system's "our office is closed at weekends" is no absence of a person.
  if (absent && !(received && received.start < absent.start && !absentSubject))
    return kind('absence', 0.95, proof, inText(text, absent));
  if (absentSubject) return kind('absence', 0.9, proof, absentSubject);
  // No phrase of ours, but a trip or a leave with its dates: what else would a machine say them for?
  const away = received
    ? undefined
    : findFirst(folded, [...words(lexicons, 'trip'), ...words(lexicons, 'leave')]);
  if (away && namesPeriod(folded, lexicons)) return kind('absence', 0.75, proof, inText(text, away));
  return kind('auto-reply', 0.85, proof, inText(text, received));
};

/** vacation(1) and its kin set no header at all: a short note that opens with "I am away" and asks nothing. */
const unmarkedNote = (
  mail: ParsedMail,
  reply: ReplyText,
  lexicons: readonly Lexicon[],
): Finding<MailKind> | undefined => {
  const text = reply.newText;
  const folded = fold(text);
  if (reply.hasQuote || /[?？؟]/.test(text)) return undefined;
  const absent = findFirst(folded, words(lexicons, 'absent'));
  const left = findFirst(folded, words(lexicons, 'left'));
  const isOpening = (found: Found | undefined): found is Found =>
    found !== undefined && found.start <= NOTE_START_MAX;
  const subject = isAnswerSubject(mail.subject)
    ? undefined
    : (subjectSays(mail, 'absentSubject') ?? subjectSays(mail, 'automaticSubject'));
  if (text.length > (subject ? NAMED_NOTE_CHARS_MAX : NOTE_CHARS_MAX)) return undefined;
  if (isOpening(left) && (subject || text.length <= 400))
    return kind('left-company', 0.7, inText(text, left), subject);
  if (!isOpening(absent)) return undefined;
  const isNote = hasAny(folded, words(lexicons, 'note'));
  const isReferral = hasAny(folded, words(lexicons, 'urgent'));
  if (subject) return kind('absence', 0.9, subject, inText(text, absent));
  // Under "Re: …" people write too ("I am travelling, will answer when I return"): it takes both signs to hold a
  // mail back from a person's eyes.
  const isSure = isNote && isReferral;
  if (isSure || ((isNote || isReferral) && !isAnswerSubject(mail.subject))) {
    return kind('absence', isSure ? 0.8 : 0.65, inText(text, absent));
  }
  return undefined;
};

/** "Thank you for contacting us": a form's or a ticket system's note without any header that says so. */
const unmarkedReceipt = (
  mail: ParsedMail,
  reply: ReplyText,
  lexicons: readonly Lexicon[],
  isByList: boolean,
): Finding<MailKind> | undefined => {
  const text = reply.newText;
  const folded = fold(text);
  if (reply.hasQuote || mail.inReplyTo.length > 0 || text.length > NAMED_NOTE_CHARS_MAX) return undefined;
  const receipt = findFirst(folded, words(lexicons, 'received'));
  if (!receipt || receipt.start > NOTE_START_MAX) return undefined;
  const isUnattended = /^(?:no-?reply|do-?not-?reply|wordpress|support|helpdesk)@/i.test(
    mail.from[0]?.address ?? '',
  );
  const isNote =
    text.length <= NOTE_CHARS_MAX && !/[?？؟]/.test(text) && hasAny(folded, words(lexicons, 'note'));
  return isUnattended || isByList || isNote ? kind('auto-reply', 0.6, inText(text, receipt)) : undefined;
};

const isList = (mail: ParsedMail): Evidence | undefined => {
  if (mail.inReplyTo.length > 0 || isAnswerSubject(mail.subject)) return undefined;
  const precedence = headerOf(mail, 'precedence')?.toLowerCase();
  const listName = [
    'list-id',
    'list-unsubscribe',
    'list-post',
    'x-mailing-list',
    'x-loop',
    'x-campaign',
    'feedback-id',
  ].find((name) => headerOf(mail, name) !== undefined);
  if (listName) return header(mail, listName);
  if (precedence === 'list') return header(mail, 'precedence');
  // A newsletter without any List header still carries its own foot. Short mails are left to a person.
  const foot =
    mail.text.length >= NOTE_CHARS_MAX
      ? findFirst(fold(mail.text.slice(0, FOOT_LOOKED_AT_MAX)), BULK_TEXTS)
      : undefined;
  return foot && { from: 'structure', what: `newsletter: ${foot.phrase}` };
};

const bounceKind = (bounce: Finding<Bounce>): KindFound => ({
  kind: { value: 'bounce', evidence: bounce.evidence, confidence: bounce.confidence },
  bounce,
});

/** A complaint only where the report says so: `auth-failure` reports are statistics, `not-spam` is praise. */
const isComplaint = (type: string): boolean => !['auth-failure', 'not-spam', 'dmarc'].includes(type);

export const findKind = (mail: ParsedMail, reply: ReplyText, lexicons: readonly Lexicon[]): KindFound => {
  const { feedbackReport, report } = mail;
  const text = reply.newText;
  if (feedbackReport) {
    const evidence: Evidence = { from: 'structure', what: `feedback-report: ${feedbackReport.type}` };
    return { kind: kind(isComplaint(feedbackReport.type) ? 'complaint' : 'auto-reply', 0.99, evidence) };
  }
  const reported = reportedBounce(mail);
  if (reported) return bounceKind(reported);
  if (mail.unread) return { kind: kind('unknown', 1, { from: 'structure', what: `unread: ${mail.unread}` }) };
  if (
    report?.type === 'disposition-notification' ||
    report?.recipients.some(({ action }) => action && action !== 'failed')
  ) {
    return {
      kind: kind('auto-reply', 0.95, {
        from: 'structure',
        what: `report-type: ${report.type ?? 'delivery-status'}`,
      }),
    };
  }
  const proof = automaticHeader(mail);
  const bounce = wordedBounce(mail);
  const folded = fold(text);
  const isAway =
    hasAny(folded, words(lexicons, 'absent')) || subjectSays(mail, 'absentSubject') !== undefined;
  // Auto-Submitted is tested before the mailer-daemon: SES forwards absence notes under its own name.
  if (proof && !(bounce && bounce.confidence >= 0.9 && !isAway))
    return { kind: automaticKind(mail, text, lexicons, proof) };
  if (bounce && !(isAway && bounce.confidence < 0.9)) return bounceKind(bounce);
  const challenge = findFirst(folded, words(lexicons, 'challenge'));
  if (challenge && mail.inReplyTo.length === 0 && text.length <= 2_000) {
    return { kind: kind('challenge', 0.75, inText(text, challenge)) };
  }
  const opening = { ...mail, subject: mail.subject.slice(0, SUBJECT_START_MAX) };
  const automatic = isAnswerSubject(mail.subject) ? undefined : subjectSays(opening, 'automaticSubject');
  if (automatic) return { kind: automaticKind(mail, text, lexicons, automatic) };
  const note = unmarkedNote(mail, reply, lexicons);
  if (note) return { kind: note };
  const optOut = findOptOut(text, mail.subject, lexicons);
  if (optOut) return { kind: kind('unsubscribe', 0.85, optOut) };
  const list = isList(mail);
  const receipt = unmarkedReceipt(mail, reply, lexicons, list !== undefined);
  if (receipt) return { kind: receipt };
  if (list) return { kind: kind('list', 0.8, list) };
  if (text === '' && mail.attachments.length === 0)
    return { kind: kind('unknown', 0.5, { from: 'structure', what: 'no new words' }) };
  return {
    kind: kind(
      'reply',
      0.8,
      header(mail, 'in-reply-to') ?? { from: 'structure', what: 'written by a person' },
    ),
  };
};
