/** "Try again": an alert that a channel did not take for a day is asked of it once more. */
import { changeAlert } from './change-stored.ts';
import type { Alert } from './domain/alert.ts';
import type { Ports } from './ports.ts';

/** Every way that was given up is tried for another day. `undefined`: there is no such alert. */
export async function retryAlert(ports: Ports, id: string): Promise<Alert | undefined> {
  const stored = await ports.store.load('alert', id);
  const dead = Object.entries(stored?.tried ?? {}).flatMap(([way, one]) =>
    one.isGivenUp && !stored?.delivered[way] ? [way] : [],
  );
  if (!stored || dead.length === 0) return stored;
  const revived = await changeAlert(ports, id, ({ tried = {} }) => ({
    tried: Object.fromEntries(Object.entries(tried).filter(([way]) => !dead.includes(way))),
    triedSince: ports.clock.now(),
  }));
  for (const way of dead) await ports.alerts.queue({ alertId: id, channelId: way, attempt: 0 });
  return revived ?? stored;
}
