/** /v1/senders/ID/channels: the ways to one salesperson. */
import type { channelOperations } from '../../shared/api/operations/channels.ts';
import {
  addChannel,
  CHANNELS_MAX,
  type ChannelChange,
  removeChannel,
  tryChannel,
} from '../../shared/channels.ts';
import type { SenderId } from '../../shared/domain/ids.ts';
import type { Sender } from '../../shared/domain/sender.ts';
import { channelView } from './channel-view.ts';
import { created, type MakeHandlers, ok } from './handler.ts';
import { conflict, invalid, notFound } from './problem.ts';

export const channelHandlers: MakeHandlers<typeof channelOperations> = (ports) => {
  const load = async (id: string): Promise<Sender> => {
    const sender = await ports.store.load('sender', id as SenderId);
    if (!sender) throw notFound(`Sender ${id}`);
    return sender;
  };
  const listed = async (id: string) => ok({ items: (await load(id)).channels.map(channelView) });
  return {
    'channels.list': ({ params }) => listed(params.id),
    'channels.add': async ({ params: { id }, body }) => {
      await load(id);
      const added = changedOrThrow(await addChannel(ports, id as SenderId, body), body.id);
      if (!added.channel) throw new Error('A channel was added and is not there.');
      const channel = channelView(added.channel);
      return created({ channel, ...(added.secret ? { secret: added.secret } : {}) });
    },
    'channels.remove': async ({ params: { id, channelId } }) => {
      changedOrThrow(await removeChannel(ports, id as SenderId, channelId), channelId);
      return listed(id);
    },
    'channels.test': async ({ params: { id, channelId } }) => {
      const sender = await load(id);
      const channel = sender.channels.find((one) => one.id === channelId);
      if (!channel) throw notFound(`Channel ${channelId} of sender ${id}`);
      const why = await tryChannel(ports, sender, channel);
      return ok({ delivered: why === undefined, detail: why === undefined ? TAKEN : worded(why) });
    },
  };
};

const TAKEN =
  'It was taken. Look whether the message has arrived: a channel can take one and still not show it.';

/** The codes that people meet; all others are shown as they came. */
function worded(why: string): string {
  const hint = HINTS.find(([code]) => code.test(why))?.[1];
  return `It was not taken (${why}). ${hint ?? 'Alerts are tried again for a day; look at the channel meanwhile.'}`;
}

const HINTS: readonly (readonly [code: RegExp, hint: string])[] = [
  [
    /^no answer$/,
    'The address could not be reached, leads to no public address, or did not answer in 5 seconds.',
  ],
  [/^3\d\d$/, 'It points elsewhere, and redirects are not followed: name the address where it leads.'],
  [/^(401|403)/, 'It asks for something that is not sent: check the URL and the secret.'],
  [/^(404|410)/, 'The robot or endpoint is gone: make a new one and name its URL.'],
  [/^errcode 93000$/, 'WeCom knows no robot with this key: copy its URL again.'],
  [/^errcode 300001$/, 'DingTalk knows no robot with this token: copy its URL again.'],
  [
    /^errcode 310000$/,
    'DingTalk’s security settings refuse it: give the SEC… secret, or make "Relance" its keyword.',
  ],
  [/^code 19021$/, 'Feishu refuses the signature: copy the secret again.'],
  [
    /^code 1902[24]$/,
    'Feishu’s security settings refuse it: drop its list of addresses, or make "Relance" its keyword.',
  ],
  [
    /^(429|errcode (45009|130101|410100|660026)|code 11232)/,
    'It was asked too often: alerts wait their turn.',
  ],
];

function changedOrThrow(
  change: ChannelChange,
  channelId: string,
): Extract<ChannelChange, { kind: 'changed' }> {
  if (change.kind === 'changed') return change;
  if (change.kind === 'invalid') throw invalid(change.faults);
  if (change.kind === 'unknown') throw notFound(`Channel ${channelId}`);
  if (change.why === 'taken') throw conflict(`Another channel has the id ${channelId}: choose another.`);
  if (change.why === 'last')
    throw conflict('This is the last channel, and alerts must reach somebody: add another one first.');
  throw conflict(`A sender has at most ${CHANNELS_MAX} channels: remove one first.`);
}
