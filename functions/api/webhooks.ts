/** /v1/webhooks: other systems that are told what happens, what they have not taken, and "try again". */

import { endpointsOf } from '../../shared/announce.ts';
import type { webhookOperations } from '../../shared/api/operations/webhooks.ts';
import type { EndpointView, UndeliveredView } from '../../shared/api/webhooks.ts';
import type { Endpoint, Notice } from '../../shared/domain/notice.ts';
import { ENDPOINTS_MAX } from '../../shared/domain/notice.ts';
import { addEndpoint, removeEndpoint, retryNotice, tryEndpoint } from '../../shared/endpoints.ts';
import { created, type MakeHandlers, ok } from './handler.ts';
import { conflict, notFound } from './problem.ts';

export const webhookHandlers: MakeHandlers<typeof webhookOperations> = (ports) => {
  const load = async (id: string): Promise<Endpoint> => {
    const endpoint = (await endpointsOf(ports)).find((one) => one.id === id);
    if (!endpoint) throw notFound(`Webhook ${id}`);
    return endpoint;
  };
  return {
    'webhooks.list': async () => ok({ items: (await endpointsOf(ports)).map(endpointView) }),
    'webhooks.add': async ({ body, freshId }) => {
      const added = await addEndpoint(ports, freshId(), body);
      if (added.kind === 'too-many') throw conflict(`There are ${ENDPOINTS_MAX} webhooks: remove one first.`);
      const { endpoint, secret } = added;
      return created({ ...endpointView(endpoint), ...(secret ? { secret } : {}) });
    },
    'webhooks.remove': async ({ params: { id } }) => {
      if (!(await removeEndpoint(ports, id))) throw notFound(`Webhook ${id}`);
      return ok({ items: (await endpointsOf(ports)).map(endpointView) });
    },
    'webhooks.test': async ({ params: { id } }) => {
      const why = await tryEndpoint(ports, await load(id));
      const detail = why === undefined ? 'It was taken.' : `It was not taken (${why}).`;
      return ok({ delivered: why === undefined, detail });
    },
    'webhooks.undelivered': async ({ params: { id }, query: { state, ...page } }) => {
      await load(id);
      const found = await ports.store.listNotices(state ?? 'waiting', page);
      const items = found.items.flatMap((notice) => undeliveredView(notice, id));
      return ok({ items, ...(found.next ? { next: found.next } : {}) });
    },
    'webhooks.retry': async ({ params: { id, noticeId } }) => {
      await load(id);
      const notice = await retryNotice(ports, noticeId, id);
      if (!notice) throw notFound(`A dead notice ${noticeId} of webhook ${id}`);
      const [view] = undeliveredView(notice, id);
      if (!view) throw conflict('It has been taken meanwhile.');
      return ok(view);
    },
  };
};

/** Without the secret. */
const endpointView = ({ id, url, types, createdAt }: Endpoint): EndpointView => ({
  id,
  url,
  ...(types ? { types } : {}),
  createdAt,
});

function undeliveredView(notice: Notice, endpointId: string): UndeliveredView[] {
  const { id, type, at, contactId, sequence, waiting, dead, tried } = notice;
  const state = waiting.includes(endpointId) ? 'waiting' : dead.includes(endpointId) ? 'dead' : undefined;
  if (!state) return [];
  const last = tried?.[endpointId];
  return [
    {
      ...{ id, type, at, contactId, sequence, state },
      attempts: last?.count ?? 0,
      ...(last ? { lastTriedAt: last.at, why: last.why } : {}),
    },
  ];
}
