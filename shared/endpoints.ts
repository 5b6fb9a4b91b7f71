/** Where news for other systems go: endpoints added and removed, and dead notices tried again. */

import { endpointsOf } from './announce.ts';
import type { EndpointInput } from './api/webhooks.ts';
import { postSigned } from './channels/signed-post.ts';
import { newHookSecret } from './channels.ts';
import { changeNotice } from './deliver-notice.ts';
import { ENDPOINTS_MAX, type Endpoint, type Endpoints, type Notice } from './domain/notice.ts';
import { PAYLOAD_VERSION } from './notice-payload.ts';
import type { Ports } from './ports.ts';

const TRIES = 5;

export type EndpointAdded =
  | { readonly kind: 'added'; readonly endpoint: Endpoint; readonly secret?: string }
  | { readonly kind: 'too-many' };

/** It hears of what happens from now on. Adding the same id again changes nothing. */
export async function addEndpoint(ports: Ports, id: string, given: EndpointInput): Promise<EndpointAdded> {
  const made = given.secret === undefined ? newHookSecret(ports) : undefined;
  const endpoint: Endpoint = {
    id,
    url: given.url,
    secret: given.secret ?? made ?? '',
    ...(given.types ? { types: given.types } : {}),
    createdAt: ports.clock.now(),
  };
  const items = await changeEndpoints(ports, (before) => {
    if (before.some((one) => one.id === id)) return before;
    return before.length >= ENDPOINTS_MAX ? undefined : [...before, endpoint];
  });
  const stored = items?.find((one) => one.id === id);
  if (!stored) return { kind: 'too-many' };
  return { kind: 'added', endpoint: stored, ...(made && stored.secret === made ? { secret: made } : {}) };
}

/** What is on its way to it is told to nobody. `false`: there is none of this id. */
export async function removeEndpoint(ports: Ports, id: string): Promise<boolean> {
  const items = await endpointsOf(ports);
  if (!items.some((one) => one.id === id)) return false;
  await changeEndpoints(ports, (before) => before.filter((one) => one.id !== id));
  return true;
}

async function changeEndpoints(
  ports: Ports,
  change: (items: readonly Endpoint[]) => readonly Endpoint[] | undefined,
): Promise<readonly Endpoint[] | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await ports.store.load('endpoints', 'all');
    const items = change(before?.items ?? []);
    if (!items) return undefined;
    const after: Endpoints = { id: 'all', items, revision: (before?.revision ?? 0) + 1 };
    const isSaved = before
      ? (await ports.store.replace('endpoints', before, after, ['revision'])) === 'saved'
      : (await ports.store.putNew('endpoints', after)) === 'put';
    if (isSaved) return items;
  }
  throw new Error(`The endpoints are too contended: ${TRIES} edits in a row lost`);
}

/** A signed body of the type `ping`, now. `undefined`: it was taken. */
export async function tryEndpoint(ports: Ports, endpoint: Endpoint): Promise<string | undefined> {
  const now = ports.clock.now();
  const id = ports.ids.fresh();
  const body = { id, type: 'ping', version: PAYLOAD_VERSION, timestamp: now, data: {} };
  return (await postSigned(ports, endpoint, { id, at: now, body }))?.why;
}

/** Asks a dead endpoint once more, for another day. `undefined`: no such notice, or it is not dead there. */
export async function retryNotice(
  ports: Ports,
  noticeId: string,
  endpointId: string,
): Promise<Notice | undefined> {
  const revived = await changeNotice(ports, noticeId, (stored) => {
    if (!stored.dead.includes(endpointId)) return undefined;
    const { [endpointId]: _gone, ...tried } = stored.tried ?? {};
    return {
      dead: stored.dead.filter((id) => id !== endpointId),
      waiting: [...stored.waiting, endpointId],
      tried,
      // The day of tries begins anew.
      triedSince: ports.clock.now(),
    };
  });
  if (revived) await ports.alerts.queue({ noticeId, endpointId, attempt: 0 });
  return revived;
}
