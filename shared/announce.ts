/** News for other systems: numbered, stored once, and one delivery queued for each endpoint that wants it. */
import type { ContactId } from './domain/ids.ts';
import { type Endpoint, type News, type Notice, numbered, takesNotice } from './domain/notice.ts';
import type { Ports } from './ports.ts';

const ROUNDS_MAX = 12;

/** Repeating it changes nothing. Costs one small read where nobody listens. */
export async function announce(ports: Ports, news: News): Promise<void> {
  const wanting = (await endpointsOf(ports)).filter((endpoint) => takesNotice(endpoint, news.type));
  if (wanting.length === 0) return;
  const stored = (await ports.store.load('notice', news.id)) ?? (await storeNotice(ports, news, wanting));
  for (const endpointId of stored.waiting) await queueNotice(ports, stored, endpointId);
}

export async function endpointsOf(ports: Ports): Promise<readonly Endpoint[]> {
  return (await ports.store.load('endpoints', 'all'))?.items ?? [];
}

/** Does nothing where the endpoint has had it. */
export async function queueNotice(ports: Ports, notice: Notice, endpointId: string): Promise<void> {
  if (!notice.waiting.includes(endpointId)) return;
  const attempt = notice.tried?.[endpointId]?.count ?? 0;
  await ports.alerts.queue({ noticeId: notice.id, endpointId, attempt });
}

async function storeNotice(ports: Ports, news: News, wanting: readonly Endpoint[]): Promise<Notice> {
  const sequence = await numberFor(ports, news.contactId, news.id);
  const waiting = wanting.map(({ id }) => id);
  const notice: Notice = { ...news, sequence, waiting, dead: [], delivered: {} };
  await ports.store.putNew('notice', notice);
  return (await ports.store.load('notice', news.id)) ?? notice;
}

/** The next number of this contact, and the same one again for the same news. */
async function numberFor(ports: Ports, contactId: ContactId, id: string): Promise<number> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const before = await ports.store.load('numbering', contactId);
    const { sequence, after } = numbered(before, contactId, id);
    if (!after) return sequence;
    const isSaved = before
      ? (await ports.store.replace('numbering', before, after, ['last'])) === 'saved'
      : (await ports.store.putNew('numbering', after)) === 'put';
    if (isSaved) return sequence;
  }
  throw new Error(`News of contact ${contactId} could not be numbered: ${ROUNDS_MAX} others were faster`);
}
