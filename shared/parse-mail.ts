/**
 * Bytes → `ParsedMail`: the only file that knows mailparser. Our own linear passes split the headers and measure the
 * structure first, so the library only ever sees mails within the limits; it decodes bodies and addresses.
 */

import { type AddressObject, simpleParser } from 'mailparser';
import addressparser from 'nodemailer/lib/addressparser';
import {
  readDeliveryStatus,
  readDisposition,
  readFeedback,
  readReturned,
} from './inbound/delivery-report.ts';
import { decodeWords } from './inbound/encoded-words.ts';
import { htmlToText } from './inbound/html-text.ts';
import { type HeaderSection, hasHeaders, headersStart, idsIn, splitHeaders } from './inbound/mail-headers.ts';
import { ADDRESSES_MAX, ATTACHED_DEPTH_MAX, HTML_CHARS_MAX, TEXT_CHARS_MAX } from './inbound/mail-limits.ts';
import { cutMail, isOnePart, measureMail } from './inbound/measure-mail.ts';
import type {
  DeliveryReport,
  FeedbackReport,
  Header,
  MailAddress,
  ParsedMail,
  ReturnedMessage,
  UnreadReason,
} from './inbound/parsed-mail.ts';
import { readSimpleBody } from './inbound/simple-body.ts';

/** RFC 5322 §3.6: at most once. Content-Type and its kin decide what a reader sees at all. */
const SINGLE = [
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'content-type',
  'content-transfer-encoding',
  'auto-submitted',
];

/** Two hundred people with their names. */
const ADDRESS_CHARS_MAX = 12 * 1024;
/** Of a mail that stays closed: more are an attack. */
const ADDRESS_LINES_MAX = 20;

// `ignoreEmbedded` is mailsplit's: attached messages stay leaves, so their nesting costs nothing.
const OPTIONS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  keepCidLinks: true,
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
};

const first = (headers: readonly Header[], name: string): string | undefined =>
  headers.find((header) => header.name === name)?.value;

const flatten = (value: AddressObject | AddressObject[] | undefined): readonly MailAddress[] =>
  [value ?? []]
    .flat()
    .flatMap((object) => object.value)
    .flatMap((entry) => entry.group ?? [entry])
    .filter((entry) => entry.address)
    .slice(0, ADDRESSES_MAX)
    .map(({ address, name }) =>
      name ? { name, address: address as string } : { address: address as string },
    );

