/**
 * One alert by one way, at least once: delivered first, marked after. A channel that does not take it is asked again
 * later, for a day, and every attempt stands in the delivery log.
 */
import { gather } from './alert-facts.ts';
import { channelOfWay } from './alert-ways.ts';
import { changeAlert } from './change-stored.ts';
import type { Taken } from './channels/chat.ts';
import { mayCallNow, throughChannel } from './channels/through-channel.ts';
import { type Alert, noteFailure } from './domain/alert.ts';
import type { AlertDelivery } from './domain/alert-message.ts';
import { epochMs, MINUTE, SECOND } from './domain/instant.ts';
import type { Ports } from './ports.ts';

/**
 * Does nothing where that way has had it, or where this attempt has failed before. After a day every attempt throws,
 * so that the message ends among the dead letters. Asked again, it may deliver twice: receivers deduplicate by the
 * alert's id.
 */
export async function deliverAlert(ports: Ports, delivery: AlertDelivery): Promise<void> {
  const { alertId, channelId, attempt } = delivery;
  const alert = await ports.store.load('alert', alertId);
  if (!alert || alert.delivered[channelId] || failures(alert, channelId) > attempt) return;
  const channel = await channelOfWay(ports, alert, channelId);
  // Somebody dropped this channel meanwhile; the alert itself stays listed.
  if (!channel) return;
  if (!(await mayCallNow(ports, channel))) return waitForTurn(ports, delivery);
  const known = await gather(ports, alert);
  const refusal = await throughChannel(ports, channel, channelId, known);
  if (refusal === undefined) await markDelivered(ports, alertId, channelId);
  else await putOff(ports, alert, delivery, refusal);
}

const failures = (alert: Alert, way: string): number => alert.tried?.[way]?.count ?? 0;

/** Further apart no two functions' clocks are believed to be. */
const CLOCKS_APART_MS = 20 * SECOND;

/**
 * The same attempt, when the next minute has begun by everybody's clock: to wait for one's turn is no failure. Every copy
 * of a message waits so; one that came back within the used-up minute would breed others there, faster than turns come.
 */
async function waitForTurn(ports: Ports, delivery: AlertDelivery): Promise<void> {
  const now = epochMs(ports.clock.now());
  await ports.alerts.queue(delivery, MINUTE - (now % MINUTE) + CLOCKS_APART_MS);
}

/**
 * Whoever records the failure of an attempt queues the next one. Were every copy of a message to queue its own, a
 * storm of copies would breed storms.
 */
async function putOff(
  ports: Ports,
  alert: Alert,
  delivery: AlertDelivery,
  refusal: NonNullable<Taken>,
): Promise<void> {
  const { channelId, attempt } = delivery;
  const now = ports.clock.now();
  const { noted, pauseMs } = noteFailure(alert.triedSince ?? alert.at, attempt, refusal, now);
  const isMine = await changeAlert(ports, alert.id, (stored) =>
    !stored.delivered[channelId] && failures(stored, channelId) === attempt
      ? { tried: { ...stored.tried, [channelId]: noted } }
      : undefined,
  );
  const { why } = refusal;
  await ports.store.putNew('attempt', { of: alert.id, at: now, way: channelId, outcome: why });
  if (noted.isGivenUp) throw new Error(`Alert ${alert.id} was not taken by ${channelId}: ${why}`);
  if (isMine) await ports.alerts.queue({ ...delivery, attempt: attempt + 1 }, pauseMs);
}

async function markDelivered(ports: Ports, alertId: string, channelId: string): Promise<void> {
  const at = ports.clock.now();
  await changeAlert(ports, alertId, ({ delivered }) =>
    delivered[channelId] ? undefined : { delivered: { ...delivered, [channelId]: at } },
  );
  await ports.store.putNew('attempt', { of: alertId, at, way: channelId, outcome: 'taken' });
}
