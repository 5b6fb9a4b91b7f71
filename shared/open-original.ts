/** A stored inbound mail opened again for a person: its whole text, and its formatting without anything that acts. */
import type { OriginalView } from './api/originals.ts';
import type { IncomingMessage } from './domain/message.ts';
import { harmlessHtml } from './harmless-html.ts';
import { MAIL_BYTES_MAX } from './inbound/mail-limits.ts';
import { htmlOf, parseMail } from './parse-mail.ts';
import type { Ports } from './ports.ts';

/** `undefined`: the bucket's lifecycle has taken the original. */
export async function openOriginal(
  ports: Ports,
  message: IncomingMessage,
): Promise<OriginalView | undefined> {
  const bytes = await ports.mailbox.read(message.rawKey, MAIL_BYTES_MAX);
  return bytes && originalOf(bytes);
}

export async function originalOf(bytes: Uint8Array): Promise<OriginalView> {
  const mail = await parseMail(bytes);
  const raw = mail.unread ? undefined : await htmlOf(bytes);
  const made = raw === undefined ? undefined : harmlessHtml(raw);
  const [from] = mail.from;
  return {
    ...(from ? { from: from.name ? `${from.name} <${from.address}>` : from.address } : {}),
    ...(mail.subject ? { subject: mail.subject } : {}),
    text: mail.text,
    ...(made ? { html: made.html } : {}),
    attachments: mail.attachments.map((one) => ({ ...one })),
    isCut: mail.truncated.bytes || mail.truncated.text || made?.isCut === true,
  };
}
