/**
 * An alert as a mail that alone suffices to answer: a reply to it goes to the prospect, in their thread, with a copy
 * that stops the clock.
 */
import type { Known } from '../alert-facts.ts';
import { composeAlert, ORIGINAL_BYTES_MAX } from '../compose-mail.ts';
import { type AlertFacts, alertFromName, writeAlert } from '../domain/alert-text.ts';
import type { ChannelOf } from '../domain/channel.ts';
import type { IncomingMessage } from '../domain/message.ts';
import { senderAddress } from '../domain/token.ts';
import type { Ports } from '../ports.ts';
import type { Taken } from './chat.ts';

export async function byMail(
  ports: Ports,
  channel: ChannelOf<'mail'>,
  way: string,
  known: Known,
): Promise<Taken> {
  const { settings, ids } = ports;
  const { alert, contact, message, sender } = known;
  const original = message && (await readOriginal(ports, message));
  const { subject, text } = writeAlert(original ? { ...known, original: original.state } : known);
  const answersTo = contact && alert.kind === 'reply' ? [message?.from ?? contact.address] : [];
  const copiesTo =
    answersTo.length > 0 && sender ? [senderAddress(settings.replyDomain, ids.tokenKeys, sender.id)] : [];
  const inReplyTo = message?.rfcMessageId && `<${message.rfcMessageId}>`;
  const raw = await composeAlert({
    messageId: `<${alert.id}-${way}@${settings.replyDomain}>`,
    fromName: alertFromName(contact),
    alertAddress: settings.alertAddress,
    to: channel.address,
    replyTo: [...answersTo, ...copiesTo],
    ...(inReplyTo ? { inReplyTo } : {}),
    references: [...(message?.references ?? []).map((id) => `<${id}>`), ...(inReplyTo ? [inReplyTo] : [])],
    subject,
    text,
    ...(alert.urgency === 'quiet' ? { isQuiet: true } : {}),
    ...(original?.bytes ? { original: original.bytes } : {}),
    date: known.now,
  });
  const outcome = await ports.mailer.send({
    from: settings.alertAddress,
    to: [channel.address],
    raw,
    tags: { alert: alert.id },
  });
  if (outcome.kind === 'accepted') return undefined;
  return { why: outcome.kind === 'refused' ? outcome.why : 'no answer' };
}

type Original = { readonly state: NonNullable<AlertFacts['original']>; readonly bytes?: Uint8Array };

/** An alert never fails because of its original, and never hands on what SES found a virus in. */
async function readOriginal(ports: Ports, message: IncomingMessage): Promise<Original> {
  if (message.hasVirus) return { state: 'infected' };
  const bytes = await ports.mailbox.read(message.rawKey, ORIGINAL_BYTES_MAX + 1).catch(() => undefined);
  return bytes && bytes.length <= ORIGINAL_BYTES_MAX ? { state: 'attached', bytes } : { state: 'too-large' };
}
