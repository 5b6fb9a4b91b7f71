/** Making and changing senders. Asking for the same thing twice is no error; asking for another under its id is. */
import { isDeepStrictEqual } from 'node:util';
import type { ChannelPatches } from './api/channels.ts';
import type { SenderInput, SenderPatch } from './api/senders.ts';
import type { Fault } from './api.ts';
import type { Channel } from './domain/channel.ts';
import { derivedId, normaliseAddress, type SenderId } from './domain/ids.ts';
import type { ReplyClock } from './domain/reply-clock.ts';
import type { Sender } from './domain/sender.ts';
import type { Ports } from './ports.ts';

/** A sender ready to be saved, or already there. */
export type SenderDraft =
  | { readonly kind: 'new' | 'stored'; readonly sender: Sender }
  | { readonly kind: 'taken'; readonly sender: Sender }
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] };

const CHANGE_TRIES = 5;

/** Without an id of its own a sender is its address: written out in two campaigns, it is one person. */
const senderIdOf = (address: string): string => derivedId('sender', normaliseAddress(address) ?? address);

/** Saves nothing. `taken`: another sender has this id. */
export async function draftSender(ports: Ports, input: SenderInput): Promise<SenderDraft> {
  const { id, channels, replyClock, ...rest } = input;
  const sender: Sender = {
    ...rest,
    ...(replyClock ? { replyClock: replyClock as ReplyClock } : {}),
    id: (id ?? senderIdOf(input.address)) as SenderId,
    channels: channels ?? [{ kind: 'mail', id: 'own', address: input.address }],
  };
  const stored = await ports.store.load('sender', sender.id);
  const faults = stored ? [] : await faultsOfClock(ports, sender);
  if (faults.length > 0) return { kind: 'invalid', faults };
  if (!stored) return { kind: 'new', sender };
  // What was found out meanwhile is no part of what was asked for.
  const { ownMailbox: _found, transferredTo: _left, sesAllows: _share, ...asked } = stored;
  return isDeepStrictEqual(asked, sender)
    ? { kind: 'stored', sender: stored }
    : { kind: 'taken', sender: stored };
}

/** `exists` only where two requests raced for one id; whoever was first has it. */
export async function createSender(ports: Ports, input: SenderInput): Promise<SenderDraft> {
  const draft = await draftSender(ports, input);
  if (draft.kind !== 'new') return draft;
  if ((await ports.store.putNew('sender', draft.sender)) === 'put') return draft;
  return draftSender(ports, { ...input, id: draft.sender.id });
}

export type SenderChange =
  | { readonly kind: 'changed'; readonly sender: Sender }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] };

/** `expected` throws where the sender is not as the caller knew it. Throws if other edits win five times in a row. */
export async function changeSender(
  ports: Ports,
  id: SenderId,
  patch: SenderPatch,
  expected?: (before: Sender) => void,
): Promise<SenderChange> {
  for (let attempt = 0; attempt < CHANGE_TRIES; attempt++) {
    const before = await ports.store.load('sender', id);
    if (!before) return { kind: 'unknown' };
    expected?.(before);
    const channels = patch.channels && withSecrets(patch.channels, before.channels);
    if (channels?.kind === 'invalid') return channels;
    const { channels: _asked, ...fields } = patch;
    const isMoved = patch.address !== undefined && patch.address !== before.address;
    const merged = {
      ...before,
      ...(isMoved ? { ownMailbox: undefined } : {}),
      ...fields,
      ...(channels ? { channels: channels.channels } : {}),
    };
    const after = Object.fromEntries(
      Object.entries(merged).filter(([, value]) => value !== null && value !== undefined),
    ) as Sender;
    const faults = await faultsOfClock(ports, after);
    if (faults.length > 0) return { kind: 'invalid', faults };
    // A probe may come back at this moment; another address has not been tried.
    const watched = Object.keys(expected ? { ...before, ...patch } : patch) as (keyof Sender & string)[];
    const touched = [...new Set([...watched, 'ownMailbox' as const])];
    if ((await ports.store.replace('sender', before, after, touched)) === 'saved')
      return { kind: 'changed', sender: after };
  }
  throw new Error(`Sender ${id} is too contended: ${CHANGE_TRIES} edits in a row lost`);
}

/** Answers never show a secret, so an edit that sends back what it was shown must not lose it. */
function withSecrets(asked: ChannelPatches, before: readonly Channel[]) {
  const faults: Fault[] = [];
  const channels = asked.map((channel, at): Channel => {
    if (channel.kind === 'mail') return channel;
    const old = before.find((one) => one.id === channel.id && one.kind === channel.kind);
    const had = old?.kind === 'mail' ? undefined : old;
    const url = channel.url ?? had?.url;
    if (url === undefined)
      faults.push({ pointer: `/channels/${at}/url`, detail: 'A new robot needs its URL.' });
    // Kept for its own address only: a new one must not get alerts signed with a secret it was never told.
    const asks = 'secret' in channel ? channel.secret : undefined;
    const secret = asks ?? (had?.url === url ? had?.secret : undefined);
    if (channel.kind !== 'webhook')
      return { ...channel, url: url ?? '', ...(secret === undefined ? {} : { secret }) };
    if (secret === undefined)
      faults.push({ pointer: `/channels/${at}/secret`, detail: 'A new webhook needs its secret: whsec_….' });
    return { ...channel, url: url ?? '', secret: secret ?? '' };
  });
  return faults.length > 0 ? ({ kind: 'invalid', faults } as const) : ({ kind: 'sound', channels } as const);
}

/** A reply clock that names nobody would let an answer lie: every channel and person in it must be there. */
export async function faultsOfClock(ports: Ports, sender: Sender): Promise<readonly Fault[]> {
  const { replyClock: clock, channels, id } = sender;
  if (!clock) return [];
  const faults: Fault[] = [];
  const isPerson = async (other: SenderId): Promise<boolean> =>
    other !== id && (await ports.store.load('sender', other)) !== undefined;
  for (const [at, step] of clock.escalation.entries()) {
    const pointer = `/replyClock/escalation/${at}`;
    if ('channel' in step) {
      if (!channels.some((one) => one.id === step.channel))
        faults.push({ pointer, detail: `No channel of this sender is called ${step.channel}.` });
    } else if (!(await isPerson(step.sender))) {
      faults.push({ pointer, detail: `${step.sender} is no other sender: create them first.` });
    }
  }
  if (clock.cover && !(await isPerson(clock.cover)))
    faults.push({
      pointer: '/replyClock/cover',
      detail: `${clock.cover} is no other sender: create them first.`,
    });
  if (channels.every((one) => clock.escalation.some((step) => 'channel' in step && step.channel === one.id)))
    faults.push({
      pointer: '/replyClock/escalation',
      detail: 'Every channel waits for its turn, so none would ring first: leave one out.',
    });
  return faults;
}
