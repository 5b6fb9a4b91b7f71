/** /v1/alerts: what needed somebody at once, newest first, and who has seen it. */
import { acknowledgeAlert } from '../../shared/acknowledge.ts';
import type { alertOperations } from '../../shared/api/operations/alerts.ts';
import type { AcknowledgeInput } from '../../shared/api/tasks.ts';
import { closeWithOutcome, type OutcomeGiven } from '../../shared/close-task.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import { isWaiting } from '../../shared/domain/channel.ts';
import { answerTaskId } from '../../shared/domain/enrollment/replies.ts';
import type { Ports } from '../../shared/ports.ts';
import { retryAlert } from '../../shared/retry-alert.ts';
import { alertView } from './channel-view.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { conflict, notFound } from './problem.ts';
import { closedOrThrow } from './tasks.ts';

export const alertHandlers: MakeHandlers<typeof alertOperations> = (ports) => ({
  'alerts.list': async ({ query }) => {
    const { state, ...asked } = query;
    const page = await ports.store.listAlerts(asked);
    const now = ports.clock.now();
    const shown = page.items.filter((alert) => state === undefined || STATES[state](alert));
    return ok({ ...page, items: shown.map((alert) => alertView(alert, now)) });
  },
  'alerts.get': async ({ params: { id } }) => ok(alertView(await load(ports, id), ports.clock.now())),
  'alerts.deliveries': async ({ params: { id }, query }) => {
    await load(ports, id);
    const page = await ports.store.listAttempts(id, query);
    return ok({ ...page, items: page.items.map(({ at, way, outcome }) => ({ at, way, outcome })) });
  },
  'alerts.retry': async ({ params: { id } }) => {
    const alert = await retryAlert(ports, id);
    if (!alert) throw notFound(`Alert ${id}`);
    return ok(alertView(alert, ports.clock.now()));
  },
  'alerts.acknowledge': async ({ params: { id }, body: { outcome, ...given } }) => {
    const asked = await load(ports, id);
    // The outcome first: were it refused, the alert must go on ringing.
    if (outcome) await answerWith(ports, asked, outcome, given);
    return ok(alertView((await acknowledgeAlert(ports, id)) ?? asked, ports.clock.now()));
  },
});

const STATES: Readonly<Record<'given-up' | 'waiting', (alert: Alert) => boolean>> = {
  'given-up': ({ tried = {}, delivered }) =>
    Object.entries(tried).some(([way, one]) => one.isGivenUp && !delivered[way]),
  waiting: (alert) => isWaiting(alert) && alert.acknowledgedAt === undefined,
};

async function load(ports: Ports, id: string): Promise<Alert> {
  const alert = await ports.store.load('alert', id);
  if (!alert) throw notFound(`Alert ${id}`);
  return alert;
}

async function answerWith(
  ports: Ports,
  alert: Alert,
  outcome: NonNullable<AcknowledgeInput['outcome']>,
  given: OutcomeGiven,
): Promise<void> {
  const { contactId, enrollmentId, messageId } = alert;
  const id = messageId && enrollmentId && answerTaskId(enrollmentId, messageId);
  const task = id && contactId && (await ports.store.load('task', contactId, id));
  if (!task)
    throw conflict(`Nothing is to be answered about alert ${alert.id}: acknowledge it without an outcome.`);
  closedOrThrow(task, await closeWithOutcome(ports, task, outcome, given));
}
