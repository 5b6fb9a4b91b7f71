/** Who is written to, and the mails that come back: few bodies, so that most are parsed once for many runs. */
import { companyDomainOf } from '../../shared/domain/company.ts';
import { type ContactId, contactIdOf } from '../../shared/domain/ids.ts';
import { DAY } from '../../shared/domain/instant.ts';
import { SECRETS } from './ports/edges.ts';
import type { Accepted } from './ses.ts';

export type Prospect = {
  readonly number: number;
  readonly id: ContactId;
  readonly address: string;
  readonly firstName: string;
  readonly zone: string;
  readonly country: string;
  readonly domain: string | undefined;
};

export type MailSort =
  | 'reply'
  | 'absence'
  | 'unsubscribe'
  | 'auto-reply'
  | 'left-company'
  | 'bounce'
  /** Written by the salesperson; we get a blind copy. */
  | 'own-answer';

/** What the prospects' mails mean for the sequence, as everybody would agree: the truth that readings are judged by. */
export const STOPPING: ReadonlySet<MailSort> = new Set<MailSort>([
  'reply',
  'unsubscribe',
  'left-company',
  'bounce',
]);
/** After these the address is never written to again, whatever the campaign. */
export const SUPPRESSING: ReadonlySet<MailSort> = new Set<MailSort>(['unsubscribe', 'bounce']);
export const HUMAN: ReadonlySet<MailSort> = new Set<MailSort>(['reply']);

const PLACES = [
  ['Europe/Lisbon', 'PT'],
  ['Europe/Berlin', 'DE'],
  ['America/Sao_Paulo', 'BR'],
  ['Asia/Tokyo', 'JP'],
  ['America/New_York', 'US'],
] as const;
const NAMES = ['Ana', 'Bruno', 'Clara', 'Daniel', 'Elena', 'Felix', 'Greta', 'Hugo'] as const;

const known = new Map<number, Prospect>();

/** Always the same person for the same number; every third shares a company with the one before. */
export function prospect(number: number): Prospect {
  const made = known.get(number) ?? makeProspect(number);
  known.set(number, made);
  return made;
}

function makeProspect(number: number): Prospect {
  const address = `p${number}@firm${number - (number % 3 === 2 ? 1 : 0)}.example`;
  const [zone, country] = PLACES[number % PLACES.length] ?? PLACES[0];
  return {
    number,
    id: contactIdOf(SECRETS.contactSecret, address),
    address,
    firstName: NAMES[number % NAMES.length] ?? 'Ana',
    zone,
    country,
    domain: companyDomainOf(address),
  };
}

/** As a launch names them. */
export const contactInput = ({ address, firstName, zone, country, number }: Prospect) => ({
  address,
  firstName,
  lastName: 'Silva',
  company: `Firm ${number}`,
  zone,
  country,
  lawfulBasis: 'Asked for our catalogue at the fair',
  fields: { why: `You opened plant ${number} last year.` },
});

export type WrittenMail = {
  readonly sort: MailSort;
  readonly messageId: string;
  readonly from: string;
  readonly recipient: string;
  readonly raw: Uint8Array;
  /** First day back, ISO. */
  readonly returnOn?: string;
};

const TEXTS: Readonly<Record<Exclude<MailSort, 'bounce'>, (returnOn: string) => string>> = {
  reply: () =>
    'Thank you for your letter. Please send me your price list and two samples.\r\n\r\nBest regards',
  absence: (returnOn) =>
    `I am out of the office on a business trip and will be back on ${inWords(returnOn)}.\r\nFor urgent matters please call +351 912 345 678.`,
  unsubscribe: () => 'Please remove me from your mailing list. Unsubscribe.',
  'auto-reply': () =>
    'We have received your message and will answer as soon as possible. Ticket number 4711.',
  'own-answer': () => 'With pleasure: the list goes out today, the samples tomorrow.',
  'left-company': () => 'I no longer work for this company. This mailbox is not read any more.',
};
const SUBJECTS: Readonly<Record<MailSort, string>> = {
  reply: 'Re: Plates for you',
  absence: 'Out of Office: Plates for you',
  unsubscribe: 'Unsubscribe',
  'auto-reply': 'Automatic reply: Plates for you',
  'left-company': 'Automatic reply: Plates for you',
  'own-answer': 'Re: Plates for you',
  bounce: 'Undelivered Mail Returned to Sender',
};
const MACHINES: ReadonlySet<MailSort> = new Set<MailSort>([
  'absence',
  'auto-reply',
  'left-company',
  'bounce',
]);

/** `back`: days until the return, counted from `now` in UTC; weekends are allowed. */
export function writeMail(
  who: Prospect,
  sort: MailSort,
  letter: Accepted,
  now: number,
  options: { readonly back?: number; readonly copy?: number } = {},
): WrittenMail {
  const step = letter.tags.step ?? '0';
  const messageId = `${sort}-${who.number}-${step}-${letter.tags.enrollment?.split('-')[1] ?? '1'}-${options.copy ?? 0}@${who.domain ?? 'free.example'}`;
  const recipient = replyToOf(letter);
  const day = Math.floor(now / DAY);
  const returnOn = isoDay(day + (options.back ?? 5));
  const from = sort === 'bounce' ? `MAILER-DAEMON@mx.${who.domain}` : who.address;
  const head = [
    `From: ${sort === 'bounce' ? `Mail Delivery System <${from}>` : `${who.firstName} Silva <${from}>`}`,
    `To: ${recipient}`,
    `Subject: ${SUBJECTS[sort]}`,
    `Date: ${new Date(day * DAY).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${messageId}>`,
    ...(sort === 'bounce' ? [] : [`In-Reply-To: <${letter.sesId}@eu-west-1.amazonses.com>`]),
    ...(MACHINES.has(sort) ? ['Auto-Submitted: auto-replied'] : []),
    'MIME-Version: 1.0',
  ];
  const body =
    sort === 'bounce'
      ? bounceBody(who, letter)
      : ['Content-Type: text/plain; charset=utf-8', '', TEXTS[sort](returnOn), ''];
  return {
    sort,
    messageId,
    from,
    recipient,
    raw: Buffer.from([...head, ...body].join('\r\n')),
    ...(sort === 'absence' ? { returnOn } : {}),
  };
}

function bounceBody(who: Prospect, letter: Accepted): readonly string[] {
  return [
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `Your message could not be delivered to <${who.address}>: 550 5.1.1 no such user`,
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; mx.${who.domain}`,
    '',
    `Final-Recipient: rfc822; ${who.address}`,
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${letter.sesId}@eu-west-1.amazonses.com>`,
    '',
    '--b--',
    '',
  ];
}

/** Read off the letter as a mail program would, not out of the product. */
export function replyToOf(letter: Accepted): string {
  const head = Buffer.from(letter.raw).toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  const found = /^Reply-To:\s+<?([^\s<>]+)>?/im.exec(head.replaceAll(/\r\n[ \t]+/g, ' '));
  if (!found?.[1]) throw new Error('A letter without Reply-To.');
  return found[1];
}

/** The path of the opt-out link, as it stands in the letter's text. */
export function optOutPathOf(letter: Accepted): string {
  const text = Buffer.from(letter.raw).toString('latin1').replaceAll('=\r\n', '');
  const found = /https:\/\/relance\.example\.com(\/u\/[a-z2-7]+)/.exec(text);
  if (!found?.[1]) throw new Error('A letter without an opt-out link.');
  return found[1];
}

export const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

const inWords = (isoDate: string): string =>
  new Date(`${isoDate}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
