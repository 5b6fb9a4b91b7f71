/**
 * A written letter, or an alert, becomes MIME: the only file that knows nodemailer's composer. The same input is the
 * same bytes, and no text of anybody's can add a header: every value is cleaned here before it becomes one.
 */
import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { type Contact, displayName } from './domain/contact.ts';
import { base32 } from './domain/ids.ts';
import { epochMs, type Instant } from './domain/instant.ts';
import { letterHtml, plainHtml } from './domain/letter/letter-html.ts';
import type { WrittenLetter } from './domain/letter/written-letter.ts';
import { safeMessageIds } from './domain/message-id.ts';
import type { Sender } from './domain/sender.ts';

export type LetterMail = {
  readonly letter: WrittenLetter;
  readonly sender: Sender;
  readonly contact: Contact;
  /** `r+TOKEN@<reply domain>`, for both: answers come by the one, reports of responders and servers by the other. */
  readonly replyTo: string;
  readonly returnPath: string;
  /** `<enrollment-step@reply domain>`. Repeated in References, because SES writes its own over Message-ID. */
  readonly ownMessageId: string;
  /** The SES Message-ID of the first letter, on a follow-up. */
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  /** Absent: no List-* header at all. Many responders stay silent on one, so the first letter goes without. */
  readonly listUnsubscribe?: { readonly url: string; readonly mailto?: string };
  readonly date: Instant;
};

/** A reply-to of our own alerts is what makes the salesperson's answer thread at the prospect's and stop the clock. */
export type AlertMail = {
  /** `<…@…>`, derived from alert and channel. */
  readonly messageId: string;
  /** "Ana Silva (Acme) via Relance". */
  readonly fromName: string;
  readonly alertAddress: string;
  readonly to: string;
  /** The prospect, and `in+SENDERTOKEN@<reply domain>`. Empty where nobody is to be answered. */
  readonly replyTo: readonly string[];
  /** From the prospect's own mail, unchecked. */
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The prospect's mail as it came in, of at most `ORIGINAL_BYTES_MAX`. */
  readonly original?: Uint8Array;
  /** Nobody waits for it. */
  readonly isQuiet?: boolean;
  readonly date: Instant;
};

/** SES takes 10 MB with everything; a larger original is linked from the text. */
export const ORIGINAL_BYTES_MAX = 6 * 1024 * 1024;
const REFERENCES_MAX = 20;
const NAME_CHARS_MAX = 120;
/** One word of this length still fits a header line: RFC 5322 §2.1.1 ends one at 998. */
const HEADER_CHARS_MAX = 500;

/** Throws only on addresses and ids that we made ourselves and that are none. */
export function composeLetter(mail: LetterMail): Promise<Uint8Array> {
  const { letter, sender, contact } = mail;
  const headers: { key: string; value: string }[] = [
    { key: 'Return-Path', value: `<${ownAddress(mail.returnPath)}>` },
    ...(mail.listUnsubscribe ? unsubscribeHeaders(mail.listUnsubscribe) : []),
  ];
  const named = displayName(contact);
  return build({
    from: { name: headerText(sender.name, NAME_CHARS_MAX), address: ownAddress(sender.address) },
    to: {
      name: named === contact.address ? '' : headerText(named, NAME_CHARS_MAX),
      address: ownAddress(contact.address),
    },
    replyTo: ownAddress(mail.replyTo),
    ...threadHeaders(mail.inReplyTo, [...mail.references, mail.ownMessageId]),
    messageId: ownId(mail.ownMessageId),
    date: httpDate(mail.date),
    subject: headerText(letter.subject, HEADER_CHARS_MAX),
    headers,
    text: bodyText(letter.text),
    html: bodyText(letterHtml(letter)),
    baseBoundary: boundaryOf(mail.ownMessageId, letter.subject, letter.text),
  });
}

/** An original that is too large or cannot travel as message/rfc822 never stops the alert. */
export function composeAlert(mail: AlertMail): Promise<Uint8Array> {
  const original = mail.original && mail.original.length <= ORIGINAL_BYTES_MAX ? mail.original : undefined;
  const subject = headerText(mail.subject, HEADER_CHARS_MAX);
  const replyTo = mail.replyTo.filter(isPlainAddress).map((address) => ({ name: '', address }));
  return build({
    from: { name: headerText(mail.fromName, NAME_CHARS_MAX), address: ownAddress(mail.alertAddress) },
    to: ownAddress(mail.to),
    ...(replyTo.length > 0 ? { replyTo } : {}),
    ...threadHeaders(mail.inReplyTo, mail.references),
    messageId: ownId(mail.messageId),
    date: httpDate(mail.date),
    subject,
    headers: [
      // RFC 3834 §5: no responder may answer this one.
      { key: 'Auto-Submitted', value: 'auto-generated' },
      // RFC 2156 §5.3.4, which mail programs on telephones heed: it lies in the inbox and makes no sound.
      ...(mail.isQuiet ? [{ key: 'Importance', value: 'low' }] : []),
    ],
    text: bodyText(mail.text),
    html: bodyText(plainHtml(mail.text, 'en', subject)),
    ...(original ? { attachments: [attached(original)] } : {}),
    baseBoundary: boundaryOf(mail.messageId, subject, mail.text, original),
  });
}

