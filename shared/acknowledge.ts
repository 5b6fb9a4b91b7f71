/** Who has seen an alert: by pressing a button, or by answering the prospect, which says the same. */
import { changeAlert } from './change-stored.ts';
import type { Alert } from './domain/alert.ts';
import type { Effect } from './domain/enrollment/effect.ts';
import { replyAlertId } from './domain/enrollment/ringing.ts';
import type { ContactId } from './domain/ids.ts';
import type { IncomingMessage } from './domain/message.ts';
import type { Task } from './domain/task.ts';
import type { Ports } from './ports.ts';

/** Of a hundred documents each; more of one person is somebody else's bug. */
const PAGES_MAX = 20;

/** Idempotent: the first acknowledgement keeps its moment. `undefined`: there is no such alert. */
export async function acknowledgeAlert(ports: Ports, id: string): Promise<Alert | undefined> {
  const at = ports.clock.now();
  const seen = await changeAlert(ports, id, (alert) =>
    alert.acknowledgedAt ? undefined : { acknowledgedAt: at },
  );
  return seen ?? ports.store.load('alert', id);
}

/**
 * The salesperson has written to the prospect: what had come by then, or is named in the answer, waits no more. A
 * reply that came later still waits, however late the copy of the answer arrives here.
 */
export async function acknowledgeReplies(
  ports: Ports,
  contactId: ContactId,
  { upTo, answers }: Pick<Extract<Effect, { kind: 'acknowledge-replies' }>, 'upTo' | 'answers'>,
): Promise<void> {
  const answered = new Set<string>();
  for await (const message of messagesOf(ports, contactId)) {
    const alertId = replyAlertId('reply', message.id);
    const isNamed =
      answers.includes(alertId) || (message.rfcMessageId && answers.includes(message.rfcMessageId));
    if (!isNamed && message.at > upTo) continue;
    answered.add(message.id);
    await acknowledgeAlert(ports, alertId);
  }
  for await (const task of tasksOf(ports, contactId)) {
    const isDone = task.kind === 'answer' && task.messageId !== undefined && answered.has(task.messageId);
    if (!isDone || task.status !== 'open') continue;
    // Loses against an outcome that a person gave at the same moment: theirs says more.
    const closed: Task = { ...task, status: 'closed', closedAt: ports.clock.now() };
    await ports.store.replace('task', task, closed, ['status']);
  }
}

/** What the contact wrote, not what the salesperson did. */
async function* messagesOf(ports: Ports, contactId: ContactId): AsyncGenerator<IncomingMessage> {
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const found = await ports.store.listMessages(contactId, after ? { after } : {});
    for (const message of found.items)
      if (message.kind === 'in' && message.matchedBy !== 'sender-copy') yield message;
    if (!found.next) return;
    after = found.next;
  }
}

async function* tasksOf(ports: Ports, contactId: ContactId): AsyncGenerator<Task> {
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const found = await ports.store.listTasks({ contactId }, after ? { after } : {});
    yield* found.items;
    if (!found.next) return;
    after = found.next;
  }
}
