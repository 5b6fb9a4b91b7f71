/** Ways from a mail to a conversation that a telephone understands: links to tap, and a card for the address book. */
import { type Contact, displayName } from './contact.ts';
import { oneLine } from './one-line.ts';
import type { Task } from './task.ts';

/** `https://wa.me/<digits>?text=…`; opens the chat with the words typed but not sent. */
export function whatsappLink(e164: string, text?: string): string {
  const link = `https://wa.me/${e164.replace(/[^0-9]/g, '')}`;
  return text ? `${link}?text=${encodeURIComponent(text.toWellFormed())}` : link;
}

/** RFC 3966: `tel:+351912345678`. */
export const telLink = (e164: string): string => `tel:+${e164.replace(/[^0-9]/g, '')}`;

const LINE_BYTES_MAX = 75;

/**
 * A vCard 4.0 (RFC 6350). `remark` says where the number comes from: the salesperson will meet it among thousands.
 * `person`: the number is not the contact's own but a stand-in's or a switchboard's, and the card is theirs.
 */
export function vCard(card: {
  readonly contact: Contact;
  readonly phone: string | readonly string[];
  readonly remark: string;
  readonly person?: string;
}): string {
  const { contact, person, remark } = card;
  const phones = typeof card.phone === 'string' ? [card.phone] : card.phone;
  const own =
    person === undefined
      ? [
          `FN:${escaped(displayName(contact))}`,
          `N:${escaped(contact.lastName ?? '')};${escaped(contact.firstName ?? '')};;;`,
        ]
      : [`FN:${escaped(nameOfOther(contact, person))}`, `N:${escaped(nameOfOther(contact, person))};;;;`];
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    ...own,
    contact.company && `ORG:${escaped(contact.company)}`,
    person === undefined && contact.title && `TITLE:${escaped(contact.title)}`,
    ...phones.map((phone) => `TEL;VALUE=uri:${telLink(phone)}`),
    person === undefined && `EMAIL:${escaped(contact.address)}`,
    remark && `NOTE:${escaped(remark)}`,
    'END:VCARD',
  ];
  const present = lines.filter((line): line is string => typeof line === 'string' && line !== '');
  return `${present.map(folded).join('\r\n')}\r\n`;
}

/** Of a number without a name only its kind is known. */
const nameOfOther = (contact: Contact, person: string): string =>
  person === 'stand-in' || person === 'switchboard'
    ? `${contact.company ?? displayName(contact)}, ${person}`
    : person;

const REMARK_QUOTE_CHARS = 200;

/** "Acme, PT · stand-in for Ana Silva · from their mail of 2026-11-24: “…”". */
export function cardRemark(contact: Contact, task?: Task): string {
  const { person, messageId, createdAt, quote } = task ?? {};
  const origin = messageId && createdAt ? `from their mail of ${createdAt.slice(0, 10)}` : 'number on file';
  const words = quote ? `: “${oneLine(quote, REMARK_QUOTE_CHARS)}”` : '';
  return [
    [contact.company, contact.country].filter(Boolean).join(', '),
    person === undefined ? contact.grade && `grade ${contact.grade}` : `for ${displayName(contact)}`,
    `${origin}${words}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** RFC 6350 §3.4. A line break may only stand as `\n`, or a value could begin a property of its own. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\\/gu, '\\\\')
    .replace(/[,;]/gu, '\\$&')
    .replace(/\r\n?|\n/gu, '\\n')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');

/** RFC 6350 §3.2: lines of at most 75 octets, and never a break inside a character. */
function folded(line: string): string {
  const parts = [''];
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > LINE_BYTES_MAX) {
      parts.push('');
      // The blank that marks a continuation counts.
      bytes = 1;
    }
    parts[parts.length - 1] += character;
    bytes += size;
  }
  return parts.join('\r\n ');
}
