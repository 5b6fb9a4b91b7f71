/** What a mail is. Headers and structure first; words only where they say nothing. */

import {
  automaticHeader,
  automaticKind,
  automaticSort,
  declaresItself,
  nullSenderNote,
} from './automatic.ts';
import { isMailSystem, refusedByReceipt, reportedBounce, wordedBounce } from './bounce.ts';
import { namesPeriod } from './date-roles.ts';
import { findAsked } from './intent.ts';
import {
  inHeader,
  inText,
  isAnswerSubject,
  kindOf,
  namesAnswered,
  opensAsAutomatic,
  subjectSays,
} from './kind-evidence.ts';
import type { Lexicon } from './lexicon/lexicon.ts';
import { BULK_TEXTS, DECLARED_TEXTS } from './lexicon/machine.ts';
import { wordsOf } from './lexicon/phrase-lists.ts';
import { headerOf, type ParsedMail } from './parsed-mail.ts';
import { type Found, findFirst, fold, hasAny } from './phrases.ts';
import type { Bounce, Evidence, Finding, MailKind, Reading } from './reading.ts';
import type { ReplyText } from './reply-text.ts';
import { findOptOut } from './unsubscribe.ts';

export type KindFound = { readonly kind: Finding<MailKind>; readonly bounce?: Finding<Bounce> } & Pick<
  Reading,
  'automatic' | 'optOut'
>;

/** "View in browser" stands at a newsletter's head, "you are receiving this" at its foot. */
const HEAD_LOOKED_AT = 4 * 1024;
const FOOT_LOOKED_AT = 12 * 1024;
const headAndFoot = (text: string): string =>
  text.length <= HEAD_LOOKED_AT + FOOT_LOOKED_AT
    ? text
    : `${text.slice(0, HEAD_LOOKED_AT)}\n${text.slice(-FOOT_LOOKED_AT)}`;

/** Longer than this, a mail that nothing marks as automatic is a letter. */
const NOTE_CHARS_MAX = 900;
/** With "out of office" in the subject it may be longer. */
const NAMED_NOTE_CHARS_MAX = 3_000;
/** A note says in its first words that its writer is away. */
const NOTE_START_MAX = 220;

