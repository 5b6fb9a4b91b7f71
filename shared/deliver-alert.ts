/**
 * One alert through one channel, at least once: delivered first, marked after. The alert alone suffices to answer:
 * a reply to its mail goes to the prospect, in their thread, with a copy that stops the clock.
 */
import { Webhook } from 'standardwebhooks';
import { composeAlert, ORIGINAL_BYTES_MAX } from './compose-mail.ts';
import { ALERT_TRIED_FOR_MS, type Alert, alertRetryMs } from './domain/alert.ts';
import { type AlertFacts, alertFromName, contactPage, writeAlert } from './domain/alert-text.ts';
import { displayName } from './domain/contact.ts';
import { epochMs, type Instant, msBetween } from './domain/instant.ts';
import type { IncomingMessage, OutgoingMessage } from './domain/message.ts';
import type { Channel } from './domain/sender.ts';
import { senderAddress } from './domain/token.ts';
import type { AlertDelivery, Ports } from './ports.ts';
import { channelsOf } from './raise-alert.ts';

/** Two channels may mark one alert at the same moment. */
const MARK_ROUNDS_MAX = 8;

/**
 * Does nothing where the channel has had it, or where this attempt has failed before. A channel that does not take it is asked again later, for a day; after
 * that every attempt throws, so that the message ends among the dead letters. Asked again, it may deliver twice:
 * receivers deduplicate by the alert's id.
 */
export async function deliverAlert(ports: Ports, delivery: AlertDelivery): Promise<void> {
  const { alertId, channelId, attempt } = delivery;
  const alert = await ports.store.load('alert', alertId);
  if (!alert || alert.delivered[channelId] || failures(alert, channelId) > attempt) return;
  const channel = (await channelsOf(ports, alert)).find((one) => one.id === channelId);
  // The sender dropped this channel meanwhile; the alert itself stays listed.
  if (!channel) return;
  const known = await gather(ports, alert);
  const failure =
    channel.kind === 'mail' ? await byMail(ports, channel, known) : await byWebhook(ports, channel, known);
  if (failure === undefined) return markDelivered(ports, alertId, channelId);
  await putOff(ports, alert, delivery, failure);
}

const failures = (alert: Alert, channelId: string): number => alert.tried?.[channelId]?.count ?? 0;

/**
 * Whoever records the failure of an attempt queues the next one. Were every copy of a message to queue its own, a
 * storm of copies would breed storms.
 */
async function putOff(ports: Ports, alert: Alert, delivery: AlertDelivery, why: string): Promise<void> {
  const { channelId, attempt } = delivery;
  const now = ports.clock.now();
  const ageMs = Math.max(0, msBetween(alert.at, now));
  const isGivenUp = ageMs > ALERT_TRIED_FOR_MS;
  const noted = isGivenUp
    ? ({ at: now, count: attempt, why, isGivenUp } as const)
    : { at: now, count: attempt + 1, why };
  const isMine = await mark(ports, alert.id, channelId, (stored) =>
    failures(stored, channelId) === attempt ? { tried: { ...stored.tried, [channelId]: noted } } : undefined,
  );
  if (isGivenUp) throw new Error(`Alert ${alert.id} was not taken by ${channelId}: ${why}`);
  if (isMine) await ports.alerts.queue({ ...delivery, attempt: attempt + 1 }, alertRetryMs(ageMs));
}

type Known = Omit<AlertFacts, 'original'>;

async function gather(ports: Ports, alert: Alert): Promise<Known> {
  const { store, settings, clock } = ports;
  const owner = alert.contactId ?? 'unmatched';
  const [contact, message, sender, messages] = await Promise.all([
    alert.contactId && store.load('contact', alert.contactId),
    alert.messageId && store.load('message', owner, alert.messageId),
    alert.senderId && store.load('sender', alert.senderId),
    alert.contactId ? store.listMessages(alert.contactId) : undefined,
  ]);
  const letters = (messages?.items ?? [])
    .filter((one): one is OutgoingMessage => one.kind === 'out' && one.sentAt !== undefined)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  return {
    alert,
    letters,
    publicUrl: settings.publicUrl,
    now: clock.now(),
    ...(contact ? { contact } : {}),
    ...(message?.kind === 'in' ? { message } : {}),
    ...(sender ? { sender } : {}),
  };
}

