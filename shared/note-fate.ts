/** Counts what became of a sender's letters, and stops the sender before SES stops the whole account. */
import type { Effect } from './domain/enrollment/effect.ts';
import { type AlertId, derivedId } from './domain/ids.ts';
import { DAY, plus } from './domain/instant.ts';
import { HEALTH_DAYS, whyUnhealthy } from './domain/sending-health.ts';
import { localDate } from './domain/time/plan.ts';
import type { Ports } from './ports.ts';
import { raiseAlert } from './raise-alert.ts';

/** Idempotent: an enrollment counts once a day and fate. A pause stands until a person resumes the sender. */
export async function noteFate(ports: Ports, effect: Extract<Effect, { kind: 'note-fate' }>): Promise<void> {
  const { senderId, enrollmentId, fate, at } = effect;
  const sender = await ports.store.load('sender', senderId);
  if (!sender) return;
  const days = Array.from({ length: HEALTH_DAYS }, (_, ago) => localDate(sender.zone, plus(at, -ago * DAY)));
  const day = localDate(sender.zone, at);
  await ports.store.noteFate(senderId, day, fate, enrollmentId);
  const why = whyUnhealthy(await ports.store.readFates(senderId, days));
  if (!why) return;
  await ports.store.pauseSender({ senderId, at: ports.clock.now(), why });
  await raiseAlert(ports, {
    id: derivedId('alert', 'sending-stopped', senderId, why, day) as AlertId,
    kind: 'sending-stopped',
    at,
    senderId,
    detail: why,
    delivered: {},
  });
}
