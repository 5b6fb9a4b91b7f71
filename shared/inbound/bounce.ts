/** Delivery failures: what a report states (RFC 3464), and what older mail systems say in words. */
import {
  BOUNCE_NAMES,
  BOUNCE_SENDERS,
  BOUNCE_SUBJECTS,
  BOUNCE_TEXTS,
  DELAY_TEXTS,
  FULL_TEXTS,
  RATE_TEXTS,
  TRANSIENT_TEXTS,
} from './lexicon/machine.ts';
import { headerOf, type ParsedMail, type ReportedRecipient } from './parsed-mail.ts';
import { findFirst, fold, hasAny } from './phrases.ts';
import type { Bounce, Evidence, Finding } from './reading.ts';

const TEXT_LOOKED_AT_MAX = 8 * 1024;
const STATUS = /(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])/;
const REPLY_CODE = /(?<![\d.:-])([45])[0-5]\d[ -](?!\d{3,})/;

/** `<karen@example.com>: …` */
const FAILED_ADDRESS = /<[^\s@<>]{1,64}@[^\s@<>]{1,200}>\s?:/;
const ADDRESS = /[^\s@<>]{1,64}@[^\s@<>]{1,200}/;

const textOf = (mail: ParsedMail): string => fold(mail.text.slice(0, TEXT_LOOKED_AT_MAX));

/** A full mailbox empties again, whatever digit stands in front of it (5.2.2 is common). */
const classOf = (recipient: ReportedRecipient, folded: string): Bounce['class'] => {
  if (recipient.action === 'delayed') return 'delayed';
  const said = fold(recipient.diagnostic ?? '');
  if (recipient.status?.endsWith('.2.2') || hasAny(said, FULL_TEXTS)) return 'transient';
  // "Try again later" and "connection dropped" say more than a catch-all 5.0.0 does.
  const isVague = recipient.status === undefined || recipient.status.endsWith('.0.0');
  if (isVague && hasAny(said || folded, RATE_TEXTS)) return 'transient';
  const digit = recipient.status?.[0] ?? STATUS.exec(said)?.[1] ?? REPLY_CODE.exec(said)?.[1];
  if (digit === '4' || (digit === undefined && hasAny(said, TRANSIENT_TEXTS))) return 'transient';
  return hasAny(folded, FULL_TEXTS) && !recipient.diagnostic ? 'transient' : 'permanent';
};

/** A report with a failed or delayed recipient is a bounce before any other test: its structure cannot be chance. */
export const reportedBounce = (mail: ParsedMail): Finding<Bounce> | undefined => {
  const recipients = mail.report?.recipients ?? [];
  const failed =
    recipients.find(({ action }) => action === 'failed') ??
    recipients.find(
      ({ action, status }) => action === undefined && status !== undefined && status[0] !== '2',
    ) ??
    recipients.find(({ action }) => action === 'delayed');
  if (!failed) return undefined;
  const { status, finalRecipient } = failed;
  const what = `delivery-status: ${failed.action ?? 'no action'} ${status ?? ''}`.trim();
  return {
    value: {
      class: classOf(failed, textOf(mail)),
      ...(status ? { status } : {}),
      ...(finalRecipient ? { recipient: finalRecipient } : {}),
    },
    evidence: [{ from: 'structure', what }],
    confidence: 0.99,
  };
};

/** RFC 8098 with RFC 5429: a filter that refuses mail says so in a read receipt, "automatic-action … deleted". */
export const refusedByReceipt = (mail: ParsedMail): Finding<Bounce> | undefined => {
  if (mail.report?.type !== 'disposition-notification') return undefined;
  const disposition = mail.report.disposition ?? '';
  const isRefused = disposition.startsWith('automatic-action') && disposition.includes('deleted');
  const folded = textOf(mail);
  const refusal = isRefused ? findFirst(folded, BOUNCE_TEXTS) : undefined;
  if (!refusal) return undefined;
  return {
    value: { class: hasAny(folded, FULL_TEXTS) ? 'transient' : 'permanent' },
    evidence: [
      { from: 'structure', what: `disposition: ${disposition}` },
      {
        from: 'text',
        words: mail.text.slice(refusal.start, refusal.end),
        start: refusal.start,
        end: refusal.end,
      },
    ],
    confidence: 0.8,
  };
};