/** vacation(1) and its kin set no header at all: a short note that opens with "I am away" and asks nothing. */
const unmarkedNote = (
  mail: ParsedMail,
  reply: ReplyText,
  lexicons: readonly Lexicon[],
): Finding<MailKind> | undefined => {
  const text = reply.newText;
  const folded = fold(text);
  if (reply.hasQuote || /[?？؟]/.test(text)) return undefined;
  const absent = findFirst(folded, wordsOf(lexicons, 'absent'));
  const left = findFirst(folded, wordsOf(lexicons, 'left'));
  const isOpening = (found: Found | undefined): found is Found =>
    found !== undefined && found.start <= NOTE_START_MAX;
  const isAnswer = isAnswerSubject(mail.subject);
  // A person who answers an absence note does so in a program that names the note; nothing is quoted here either.
  const subject =
    isAnswer && namesAnswered(mail)
      ? undefined
      : (subjectSays(mail, 'absentSubject') ?? subjectSays(mail, 'automaticSubject'));
  if (text.length > (subject ? NAMED_NOTE_CHARS_MAX : NOTE_CHARS_MAX)) return undefined;
  const isNote = hasAny(folded, wordsOf(lexicons, 'note'));
  // A colleague who answers "Karen has left, send me your prices" is a customer.
  const isLeft = subject !== undefined || isNote || findAsked(text, lexicons).length === 0;
  if (isOpening(left) && isLeft && (subject || text.length <= 400))
    return kindOf('left-company', 0.7, inText(text, left), subject);
  if (!isOpening(absent)) {
    // "Abwesenheitsnotiz" above, a note's words and a last day below: the words for the absence itself are many.
    const isNamed = subject !== undefined && isNote && namesPeriod(folded, lexicons);
    return isNamed ? kindOf('absence', 0.7, subject) : undefined;
  }
  const isReferral = hasAny(folded, wordsOf(lexicons, 'urgent'));
  if (subject) return kindOf('absence', 0.9, subject, inText(text, absent));
  // Under "Re: …" people write too ("I am travelling, will answer when I return"): it takes both signs to hold a
  // mail back from a person's eyes.
  const isSure = isNote && isReferral;
  if (isSure || ((isNote || isReferral) && !isAnswer)) {
    return kindOf('absence', isSure ? 0.8 : 0.65, inText(text, absent));
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
  const phrases = wordsOf(lexicons, 'received');
  const receipt = findFirst(folded, phrases);
  if (receipt ? receipt.start > NOTE_START_MAX && !isByList : !isByList) return undefined;
  // A form that sends a copy of the message puts its own words below a line, or into the subject alone.
  const below = receipt ? undefined : findFirst(fold(reply.signature), phrases);
  if (below)
    return kindOf('auto-reply', 0.6, {
      from: 'signature',
      words: reply.signature.slice(below.start, below.end),
    });
  if (!receipt)
    return text === '' && hasAny(fold(mail.subject), phrases)
      ? kindOf('auto-reply', 0.5, inHeader(mail, 'subject'))
      : undefined;
  const isUnattended = /^(?:no-?reply|do-?not-?reply|wordpress|support|helpdesk)@/i.test(
    mail.from[0]?.address ?? '',
  );
  const isNote =
    text.length <= NOTE_CHARS_MAX && !/[?？؟]/.test(text) && hasAny(folded, wordsOf(lexicons, 'note'));
  return isUnattended || isByList || isNote ? kindOf('auto-reply', 0.6, inText(text, receipt)) : undefined;
};

/**
 * RFC 2369 and RFC 2919 name the fields; `Mailing-List` (ezmlm) and `X-Mailing-List` are older than both. One field is
 * enough, for lists send what they have; a mail that answers one is judged by its words before.
 */
const LIST_HEADERS: readonly string[] = [
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-post',
  'list-help',
  'list-subscribe',
  'list-owner',
  'list-archive',
  'mailing-list',
  'x-mailing-list',
  'x-mailman-version',
  'x-beenthere',
  'x-ml-name',
  'x-loop',
  'x-campaign',
  'x-campaignid',
  'feedback-id',
];

/** Mailboxes that are named after what they send. */
const LIST_SENDERS =
  /^(?:e-?news|news-?letters?|mailing-?lists?|listserv|majordomo|digest|bulletins?)(?:[+._-][^@]{0,64})?@/i;

const isList = (mail: ParsedMail, { hasQuote }: ReplyText): Evidence | undefined => {
  // Advertisers write `Re:` as well; who answers names or quotes what he answers.
  const isAnswer = isAnswerSubject(mail.subject) && (namesAnswered(mail) || hasQuote);
  if (mail.inReplyTo.length > 0 || isAnswer) return undefined;
  const precedence = headerOf(mail, 'precedence')?.toLowerCase();
  const listName = LIST_HEADERS.find((name) => headerOf(mail, name) !== undefined);
  if (listName) return inHeader(mail, listName);
  if (precedence === 'list') return inHeader(mail, 'precedence');
  if (LIST_SENDERS.test(mail.from[0]?.address ?? '')) return inHeader(mail, 'from');
  const isLong = mail.text.length >= NOTE_CHARS_MAX;
  // vacation(1) says bulk too, but a responder's note is short.
  if (isLong && precedence === 'bulk') return inHeader(mail, 'precedence');
  // A newsletter without any List header still carries its own foot. Short mails are left to a person.
  const foot = isLong ? findFirst(fold(headAndFoot(mail.text)), BULK_TEXTS) : undefined;
  return foot && { from: 'structure', what: `newsletter: ${foot.phrase}` };
};

const bounceKind = (bounce: Finding<Bounce>): KindFound => ({
  kind: { value: 'bounce', evidence: bounce.evidence, confidence: bounce.confidence },
  bounce,
});

/** A complaint only where the report says so: `auth-failure` reports are statistics, `not-spam` is praise. */
const isComplaint = (type: string): boolean => !['auth-failure', 'not-spam', 'dmarc'].includes(type);

/** What the structure alone proves: reports of delivery, of reading, of spam. */
const reportKind = (mail: ParsedMail, text: string, lexicons: readonly Lexicon[]): KindFound | undefined => {
  const { feedbackReport, report } = mail;
  if (feedbackReport) {
    const evidence: Evidence = { from: 'structure', what: `feedback-report: ${feedbackReport.type}` };
    return { kind: kindOf(isComplaint(feedbackReport.type) ? 'complaint' : 'auto-reply', 0.99, evidence) };
  }
  const what: Evidence = { from: 'structure', what: `report-type: ${report?.type ?? 'delivery-status'}` };
  if (report && !isMailSystem(mail)) {
    // Approval services dress their requests as failed deliveries.
    const challenge = findFirst(fold(text), wordsOf(lexicons, 'challenge'));
    if (challenge) return { kind: kindOf('challenge', 0.85, what, inText(text, challenge)) };
    const declared = findFirst(fold(text), DECLARED_TEXTS);
    if (declared && !wordedBounce({ ...mail, report: undefined }))
      return { kind: kindOf('auto-reply', 0.7, what, inText(text, declared)) };
  }
  const reported = reportedBounce(mail) ?? refusedByReceipt(mail);
  if (reported) return bounceKind(reported);
  if (mail.unread)
    return { kind: kindOf('unknown', 1, { from: 'structure', what: `unread: ${mail.unread}` }) };
  const isReceipt =
    report?.type === 'disposition-notification' ||
    report?.recipients.some(({ action }) => action && action !== 'failed');
  return isReceipt ? { kind: kindOf('auto-reply', 0.95, what) } : undefined;
};

/** What a machine wrote in its owner's name, or a mail system in words. */
const machineKind = (
  mail: ParsedMail,
  reply: ReplyText,
  lexicons: readonly Lexicon[],
): KindFound | undefined => {
  const text = reply.newText;
  const proof = automaticHeader(mail);
  const bounce = wordedBounce(mail);
  const folded = fold(text);
  const isAway =
    bounce !== undefined &&
    (hasAny(folded, wordsOf(lexicons, 'absent')) || subjectSays(mail, 'absentSubject') !== undefined);
  // Auto-Submitted is tested before the mailer-daemon: SES forwards absence notes under its own name.
  if (proof && !(bounce && bounce.confidence >= 0.9 && !isAway))
    return { kind: automaticKind(mail, text, lexicons, proof) };
  if (bounce && !(isAway && bounce.confidence < 0.9)) return bounceKind(bounce);
  const challenge = findFirst(folded, wordsOf(lexicons, 'challenge'));
  if (challenge && mail.inReplyTo.length === 0 && text.length <= 2_000)
    return { kind: kindOf('challenge', 0.75, inText(text, challenge)) };
  const said = opensAsAutomatic(mail) ?? declaresItself(text) ?? nullSenderNote(mail, text, lexicons);
  if (said) return { kind: automaticKind(mail, text, lexicons, said) };
  const note = unmarkedNote(mail, reply, lexicons);
  return note && { kind: note };
};

export const findKind = (mail: ParsedMail, reply: ReplyText, lexicons: readonly Lexicon[]): KindFound => {
  const text = reply.newText;
  const byMachine = reportKind(mail, text, lexicons) ?? machineKind(mail, reply, lexicons);
  if (byMachine) {
    const isReceipt = byMachine.kind.value === 'auto-reply';
    return isReceipt ? { ...byMachine, automatic: automaticSort(mail, text) } : byMachine;
  }
  const optOut = findOptOut(text, mail.subject, lexicons);
  if (optOut?.value.isCertain)
    return { kind: kindOf('unsubscribe', optOut.confidence, ...optOut.evidence), optOut };
  const list = isList(mail, reply);
  const receipt = unmarkedReceipt(mail, reply, lexicons, list !== undefined);
  if (receipt) return { kind: receipt, automatic: automaticSort(mail, text) };
  if (list) return { kind: kindOf('list', 0.8, list) };
  if (text === '' && mail.attachments.length === 0)
    return { kind: kindOf('unknown', 0.5, { from: 'structure', what: 'no new words' }) };
  const proof = inHeader(mail, 'in-reply-to') ?? { from: 'structure', what: 'written by a person' };
  return { kind: kindOf('reply', 0.8, proof), ...(optOut ? { optOut } : {}) };
};
