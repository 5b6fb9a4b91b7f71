/** A sender's channels, one by one: adding, removing, and trying whether one works. */
import type { NewChannel } from './api/channels.ts';
import type { Fault } from './api.ts';
import { throughChannel } from './channels/through-channel.ts';
import type { Alert } from './domain/alert.ts';
import type { Channel } from './domain/channel.ts';
import type { AlertId, SenderId } from './domain/ids.ts';
import type { Sender } from './domain/sender.ts';
import type { Ports } from './ports.ts';
import { faultsOfClock } from './senders.ts';

const TRIES = 5;
export const CHANNELS_MAX = 10;

export type ChannelChange =
  | { readonly kind: 'changed'; readonly channel?: Channel; readonly secret?: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly why: 'taken' | 'too-many' | 'last' }
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] };

/** A webhook without a secret gets one, which is answered this once. */
export async function addChannel(ports: Ports, id: SenderId, given: NewChannel): Promise<ChannelChange> {
  const made = given.kind === 'webhook' && !given.secret ? newHookSecret(ports) : undefined;
  const channel = (made ? { ...given, secret: made } : given) as Channel;
  return changeChannels(ports, id, (channels) => {
    if (channels.some((one) => one.id === channel.id)) return { kind: 'refused', why: 'taken' };
    if (channels.length >= CHANNELS_MAX) return { kind: 'refused', why: 'too-many' };
    return {
      channels: [...channels, channel],
      answer: { kind: 'changed', channel, ...(made ? { secret: made } : {}) },
    };
  });
}

/** Alerts that are on their way to it stay listed, and are tried no more. */
export function removeChannel(ports: Ports, id: SenderId, channelId: string): Promise<ChannelChange> {
  return changeChannels(ports, id, (channels) => {
    const left = channels.filter((one) => one.id !== channelId);
    if (left.length === channels.length) return { kind: 'unknown' };
    if (left.length === 0) return { kind: 'refused', why: 'last' };
    return { channels: left, answer: { kind: 'changed' } };
  });
}

type Change = (
  channels: readonly Channel[],
) => ChannelChange | { readonly channels: readonly Channel[]; readonly answer: ChannelChange };

async function changeChannels(ports: Ports, id: SenderId, change: Change): Promise<ChannelChange> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await ports.store.load('sender', id);
    if (!before) return { kind: 'unknown' };
    const changed = change(before.channels);
    if (!('channels' in changed)) return changed;
    const after: Sender = { ...before, channels: changed.channels };
    const faults = await faultsOfClock(ports, after);
    if (faults.length > 0) return { kind: 'invalid', faults };
    const watched = ['channels', 'replyClock', 'ownMailbox', 'transferredTo'] as const;
    if ((await ports.store.replace('sender', before, after, watched)) === 'saved') return changed.answer;
  }
  throw new Error(`Sender ${id} is too contended: ${TRIES} edits in a row lost`);
}

/** 40 bytes of 200 random bits, as Standard Webhooks writes a secret. */
export const newHookSecret = ({ ids }: Ports): string =>
  `whsec_${Buffer.from(ids.fresh() + ids.fresh()).toString('base64')}`;

/** One message by this channel now, outside queue, turns and routing. `undefined`: it was taken. */
export async function tryChannel(
  ports: Ports,
  sender: Sender,
  channel: Channel,
): Promise<string | undefined> {
  const now = ports.clock.now();
  const alert: Alert = {
    id: ports.ids.fresh() as AlertId,
    kind: 'channel-test',
    at: now,
    senderId: sender.id,
    delivered: {},
  };
  const known = { alert, sender, letters: [], publicUrl: ports.settings.publicUrl, now };
  return (await throughChannel(ports, channel, channel.id, known))?.why;
}
