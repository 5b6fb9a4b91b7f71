/** Which ways an alert takes first, and which channel a way leads to. */
import type { Alert } from './domain/alert.ts';
import { type Channel, channelsFor } from './domain/channel.ts';
import type { SenderId } from './domain/ids.ts';
import type { ReplyClock } from './domain/reply-clock.ts';
import type { Sender } from './domain/sender.ts';
import { readWay, writeWay } from './domain/way.ts';
import type { Ports } from './ports.ts';
import { senderNow } from './sender-now.ts';

/** The sender's channels that this alert is for; the operator's mail where it belongs to nobody. */
export async function firstWays(ports: Ports, alert: Alert): Promise<readonly string[]> {
  const sender = alert.senderId && (await ports.store.load('sender', alert.senderId));
  return (await chosenOf(ports, alert, sender || undefined)).map(({ id }) => writeWay({ channelId: id }));
}

/** The ways of one ring to one person, their own choices respected. */
export async function waysTo(
  ports: Ports,
  alert: Alert,
  ring: number,
  senderId: SenderId | undefined,
): Promise<readonly string[]> {
  const sender = await senderNow(ports, senderId ?? alert.senderId);
  if (!sender) return [];
  const owner = sender.id === alert.senderId ? {} : { senderId: sender.id };
  return (await chosenOf(ports, alert, sender)).map(({ id }) => writeWay({ channelId: id, ...owner, ring }));
}

/** `undefined`: the channel is gone; the alert itself stays listed. */
export async function channelOfWay(ports: Ports, alert: Alert, text: string): Promise<Channel | undefined> {
  const way = readWay(text);
  if (!way) return undefined;
  const senderId = way.senderId ?? alert.senderId;
  const sender = senderId && (await ports.store.load('sender', senderId));
  return channelsOf(ports, sender || undefined).find(({ id }) => id === way.channelId);
}

async function chosenOf(ports: Ports, alert: Alert, sender: Sender | undefined): Promise<readonly Channel[]> {
  const channels = channelsOf(ports, sender);
  // Only a choice by grade makes the contact worth a read.
  const isByGrade = alert.contactId && channels.some(({ only }) => only?.grades);
  const contact =
    isByGrade && alert.contactId ? await ports.store.load('contact', alert.contactId) : undefined;
  return channelsFor(channels, alert, contact?.grade, sender && laterOf(sender.replyClock));
}

const channelsOf = (ports: Ports, sender: Sender | undefined): readonly Channel[] =>
  sender?.channels ?? [{ kind: 'mail', id: 'operator', address: ports.settings.operatorAddress }];

const laterOf = (clock: ReplyClock | undefined): readonly string[] =>
  (clock?.escalation ?? []).flatMap((step) => ('channel' in step ? [step.channel] : []));
