/** /v1/alerts: what needed somebody at once, newest first, and who has seen it. */
import { acknowledgeAlert } from '../../shared/acknowledge.ts';
import type { alertOperations } from '../../shared/api/operations/alerts.ts';
import type { AcknowledgeInput } from '../../shared/api/tasks.ts';
import { closeWithOutcome, type OutcomeGiven } from '../../shared/close-task.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import { answerTaskId } from '../../shared/domain/enrollment/replies.ts';
import type { Ports } from '../../shared/ports.ts';
import { alertView } from './channel-view.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { conflict, notFound } from './problem.ts';
import { closedOrThrow } from './tasks.ts';

export const alertHandlers: MakeHandlers<typeof alertOperations> = (ports) => ({
  'alerts.list': async ({ query }) => {
    const page = await ports.store.listAlerts(query);
    return ok({ ...page, items: page.items.map((alert) => alertView(alert, ports.clock.now())) });
  },
  'alerts.acknowledge': async ({ params: { id }, body: { outcome, ...given } }) => {
    const asked = await ports.store.load('alert', id);
    if (!asked) throw notFound(`Alert ${id}`);
    // The outcome first: were it refused, the alert must go on ringing.
    if (outcome) await answerWith(ports, asked, outcome, given);
    return ok(alertView((await acknowledgeAlert(ports, id)) ?? asked, ports.clock.now()));
  },
});

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
