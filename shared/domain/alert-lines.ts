/** The lines that alerts share: who it is, what hour it is there, how to phone them, what they were sent. */

import { type Contact, displayName } from './contact.ts';
import { epochMs, type Instant } from './instant.ts';
import type { IncomingMessage, OutgoingMessage } from './message.ts';
import { oneLine } from './one-line.ts';
import { telLink, whatsappLink } from './reach-out.ts';
import { remembered } from './remembered.ts';

const PHONES_MAX = 8;
const LETTERS_MAX = 10;

/** "Ana Silva (Export Manager, Acme, PT) <ana@acme.example>"; the bare address where nobody is known. */
export function whoIs(contact: Contact | undefined, from: string | undefined): string {
  if (!contact) return from ?? 'Somebody';
  const about = [contact.title, contact.company, contact.country].filter(Boolean).join(', ');
  const name = displayName(contact);
  return `${name}${about ? ` (${about})` : ''}${name === contact.address ? '' : ` <${contact.address}>`}`;
}

/** `10:12`, or `Tue, 24 Nov, 10:12`; hours of 24, because "10:12" must not need an "am". */
export function localTime(at: Instant, zone: string, day?: 'with-day'): string {
  const format = day ? dayFormat(zone) : hourFormat(zone);
  const parts = new Map(format.formatToParts(epochMs(at)).map((part) => [part.type, part.value]));
  const time = `${parts.get('hour')}:${parts.get('minute')}`;
  return day ? `${parts.get('weekday')} ${parts.get('day')} ${parts.get('month')}, ${time}` : time;
}

const HOUR_PARTS = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DAY_PARTS = { ...HOUR_PARTS, weekday: 'short', day: 'numeric', month: 'short' } as const;
const hourFormat = remembered((timeZone) => new Intl.DateTimeFormat('en-GB', { timeZone, ...HOUR_PARTS }));
const dayFormat = remembered((timeZone) => new Intl.DateTimeFormat('en-GB', { timeZone, ...DAY_PARTS }));

/** Numbers on file and numbers in the mail, each once, with links that a telephone opens. */
export function linesOfPhones(contact: Contact | undefined, message: IncomingMessage | undefined): string {
  const read = (message?.reading.phones ?? []).map((finding) => finding.value);
  const known = (contact?.phones ?? []).filter((e164) => !read.some((phone) => phone.e164 === e164));
  const lines = [
    ...known.map((e164) => phoneLine(e164, 'on file', true)),
    ...read.map((phone) => {
      const whose =
        phone.owner === 'contact' ? 'their own' : [phone.owner, phone.name].filter(Boolean).join(' ');
      const about = `${phone.type === 'unknown' ? '' : `${phone.type}, `}${whose}${phone.urgent ? ', for urgent matters' : ''}`;
      return phoneLine(phone.e164, about, phone.type !== 'fixed' && phone.owner === 'contact');
    }),
  ];
  return lines.length === 0 ? '' : `Phones:\n${lines.slice(0, PHONES_MAX).join('\n')}`;
}

const phoneLine = (e164: string, about: string, mayChat: boolean): string =>
  `- ${e164} (${about}) ${telLink(e164)}${mayChat ? ` ${whatsappLink(e164)}` : ''}`;

/** Only letters that SES took; `zone` is the reader's clue to when it arrived there. */
export function linesOfLetters(letters: readonly OutgoingMessage[], zone: string): string {
  const sent = letters.flatMap(({ sentAt, subject }) => (sentAt ? [{ sentAt, subject }] : []));
  const lines = sent
    .toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1))
    .slice(-LETTERS_MAX)
    .map(({ sentAt, subject }) => `- ${localTime(sentAt, zone, 'with-day')}: ${oneLine(subject, 120)}`);
  return lines.length === 0 ? '' : `Letters sent to them (their time):\n${lines.join('\n')}`;
}

const SAID: Readonly<Record<string, string>> = {
  interested: 'They are interested.',
  asks: 'They ask for something.',
  later: 'They ask to be written to later.',
  'not-interested': 'They are not interested: nothing is urgent here.',
  'wrong-person': 'They say that somebody else is the one to write to.',
  'opt-out-doubtful':
    'They may be asking for no more mail. Nothing more goes out; say in the task whether they did.',
};
const PEOPLE_SHOWN_MAX = 3;

/** What their words were understood to mean, and whom they name; nothing where nothing was understood. */
export function linesOfSaid(facts: {
  readonly alert: { readonly detail?: string };
  readonly message?: IncomingMessage;
}): string {
  const { reading, matchedBy } = facts.message ?? {};
  const asked = reading?.intent?.value.asksFor ?? [];
  const people = (reading?.people ?? []).slice(0, PEOPLE_SHOWN_MAX).map(({ value }) => {
    const reach = [value.name, value.address && `<${value.address}>`, value.phone].filter(Boolean).join(' ');
    return `- ${reach} (${value.role})`;
  });
  return [
    SAID[facts.alert.detail ?? ''],
    asked.length > 0 ? `They ask for: ${asked.join(', ')}.` : undefined,
    matchedBy === 'company'
      ? 'It was found by company and subject only: probably, not surely, theirs.'
      : undefined,
    people.length > 0 ? `They name:\n${people.join('\n')}` : undefined,
  ]
    .filter(Boolean)
    .join('\n');
}
