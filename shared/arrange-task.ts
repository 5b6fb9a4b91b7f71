/** What may be done with a task besides closing it: put it off, or do it against the ledger's advice, with a reason. */
import { HOUR, type Instant, latest, plus } from './domain/instant.ts';
import type { Task } from './domain/task.ts';
import { planTouch } from './domain/time/plan.ts';
import { loadKnown } from './known-walk.ts';
import type { Ports } from './ports.ts';

/** Without a moment a task comes back after so long, at the earliest. */
const SNOOZE_MS = HOUR;

export type Arranged =
  | { readonly kind: 'arranged'; readonly task: Task }
  /** Closed, or changed by somebody else at the same moment. */
  | { readonly kind: 'closed' };

/** Calls and chats come back in their daytime, whatever hour was asked for; other work when asked for. */
export async function snoozeTask(ports: Ports, task: Task, until: Instant | undefined): Promise<Arranged> {
  const now = ports.clock.now();
  const earliest = latest(now, until ?? plus(now, SNOOZE_MS));
  const dueAt = isByPhone(task) ? await nextDaytime(ports, task, earliest) : earliest;
  return save(ports, task, { ...task, dueAt });
}

/** The reason stays with the task; its links open again. */
export const overrideLedger = (ports: Ports, task: Task, reason: string): Promise<Arranged> =>
  save(ports, task, { ...task, override: { reason, at: ports.clock.now() } });

export const isByPhone = (task: Task): boolean => task.kind === 'whatsapp' || task.kind === 'call';

/** In their daytime, and in the sender's where the two meet. */
export async function nextDaytime(
  ports: Ports,
  task: Pick<Task, 'enrollmentId' | 'campaignId' | 'senderId'>,
  earliest: Instant,
): Promise<Instant> {
  const { campaignId, senderId, enrollmentId: id } = task;
  const { plan } = await loadKnown(ports, { id, campaignId, senderId });
  return planTouch({ calendar: plan.calendar, senderZone: plan.senderZone, earliest }).at;
}

async function save(ports: Ports, before: Task, after: Task): Promise<Arranged> {
  if (before.status === 'closed') return { kind: 'closed' };
  const saved = await ports.store.replace('task', before, after, ['status', 'dueAt', 'override']);
  return saved === 'saved' ? { kind: 'arranged', task: after } : { kind: 'closed' };
}
