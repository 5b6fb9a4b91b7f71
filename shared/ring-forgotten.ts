/**
 * Alerts that nobody hears: stored, but never queued because the process died in between, or no longer queued because
 * a message was lost. Each is queued again for the channels that have not had it.
 */
import { ALERT_LOOKED_AT_MS, type Alert, forgottenChannels } from './domain/alert.ts';
import { type Instant, plus } from './domain/instant.ts';
import type { Channel } from './domain/sender.ts';
import type { Ports } from './ports.ts';
import { channelsOf, ringChannel } from './raise-alert.ts';

/** A day of a very bad week; the rest is found a quarter of an hour later, when these have been marked. */
const ALERT_PAGES_MAX = 20;

/** Answers how many deliveries were queued again. Repeating it early does nothing: see `forgottenChannels`. */
export async function ringForgotten(ports: Ports, now: Instant): Promise<number> {
  const oldest = plus(now, -ALERT_LOOKED_AT_MS);
  const channelsFor = channelKeeper(ports);
  let rung = 0;
  let after: string | undefined;
  for (let page = 0; page < ALERT_PAGES_MAX; page++) {
    const alerts = await ports.store.listAlerts(after ? { after } : {});
    for (const alert of alerts.items) {
      if (alert.at < oldest) return rung;
      const channels = (await channelsFor(alert)).map(({ id }) => id);
      for (const channelId of forgottenChannels(alert, channels, now)) {
        await ringChannel(ports, alert, channelId);
        rung += 1;
      }
    }
    if (!alerts.next) return rung;
    after = alerts.next;
  }
  return rung;
}

/** Loads each sender once a run. */
function channelKeeper(ports: Ports): (alert: Alert) => Promise<readonly Channel[]> {
  const known = new Map<string, Promise<readonly Channel[]>>();
  return (alert) => {
    const owner = alert.senderId ?? '';
    const channels = known.get(owner) ?? channelsOf(ports, alert);
    known.set(owner, channels);
    return channels;
  };
}