/** RFC 5322 §3.3, as nearly every program writes it: `Mon, 23 Nov 2026 09:14:07 +0100`. */
const USUAL_DATE =
  /^(?:[A-Z][a-z]{2}, ?)?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([+-])(\d\d)(\d\d)(?: \(|$)/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The engine's own parser reads what people call dates, at ten times the cost. */
const readUsualDate = (value: string): { date: string; dateOffset: number } | undefined => {
  const match = USUAL_DATE.exec(value);
  const month = match ? MONTHS.indexOf(match[2] as string) : -1;
  if (!match || month < 0) return undefined;
  const [day, year, hour, minute] = [Number(match[1]), Number(match[3]), Number(match[4]), Number(match[5])];
  const second = Number(match[6] ?? 0);
  const isReal = day >= 1 && day <= 31 && year >= 1970 && hour < 24 && minute < 60 && second < 60;
  if (!isReal) return undefined;
  const offset = (Number(match[8]) * 60 + Number(match[9])) * (match[7] === '-' ? -1 : 1);
  if (Number(match[8]) > 23 || Number(match[9]) > 59) return undefined;
  const date = new Date(Date.UTC(year, month, day, hour, minute, second) - offset * 60_000).toISOString();
  return { date, dateOffset: offset };
};

const readDate = (value: string | undefined): { date?: string; dateOffset?: number } =>
  readUsualDate(value ?? '') ?? readAnyDate(value);

const readAnyDate = (value: string | undefined): { date?: string; dateOffset?: number } => {
  const ms = Date.parse((value ?? '').slice(0, 100));
  if (Number.isNaN(ms)) return {};
  const offset = /([+-])(\d\d)(\d\d)\b/.exec(value ?? '');
  const minutes = offset ? Number(offset[2]) * 60 + Number(offset[3]) : undefined;
  const date = new Date(ms).toISOString();
  return minutes === undefined ? { date } : { date, dateOffset: offset?.[1] === '-' ? -minutes : minutes };
};

/** `Ana Silva <ana@x.example>` and `ana@x.example`, which is most of them; the rest needs a parser. */
const ONE_ADDRESS =
  /^(?:"([\w .-]{1,80})"\s?|([\w][\w -]{0,80})\s)?<([\w.+-]{1,64}@[\w.-]{1,200})>$|^([\w.+-]{1,64}@[\w.-]{1,200})$/;

const oneAddress = (raw: string): MailAddress | undefined => {
  const match = ONE_ADDRESS.exec(raw);
  const name = (match?.[1] ?? match?.[2])?.trim();
  const address = match?.[3] ?? match?.[4];
  if (!address) return undefined;
  return name ? { name, address } : { address };
};

const addressesIn = (raw: string | undefined): readonly MailAddress[] => {
  const one = raw ? oneAddress(raw) : undefined;
  return one ? [one] : parsedAddresses(raw);
};

const parsedAddresses = (raw: string | undefined): readonly MailAddress[] =>
  (raw ? addressparser(raw.slice(0, ADDRESS_CHARS_MAX), { flatten: true }) : [])
    .filter(({ address }) => address !== '')
    .slice(0, ADDRESSES_MAX)
    .map(({ address, name }) => (name ? { name: decodeWords(name), address } : { address }));

type Bodies = { readonly text?: string | undefined; readonly html?: string | false | undefined };

const chooseText = (mail: Bodies): { text: string; truncated: boolean } => {
  const plain = mail.text ?? '';
  if (plain.trim() !== '' || !mail.html) {
    return { text: plain.slice(0, TEXT_CHARS_MAX), truncated: plain.length > TEXT_CHARS_MAX };
  }
  const { text, truncated } = htmlToText(mail.html);
  return { text: text.slice(0, TEXT_CHARS_MAX), truncated: truncated || text.length > TEXT_CHARS_MAX };
};

/** The library gives `false` for a Content-Type that it cannot read, whatever its types say. */
const typeOfPart = (contentType: unknown): string =>
  typeof contentType === 'string' ? contentType.toLowerCase() : 'application/octet-stream';

/** As the library gives an attachment. */
type OpenedPart = {
  readonly contentType: string;
  readonly filename?: string | undefined;
  readonly size: number;
  readonly content: Uint8Array;
};
type Reports = { report?: DeliveryReport; feedbackReport?: FeedbackReport; attachedBytes?: Uint8Array };

const readReports = (parts: readonly OpenedPart[], contentType: string): Reports => {
  const isReport = contentType.toLowerCase().startsWith('multipart/report');
  const part = (...types: string[]): Uint8Array | undefined =>
    parts.find((candidate) => types.includes(typeOfPart(candidate.contentType)))?.content;
  const status = part('message/delivery-status', 'message/global-delivery-status');
  const receipt = part('message/disposition-notification');
  const feedback = part('message/feedback-report');
  const message = part('message/rfc822', 'message/global');
  const returnedBytes = message ?? part('text/rfc822-headers', 'message/rfc822-headers');
  if (!isReport && !status && !feedback) return message ? { attachedBytes: message } : {};
  const returned: ReturnedMessage | undefined = returnedBytes && readReturned(returnedBytes);
  if (feedback) return { feedbackReport: { ...readFeedback(feedback), returned } };
  const type = /report-type="?([a-z-]{1,60})/i.exec(contentType)?.[1]?.toLowerCase();
  const disposition = receipt && readDisposition(receipt);
  const recipients = status ? readDeliveryStatus(status) : [];
  return { report: { type, recipients, returned, ...(disposition ? { disposition } : {}) } };
};

type Draft = Omit<ParsedMail, 'from' | 'to' | 'cc' | 'replyTo' | 'text' | 'attachments' | 'unread'>;

const namesTwice = (headers: readonly Header[]): readonly string[] => {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of headers) {
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return twice.size === 0 ? [] : SINGLE.filter((name) => twice.has(name));
};

const draftOf = (headers: readonly Header[], truncated: boolean): Draft => ({
  headers,
  subject: first(headers, 'subject') ?? '',
  ...readDate(first(headers, 'date')),
  messageId: idsIn(first(headers, 'message-id'))[0],
  inReplyTo: idsIn(first(headers, 'in-reply-to')),
  references: idsIn(first(headers, 'references')),
  duplicates: namesTwice(headers),
  truncated: { bytes: truncated, text: false },
});

/** A mail whose body stays closed still says who wrote it, as far as its addresses can be read. */
const unreadMail = async (draft: Draft, reason: UnreadReason): Promise<ParsedMail> => {
  const lines = draft.headers
    .filter((header) => ['from', 'to', 'cc', 'reply-to'].includes(header.name))
    .slice(0, ADDRESS_LINES_MAX)
    .map((header) => `${header.name}: ${header.value.slice(0, 10_000)}\r\n`);
  const library = await simpleParser(Buffer.from(`${lines.join('')}\r\n`), OPTIONS).catch(() => undefined);
  return {
    ...draft,
    from: flatten(library?.from),
    to: flatten(library?.to),
    cc: flatten(library?.cc),
    replyTo: flatten(library?.replyTo),
    text: '',
    attachments: [],
    unread: reason,
  };
};

type Addresses = Pick<ParsedMail, 'from' | 'to' | 'cc' | 'replyTo'>;
/** A mail taken apart, by our own hand or by the library. */
type Opened = Addresses & Bodies & { readonly attachments: readonly OpenedPart[] };

/** Names of other alphabets in a domain, which the library spells out. */
const PUNYCODE = /xn--/i;

/** Which of two such headers counts decides what a reader sees. */
const CONTENT_NAMES = new Set(['content-type', 'content-transfer-encoding']);

/** A mail written as mail programs write them, read without the library: nearly all of what comes back. */
const openSimply = (draft: Draft, section: HeaderSection, bytes: Uint8Array): Opened | undefined => {
  const { from, to, cc, 'reply-to': replyTo } = section.rawAddresses;
  const isDoubtful =
    draft.duplicates.some((name) => CONTENT_NAMES.has(name)) ||
    [from, to, cc, replyTo].some((raw) => raw !== undefined && PUNYCODE.test(raw));
  const body = isDoubtful ? undefined : readSimpleBody(section.headers, bytes.subarray(section.bodyStart));
  return (
    body && {
      ...body,
      from: addressesIn(from),
      to: addressesIn(to),
      cc: addressesIn(cc),
      replyTo: addressesIn(replyTo),
    }
  );
};

const openByLibrary = async (bytes: Uint8Array): Promise<Opened | undefined> => {
  const library = await simpleParser(Buffer.from(bytes), OPTIONS).catch(() => undefined);
  return (
    library && {
      text: library.text,
      html: library.html,
      attachments: library.attachments,
      from: flatten(library.from),
      to: flatten(library.to),
      cc: flatten(library.cc),
      replyTo: flatten(library.replyTo),
    }
  );
};

const parseAt = async (raw: Uint8Array, level: number): Promise<ParsedMail> => {
  const cut = cutMail(raw);
  // Without headers the whole is a body: an empty header section says so to every reader below.
  const start = headersStart(cut);
  const bytes = hasHeaders(cut) ? cut.subarray(start) : Buffer.concat([Buffer.from('\n'), cut]);
  const plain = splitHeaders(bytes);
  const charset = /charset="?([\w.:-]{1,40})/i.exec(
    first(plain.headers, 'content-type')?.slice(0, 1_000) ?? '',
  )?.[1];
  // Raw 8-bit headers in the body's charset are rare; all others read the same either way.
  const section = charset && !plain.isAscii ? splitHeaders(bytes, charset) : plain;
  const draft = draftOf(section.headers, cut.length < raw.length);
  if (section.tooLarge) return unreadMail(draft, 'headers-too-large');
  const tooMuch = isOnePart(section.raw) ? undefined : measureMail(bytes);
  if (tooMuch) return unreadMail(draft, tooMuch);

  const opened = openSimply(draft, section, bytes) ?? (await openByLibrary(bytes));
  if (!opened) return unreadMail(draft, 'unparseable');
  const { text, truncated } = chooseText(opened);
  const { attachedBytes, ...reports } = readReports(
    opened.attachments,
    first(section.headers, 'content-type') ?? '',
  );
  const isForward = attachedBytes !== undefined && attachedBytes.length > 0 && level < ATTACHED_DEPTH_MAX;
  return {
    ...draft,
    ...reports,
    from: opened.from,
    to: opened.to,
    cc: opened.cc,
    replyTo: opened.replyTo,
    text: text.replaceAll('\r\n', '\n').replaceAll('\0', ''),
    attachments: opened.attachments.map((part) => ({
      type: typeOfPart(part.contentType),
      ...(part.filename ? { name: part.filename } : {}),
      bytes: part.size,
    })),
    ...(isForward ? { attached: await parseAt(attachedBytes, level + 1) } : {}),
    truncated: { bytes: draft.truncated.bytes, text: truncated },
  };
};

/**
 * Never throws, whatever the bytes; work is linear in their length. What could not or should not be read is said by
 * `unread` and `truncated`.
 */
export const parseMail = (raw: Uint8Array): Promise<ParsedMail> => parseAt(raw, 0);

/** The mail's HTML as it came, cut at what is read of one; `undefined` where it has none or stays closed. */
export async function htmlOf(raw: Uint8Array): Promise<string | undefined> {
  const cut = cutMail(raw);
  if (measureMail(cut.subarray(headersStart(cut)))) return undefined;
  const html = (await openByLibrary(cut))?.html;
  return html ? html.slice(0, HTML_CHARS_MAX) : undefined;
}