/** `Postmaster\@host` and `MAILER-DAEMON+x`: what follows the name is not part of it. */
const localPart = (address: string | undefined): string =>
  /^[a-z._-]*/.exec(address?.toLowerCase() ?? '')?.[0] ?? '';

export const isMailSystem = (mail: ParsedMail): boolean => sentByMailSystem(mail) !== undefined;

const sentByMailSystem = (mail: ParsedMail): Evidence | undefined => {
  const failedRecipients = headerOf(mail, 'x-failed-recipients');
  if (failedRecipients)
    return { from: 'header', name: 'x-failed-recipients', value: failedRecipients.slice(0, 200) };
  const from = mail.from[0];
  const value = headerOf(mail, 'from') ?? '';
  const isDaemon =
    BOUNCE_SENDERS.includes(localPart(from?.address)) ||
    (!from && value.includes('<>')) ||
    hasAny(fold(from?.name ?? ''), BOUNCE_NAMES) ||
    (!from && hasAny(fold(value), BOUNCE_SENDERS));
  if (isDaemon) return { from: 'header', name: 'from', value: value.slice(0, 200) };
  return undefined;
};

/** A bounce in words. `undefined` where the sender is no mail system and the words are not those of one. */
export const wordedBounce = (mail: ParsedMail): Finding<Bounce> | undefined => {
  const subject = fold(mail.subject);
  const sender = sentByMailSystem(mail);
  const bySubject = findFirst(subject, BOUNCE_SUBJECTS);
  // Words alone make no bounce: a customer may quote them.
  if (!sender && !bySubject && mail.report?.type !== 'delivery-status') return undefined;
  const folded = textOf(mail);
  const byText = findFirst(folded, BOUNCE_TEXTS);
  // Nothing but failures is ever written by a mailer daemon; what it forwards bears Auto-Submitted.
  const isDaemon = /^mailer-?daemon$/.test(localPart(mail.from[0]?.address));
  const isAddressed = byText !== undefined && ADDRESS.test(folded.slice(byText.end, byText.end + 80));
  const isReply = /^\s?(?:re|aw|sv|回复|答复)\s?[:：]/.test(subject) || mail.inReplyTo.length > 0;
  const isCoded =
    [STATUS, REPLY_CODE, FAILED_ADDRESS].some((pattern) => pattern.test(folded)) ||
    mail.attachments.some(({ type }) => type === 'message/rfc822');
  const isNullSender = headerOf(mail, 'return-path')?.trim() === '<>';
  const isBounce = sender
    ? Boolean(isDaemon || bySubject || byText || mail.report || mail.text.trim() === '')
    : Boolean(mail.report?.type === 'delivery-status') ||
      // Parcels are "not delivered" too: who is no mail system must name an address or a code, or
      // return the message, as mail systems do.
      Boolean(bySubject && (isNullSender || isAddressed || (byText && isCoded && !isReply)));
  if (!isBounce) return undefined;
  const status = STATUS.exec(folded)?.[0];
  const recipient = headerOf(mail, 'x-failed-recipients')?.split(',')[0]?.trim();
  const isDelayed = hasAny(folded, DELAY_TEXTS) || hasAny(subject, DELAY_TEXTS);
  const value: Bounce = {
    class: isDelayed ? 'delayed' : classOf({ status, diagnostic: folded }, folded),
    ...(status ? { status } : {}),
    ...(recipient ? { recipient } : {}),
  };
  const evidence: Evidence[] = [
    ...(sender ? [sender] : []),
    ...(bySubject ? [{ from: 'header', name: 'subject', value: mail.subject } as const] : []),
  ];
  return { value, evidence, confidence: sender && (bySubject || byText) ? 0.9 : 0.7 };
};
