/**
 * Alerts that nobody hears: stored, but never queued because the process died in between, or no longer queued because
 * a message was lost. Each is queued again for the ways that have not had it, and where it waits unacknowledged, its
 * next ring is set.
 */
import { firstWays } from './alert-ways.ts';
import { ALERT_LOOKED_AT_MS, type Alert, forgottenWays } from './domain/alert.ts';
import { isWaiting } from './domain/channel.ts';
import { type Instant, plus } from './domain/instant.ts';
import type { Ports, Store } from './ports.ts';
import { ringBy } from './raise-alert.ts';
import { setNextRing, waysRung } from './ring-next.ts';

/** A day of a very bad week; the rest is found a quarter of an hour later, when these have been marked. */
const ALERT_PAGES_MAX = 20;

/** Answers how many deliveries and rings were queued. Repeating it early does nothing: see `forgottenWays`. */
export async function ringForgotten(ports: Ports, now: Instant): Promise<number> {
  const oldest = plus(now, -ALERT_LOOKED_AT_MS);
  const remembering = { ...ports, store: rememberingSenders(ports.store) };
  let rung = 0;
  let after: string | undefined;
  for (let page = 0; page < ALERT_PAGES_MAX; page++) {
    const alerts = await ports.store.listAlerts(after ? { after } : {});
    for (const alert of alerts.items) {
      if (alert.at < oldest) return rung;
      rung += await ringAgain(remembering, alert, now);
    }
    if (!alerts.next) return rung;
    after = alerts.next;
  }
  return rung;
}

async function ringAgain(ports: Ports, alert: Alert, now: Instant): Promise<number> {
  if (alert.urgency === 'list') return 0;
  const isOpen = isWaiting(alert) && !alert.acknowledgedAt;
  const ways = [
    ...(await firstWays(ports, alert)),
    ...(isOpen && alert.rung ? await waysRung(ports, alert) : []),
  ];
  const forgotten = forgottenWays(alert, ways, now);
  for (const way of forgotten) await ringBy(ports, alert, way);
  const isSet = isOpen && (await setNextRing(ports, alert));
  return forgotten.length + (isSet ? 1 : 0);
}

/** Loads each sender once a run: a hundred alerts are the alerts of three people. */
function rememberingSenders(store: Store): Store {
  const known = new Map<string, Promise<unknown>>();
  return {
    ...store,
    load: (kind, ...key) => {
      if (kind !== 'sender') return store.load(kind, ...key);
      const name = key.join(' ');
      const loaded = known.get(name) ?? store.load(kind, ...key);
      known.set(name, loaded);
      return loaded as ReturnType<typeof store.load<typeof kind>>;
    },
  };
}
