/** One alert through one channel, whichever it is. Answers why it was not taken, as a value. */
import type { Known } from '../alert-facts.ts';
import { pageOf, writeAlert } from '../domain/alert-text.ts';
import { CHATS, type Channel, type ChannelOf, type ChatKind } from '../domain/channel.ts';
import { derivedId } from '../domain/ids.ts';
import type { Ports } from '../ports.ts';
import { byMail } from './by-mail.ts';
import { byWebhook } from './by-webhook.ts';
import { chatPost, readChatAnswer, type Taken, TURNS_A_MINUTE } from './chat.ts';

export async function throughChannel(
  ports: Ports,
  channel: Channel,
  way: string,
  known: Known,
): Promise<Taken> {
  if (channel.kind === 'mail') return byMail(ports, channel, way, known);
  if (channel.kind === 'webhook') return byWebhook(ports, channel, way, known);
  return byChat(ports, channel, known);
}

const isChat = (channel: Channel): channel is ChannelOf<ChatKind> =>
  CHATS.some((kind) => kind === channel.kind);

/** A robot has so many messages a minute. The URL names it: one group may be the channel of several senders. */
export async function mayCallNow(ports: Ports, channel: Channel): Promise<boolean> {
  if (!isChat(channel)) return true;
  const robot = derivedId('robot', channel.url);
  return ports.store.takeTurn(robot, ports.clock.now(), TURNS_A_MINUTE[channel.kind]);
}

async function byChat(ports: Ports, channel: ChannelOf<ChatKind>, known: Known): Promise<Taken> {
  const { url, headers, body } = chatPost(channel, { ...writeAlert(known), link: pageOf(known) }, known.now);
  const answer = await ports.alerts.post(url, headers, body).catch(() => undefined);
  return answer ? readChatAnswer(channel.kind, answer) : { why: 'no answer' };
}