async function byMail(
  ports: Ports,
  channel: Extract<Channel, { kind: 'mail' }>,
  known: Known,
): Promise<string | undefined> {
  const { settings, ids } = ports;
  const { alert, contact, message, sender } = known;
  const original = message && (await readOriginal(ports, message));
  const facts: AlertFacts = message ? { ...known, original: original ? 'attached' : 'too-large' } : known;
  const { subject, text } = writeAlert(facts);
  const answersTo = contact && alert.kind === 'reply' ? [message?.from ?? contact.address] : [];
  const copiesTo =
    answersTo.length > 0 && sender ? [senderAddress(settings.replyDomain, ids.tokenKeys, sender.id)] : [];
  const inReplyTo = message?.rfcMessageId && `<${message.rfcMessageId}>`;
  const raw = await composeAlert({
    messageId: `<${alert.id}-${channel.id}@${settings.replyDomain}>`,
    fromName: alertFromName(contact),
    alertAddress: settings.alertAddress,
    to: channel.address,
    replyTo: [...answersTo, ...copiesTo],
    ...(inReplyTo ? { inReplyTo } : {}),
    references: [...(message?.references ?? []).map((id) => `<${id}>`), ...(inReplyTo ? [inReplyTo] : [])],
    subject,
    text,
    ...(alert.urgency === 'quiet' ? { isQuiet: true } : {}),
    ...(original ? { original } : {}),
    date: known.now,
  });
  const outcome = await ports.mailer.send({
    from: settings.alertAddress,
    to: [channel.address],
    raw,
    tags: { alert: alert.id },
  });
  if (outcome.kind === 'accepted') return undefined;
  return outcome.kind === 'refused' ? outcome.why : 'no answer';
}

/** An alert never fails because of its original. */
async function readOriginal(ports: Ports, message: IncomingMessage): Promise<Uint8Array | undefined> {
  const bytes = await ports.mailbox.read(message.rawKey, ORIGINAL_BYTES_MAX + 1).catch(() => undefined);
  return bytes && bytes.length <= ORIGINAL_BYTES_MAX ? bytes : undefined;
}

/** Standard Webhooks: id, timestamp and signature in headers; the id is the alert's, so receivers can deduplicate. */
async function byWebhook(
  ports: Ports,
  channel: Extract<Channel, { kind: 'webhook' }>,
  known: Known,
): Promise<string | undefined> {
  const body = JSON.stringify(webhookBody(known));
  const at = new Date(epochMs(known.now));
  const headers = {
    'content-type': 'application/json',
    'webhook-id': known.alert.id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(channel.secret).sign(known.alert.id, at, body),
  };
  // Somebody else's server: that it does not answer is no surprise.
  const answer = await ports.alerts.post(channel.url, headers, body).catch(() => undefined);
  if (!answer) return 'no answer';
  const { status } = answer;
  return status < 200 || status > 299 ? String(status) : undefined;
}

function webhookBody(known: Known) {
  const { alert, contact, message, publicUrl } = known;
  const { delivered: _, ...data } = alert;
  return {
    type: `alert.${alert.kind}`,
    timestamp: alert.at satisfies Instant,
    data: {
      ...data,
      summary: writeAlert(known).subject,
      ...(contact
        ? {
            contact: {
              id: contact.id,
              name: displayName(contact),
              address: contact.address,
              company: contact.company,
              country: contact.country,
              grade: contact.grade,
              url: contactPage(publicUrl, contact.id),
            },
          }
        : {}),
      ...(message
        ? {
            message: {
              id: message.id,
              from: message.from,
              subject: message.subject,
              text: message.reading.replyText,
              kind: message.reading.kind.value,
              phones: message.reading.phones.map((phone) => phone.value),
            },
          }
        : {}),
    },
  };
}

async function markDelivered(ports: Ports, alertId: string, channelId: string): Promise<void> {
  const at = ports.clock.now();
  await mark(ports, alertId, channelId, ({ delivered }) => ({
    delivered: { ...delivered, [channelId]: at },
  }));
}

/** Loses nothing of what another channel marks meanwhile. `false`: there was nothing to change any more. */
async function mark(
  ports: Ports,
  alertId: string,
  channelId: string,
  change: (alert: Alert) => Partial<Pick<Alert, 'delivered' | 'tried'>> | undefined,
): Promise<boolean> {
  for (let round = 0; round < MARK_ROUNDS_MAX; round++) {
    const alert = await ports.store.load('alert', alertId);
    const changed = alert && !alert.delivered[channelId] && change(alert);
    if (!alert || !changed) return false;
    const after = { ...alert, ...changed };
    if ((await ports.store.replace('alert', alert, after, ['delivered', 'tried'])) === 'saved') return true;
  }
  throw new Error(`Alert ${alertId} could not be marked: ${MARK_ROUNDS_MAX} changes in a row lost`);
}
