/**
 * The reply clock, carried out: while an answer waits unacknowledged the next on the list is told. A ring that is near
 * waits in the queue; one that is far (a night, a weekend) is found by `reconcile`, which looks every quarter of an hour.
 */
import { waysTo } from './alert-ways.ts';
import { changeAlert } from './change-stored.ts';
import type { Alert } from './domain/alert.ts';
import type { RingDue } from './domain/alert-message.ts';
import { isWaiting } from './domain/channel.ts';
import { MINUTE, msBetween } from './domain/instant.ts';
import { type Ring, ringsAfter } from './domain/reply-clock.ts';
import type { Sender } from './domain/sender.ts';
import { loadDuty } from './domain/time/duty.ts';
import { writeWay } from './domain/way.ts';
import type { Ports } from './ports.ts';
import { senderNow } from './sender-now.ts';

/** The longest delay that SQS knows. */
const NEAR_MS = 15 * MINUTE;

/** The ring that is due next and who it is for; `undefined`: nobody is told any more. */
export async function nextRing(ports: Ports, alert: Alert, known?: Sender): Promise<Ring | undefined> {
  if (alert.acknowledgedAt || !isWaiting(alert) || !alert.senderId) return undefined;
  const sender = known ?? (await ports.store.load('sender', alert.senderId));
  if (!sender?.replyClock) return undefined;
  const cover = await senderNow(ports, sender.replyClock.cover);
  const duty = {
    sender: await loadDuty(sender),
    ...(cover && cover.id !== sender.id ? { cover: await loadDuty(cover) } : {}),
  };
  return ringsAfter(alert.at, sender.replyClock, duty)[alert.rung ?? 0];
}

/** Queues the next ring where it is near. Repeating it costs a message that finds nothing to do. */
export async function setNextRing(ports: Ports, alert: Alert, known?: Sender): Promise<boolean> {
  const ring = await nextRing(ports, alert, known);
  const waitMs = ring && msBetween(ports.clock.now(), ring.at);
  if (waitMs === undefined || waitMs > NEAR_MS) return false;
  await ports.alerts.queue({ alertId: alert.id, ring: alert.rung ?? 0 }, Math.max(0, waitMs));
  return true;
}

/**
 * One ring whose moment has come; does nothing where the alert has been acknowledged or has rung so often already.
 * The deliveries are queued before the ring is counted: a run that dies in between rings once more, never once less.
 */
export async function ringOnce(ports: Ports, { alertId, ring: number }: RingDue): Promise<void> {
  const alert = await ports.store.load('alert', alertId);
  if (!alert || (alert.rung ?? 0) !== number) return;
  const ring = await nextRing(ports, alert);
  if (!ring) return;
  if (ring.at > ports.clock.now()) return void (await setNextRing(ports, alert));
  for (const way of await waysOfRing(ports, alert, ring, number + 1)) {
    if (!alert.delivered[way]) await ports.alerts.queue({ alertId, channelId: way, attempt: 0 });
  }
  const rung = await changeAlert(ports, alertId, (stored) =>
    stored.acknowledgedAt || (stored.rung ?? 0) !== number ? undefined : { rung: number + 1 },
  );
  if (rung) await setNextRing(ports, rung);
}

function waysOfRing(
  ports: Ports,
  alert: Alert,
  { whom }: Ring,
  ring: number,
): Promise<readonly string[]> | readonly string[] {
  if (whom.kind === 'channel') return [writeWay({ channelId: whom.channelId, ring })];
  return waysTo(ports, alert, ring, whom.kind === 'sender' ? whom.senderId : undefined);
}

/** The ways of rings that have been carried out: whoever looks for lost messages looks for these too. */
export async function waysRung(ports: Ports, alert: Alert): Promise<readonly string[]> {
  const ways: string[] = [];
  for (let ring = 0; ring < (alert.rung ?? 0); ring++) {
    const of = await nextRing(ports, { ...alert, rung: ring });
    if (of) ways.push(...(await waysOfRing(ports, alert, of, ring + 1)));
  }
  return ways;
}
