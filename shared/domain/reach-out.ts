/** Ways from a mail to a conversation that a telephone understands: links to tap, and a card for the address book. */
import { type Contact, displayName } from './contact.ts';

/** `https://wa.me/<digits>?text=…`; opens the chat with the words typed but not sent. */
export function whatsappLink(e164: string, text?: string): string {
  const link = `https://wa.me/${e164.replace(/[^0-9]/g, '')}`;
  return text ? `${link}?text=${encodeURIComponent(text.toWellFormed())}` : link;
}

/** RFC 3966: `tel:+351912345678`. */
export const telLink = (e164: string): string => `tel:+${e164.replace(/[^0-9]/g, '')}`;

const LINE_BYTES_MAX = 75;

/** A vCard 4.0 (RFC 6350). `remark` says where the number comes from: the salesperson will meet it among thousands. */
export function vCard(card: {
  readonly contact: Contact;
  readonly phone: string;
  readonly remark: string;
}): string {
  const { contact } = card;
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `FN:${escaped(displayName(contact))}`,
    `N:${escaped(contact.lastName ?? '')};${escaped(contact.firstName ?? '')};;;`,
    contact.company && `ORG:${escaped(contact.company)}`,
    contact.title && `TITLE:${escaped(contact.title)}`,
    `TEL;VALUE=uri:${telLink(card.phone)}`,
    `EMAIL:${escaped(contact.address)}`,
    card.remark && `NOTE:${escaped(card.remark)}`,
    'END:VCARD',
  ];
  const present = lines.filter((line): line is string => line !== undefined && line !== '');
  return `${present.map(folded).join('\r\n')}\r\n`;
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
