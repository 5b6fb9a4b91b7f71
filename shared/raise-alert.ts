/** An alert on its way: stored once, one delivery queued for each way that has not had it, and the next ring set. */
import { firstWays } from './alert-ways.ts';
import type { Alert } from './domain/alert.ts';
import type { Ports } from './ports.ts';
import { setNextRing } from './ring-next.ts';

/** Stores the alert once and queues one delivery for each channel that it is for and that has not had it. */
export async function raiseAlert(ports: Ports, alert: Alert): Promise<void> {
  await ports.store.putNew('alert', alert);
  const stored = (await ports.store.load('alert', alert.id)) ?? alert;
  for (const way of await firstWays(ports, alert)) await ringBy(ports, stored, way);
  await setNextRing(ports, stored);
}

/** Does nothing where that way has had it. */
export async function ringBy(ports: Ports, alert: Alert, way: string): Promise<void> {
  if (alert.delivered[way]) return;
  const attempt = alert.tried?.[way]?.count ?? 0;
  await ports.alerts.queue({ alertId: alert.id, channelId: way, attempt });
}