/** A person's own answer in a prospect's thread: their words, and nothing below them. */
export type AnswerMail = {
  /** `<…@…>`, derived from what is answered. */
  readonly messageId: string;
  readonly sender: Sender;
  readonly to: string;
  /** `r+TOKEN@<reply domain>`, of Reply-To and Return-Path. */
  readonly replyTo: string;
  /** From the prospect's own mail, unchecked. */
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly date: Instant;
};

export function composeAnswer(mail: AnswerMail): Promise<Uint8Array> {
  const { sender, text } = mail;
  const subject = headerText(mail.subject, HEADER_CHARS_MAX);
  return build({
    from: { name: headerText(sender.name, NAME_CHARS_MAX), address: ownAddress(sender.address) },
    to: ownAddress(mail.to),
    replyTo: ownAddress(mail.replyTo),
    ...threadHeaders(mail.inReplyTo, mail.references),
    messageId: ownId(mail.messageId),
    date: httpDate(mail.date),
    subject,
    headers: [{ key: 'Return-Path', value: `<${ownAddress(mail.replyTo)}>` }],
    text: bodyText(text),
    html: bodyText(plainHtml(text, 'und', subject)),
    baseBoundary: boundaryOf(mail.messageId, subject, text),
  });
}

type Composed = ConstructorParameters<typeof MailComposer>[0];

function build(mail: Composed): Promise<Uint8Array> {
  return new MailComposer({
    ...mail,
    // Quoted-printable for all text: short lines, nothing above 7 bits, whatever was written.
    encoding: 'quoted-printable',
    newline: 'win',
    // RFC 2045 §6.7 (2): "=_" can never stand in quoted-printable text.
    boundaryPrefix: '=_',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

function threadHeaders(inReplyTo: string | undefined, references: readonly string[]) {
  const parent = inReplyTo === undefined ? undefined : safeMessageIds([inReplyTo], 1)[0];
  const ids = safeMessageIds(references, REFERENCES_MAX);
  return {
    ...(parent === undefined ? {} : { inReplyTo: parent }),
    ...(ids.length === 0 ? {} : { references: [...ids] }),
  };
}

/** RFC 8058 §3.1: the https URL stands first, and the second header asks for one POST and no page. */
function unsubscribeHeaders(list: { readonly url: string; readonly mailto?: string }) {
  const url = new URL(list.url).href;
  if (!/^https?:/u.test(url) || url.length > HEADER_CHARS_MAX) throw new Error('The opt-out link is no URL.');
  const mailto = list.mailto === undefined ? '' : `, <mailto:${ownAddress(list.mailto)}>`;
  return [
    { key: 'List-Unsubscribe', value: `<${url}>${mailto}` },
    { key: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
  ];
}

/**
 * RFC 2046 §5.2.1 lets a message/rfc822 part be 7bit or 8bit only, so an original with over-long lines or NULs
 * cannot travel as one; it goes as a plain file instead, which opens in a mail client all the same.
 */
function attached(original: Uint8Array) {
  const content = Buffer.from(original.buffer, original.byteOffset, original.byteLength);
  return hasOnlyMailLines(original)
    ? { content, contentType: 'message/rfc822', contentDisposition: 'attachment', filename: 'original.eml' }
    : { content, contentType: 'application/octet-stream', filename: 'original.eml' };
}

function hasOnlyMailLines(bytes: Uint8Array): boolean {
  let length = 0;
  for (const byte of bytes) {
    if (byte === 0) return false;
    length = byte === 10 || byte === 13 ? 0 : length + 1;
    if (length > 998) return false;
  }
  return true;
}

/** One line of visible text: no control characters, line separators, lone surrogates or overrides of direction. */
function headerText(text: string, charsMax: number): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/gu, ' ')
    .trim();
  // Cutting by code point keeps an emoji whole.
  return line.length <= charsMax ? line : `${[...line].slice(0, charsMax - 1).join('')}…`;
}

/** RFC 5322 §2.3: CR and LF stand together or not at all; the composer makes each line end one. */
const bodyText = (text: string): string => text.toWellFormed().replace(/\r\n?/gu, '\n');

const isPlainAddress = (address: string): boolean =>
  address.length <= 320 && /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$/u.test(address);

function ownAddress(address: string): string {
  if (!isPlainAddress(address))
    throw new Error('An address in a header of ours is not a plain ASCII address.');
  return address;
}

function ownId(id: string): string {
  if (safeMessageIds([id], 1).length === 0) throw new Error('A Message-ID of ours is not well formed.');
  return id;
}

/** RFC 5322 §3.3; UTC, because the writer's zone is nobody's business but the quote's. */
const httpDate = (at: Instant): string => new Date(epochMs(at)).toUTCString().replace('GMT', '+0000');

/** Depends on all that it separates, so nobody can write a mail that contains its own boundary. */
function boundaryOf(...parts: readonly (string | Uint8Array | undefined)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part ?? '').update('\u0000');
  return base32(hash.digest()).slice(0, 26);
}
