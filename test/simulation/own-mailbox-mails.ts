/** What the salesperson's own mailbox sends on: redirects, inline forwards, and Bcc copies of answers by hand. */
import type { SenderId } from '../../shared/domain/ids.ts';
import { senderAddress } from '../../shared/domain/token.ts';
import { SECRETS } from './ports/edges.ts';
import type { Prospect, WrittenMail } from './prospects.ts';

export type Way = 'redirect' | 'inline';

const DOMAIN = 'reply.example.com';
/** Where the mailbox of the scripts' salesperson redirects to. */
const redirectTo = (sender: string): string => senderAddress(DOMAIN, SECRETS.tokenKeys, sender as SenderId);
const ownAddress = (sender: string): string => `${sender}@doe.example`;

/** The prospect wrote to the sender's own address; a rule of that mailbox sends the mail on. */
export function sentOn(mail: WrittenMail, sender: string, way: Way): WrittenMail {
  const [head = '', ...rest] = Buffer.from(mail.raw).toString('utf8').split('\r\n\r\n');
  const toOwn = head.replace(/^To: .*$/m, `To: ${ownAddress(sender)}`);
  const text = rest.join('\r\n\r\n');
  const raw = way === 'redirect' ? `${toOwn}\r\n\r\n${text}` : inline(mail, sender, toOwn, text);
  return { ...mail, recipient: redirectTo(sender), raw: Buffer.from(raw) };
}

function inline(mail: WrittenMail, sender: string, head: string, text: string): string {
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1] ?? '';
  return [
    `From: Jane Doe <${ownAddress(sender)}>`,
    `To: ${redirectTo(sender)}`,
    `Subject: Fwd: ${header('Subject')}`,
    `Date: ${header('Date')}`,
    `Message-ID: <forward-${mail.messageId}>`,
    `References: ${header('In-Reply-To')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'For your information.',
    '',
    '---------- Forwarded message ---------',
    `From: ${header('From')}`,
    `Date: ${header('Date')}`,
    `Subject: ${header('Subject')}`,
    `To: ${ownAddress(sender)}`,
    '',
    text,
  ].join('\r\n');
}

/** `mail` as the salesperson would have written it to the prospect, with a blind copy to us. */
export function ownCopy(mail: WrittenMail, who: Prospect, sender: string): WrittenMail {
  const raw = Buffer.from(mail.raw)
    .toString('utf8')
    .replace(/^From: .*$/m, `From: Jane Doe <${ownAddress(sender)}>`)
    .replace(/^To: .*$/m, `To: ${who.address}`);
  return { ...mail, recipient: redirectTo(sender), raw: Buffer.from(raw) };
}
