/** An alert on its way: stored once, and one delivery queued for each channel that has not had it. */
import type { Alert } from './domain/alert.ts';
import type { Channel } from './domain/sender.ts';
import type { Ports } from './ports.ts';

/** Stores the alert once and queues one delivery for each channel that has not had it. */
export async function raiseAlert(ports: Ports, alert: Alert): Promise<void> {
  await ports.store.putNew('alert', alert);
  const stored = (await ports.store.load('alert', alert.id)) ?? alert;
  for (const channel of await channelsOf(ports, alert)) {
    await ringChannel(ports, stored, channel.id);
  }
}

/** Does nothing where the channel has had it. */
export async function ringChannel(ports: Ports, alert: Alert, channelId: string): Promise<void> {
  if (alert.delivered[channelId]) return;
  const attempt = alert.tried?.[channelId]?.count ?? 0;
  await ports.alerts.queue({ alertId: alert.id, channelId, attempt });
}

/** The sender's channels; the operator's mail where the alert belongs to nobody. */
export async function channelsOf(ports: Ports, alert: Alert): Promise<readonly Channel[]> {
  const sender = alert.senderId && (await ports.store.load('sender', alert.senderId));
  if (sender) return sender.channels;
  return [{ kind: 'mail', id: 'operator', address: ports.settings.operatorAddress }];
}
