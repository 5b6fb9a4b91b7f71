/** One notice to one endpoint, at least once; tried for a day, then dead, which the API shows. */
import { endpointsOf } from './announce.ts';
import { postSigned } from './channels/signed-post.ts';
import { noteFailure } from './domain/alert.ts';
import type { NoticeDelivery } from './domain/alert-message.ts';
import type { Notice } from './domain/notice.ts';
import { noticePayload } from './notice-payload.ts';
import type { Ports } from './ports.ts';

const ROUNDS_MAX = 12;

/**
 * Does nothing where the endpoint has had it, or where this attempt has failed before. Unlike an alert that nobody
 * hears, a receiver that is gone is nothing that the operator must be woken for: no dead letter, no alarm.
 */
export async function deliverNotice(ports: Ports, delivery: NoticeDelivery): Promise<void> {
  const { noticeId, endpointId, attempt } = delivery;
  const notice = await ports.store.load('notice', noticeId);
  const failures = notice?.tried?.[endpointId]?.count ?? 0;
  if (!notice?.waiting.includes(endpointId) || failures > attempt) return;
  const endpoint = (await endpointsOf(ports)).find(({ id }) => id === endpointId);
  const body = endpoint && (await noticePayload(ports, notice));
  // The endpoint was removed, or the person erased, meanwhile: there is nobody to tell, or nothing to say.
  if (!body) return void (await settled(ports, noticeId, endpointId, () => ({})));
  const now = ports.clock.now();
  const refusal = await postSigned(ports, endpoint, { id: notice.id, at: now, body });
  const outcome = refusal?.why ?? 'taken';
  if (!refusal) {
    await settled(ports, noticeId, endpointId, ({ delivered }) => ({
      delivered: { ...delivered, [endpointId]: now },
    }));
    await ports.store.putNew('attempt', { of: noticeId, at: now, way: endpointId, outcome });
    return;
  }
  const { noted, pauseMs } = noteFailure(notice.triedSince ?? notice.at, attempt, refusal, now);
  const tried = (stored: Notice) => ({ tried: { ...stored.tried, [endpointId]: noted } });
  const changed = noted.isGivenUp
    ? await settled(ports, noticeId, endpointId, (stored) => ({
        ...tried(stored),
        dead: [...new Set([...stored.dead, endpointId])],
      }))
    : await changeNotice(ports, noticeId, (stored) =>
        stored.waiting.includes(endpointId) && (stored.tried?.[endpointId]?.count ?? 0) === attempt
          ? tried(stored)
          : undefined,
      );
  await ports.store.putNew('attempt', { of: noticeId, at: now, way: endpointId, outcome });
  if (changed && !noted.isGivenUp) await ports.alerts.queue({ ...delivery, attempt: attempt + 1 }, pauseMs);
}

const settled = (
  ports: Ports,
  noticeId: string,
  endpointId: string,
  change: (stored: Notice) => Partial<Notice>,
): Promise<Notice | undefined> =>
  changeNotice(ports, noticeId, (stored) =>
    stored.waiting.includes(endpointId)
      ? { waiting: stored.waiting.filter((id) => id !== endpointId), ...change(stored) }
      : undefined,
  );

/** Loads, changes and saves, and begins anew where somebody else was faster. `undefined`: nothing was changed. */
export async function changeNotice(
  ports: Ports,
  id: string,
  change: (stored: Notice) => Partial<Notice> | undefined,
): Promise<Notice | undefined> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const stored = await ports.store.load('notice', id);
    const changes = stored && change(stored);
    if (!stored || !changes) return undefined;
    const changed: Notice = { ...stored, ...changes, revision: (stored.revision ?? 0) + 1 };
    if ((await ports.store.replace('notice', stored, changed, ['revision'])) === 'saved') return changed;
  }
  throw new Error(`Notice ${id} could not be changed: ${ROUNDS_MAX} edits in a row lost`);
}
