/** Carries out the orders of the state machine. Each may be repeated: ids and names make the second time a no-op. */

import { acknowledgeReplies } from './acknowledge.ts';
import { announce } from './announce.ts';
import type { Effect } from './domain/enrollment/effect.ts';
import { type ContactId, derivedId, type TaskId } from './domain/ids.ts';
import { letterMessageId } from './domain/message.ts';
import type { Task } from './domain/task.ts';
import { holdCompany, unholdCompany } from './hold-company.ts';
import { noteFate } from './note-fate.ts';
import type { Ports } from './ports.ts';
import { freeWhatsappPlace, putTask, watchWhatsappPlace } from './put-task.ts';
import { raiseAlert } from './raise-alert.ts';

/** A contact has a handful of tasks; more than this is somebody else's bug. */
const TASK_PAGES_MAX = 20;

export async function carryOut(
  ports: Ports,
  contactId: ContactId,
  effect: Exclude<Effect, { kind: 'send-letter' }>,
): Promise<void> {
  const { store, timers, mailbox } = ports;
  switch (effect.kind) {
    case 'set-timer':
      return timers.setStep(effect);
    case 'add-task':
      return putTask(ports, effect.task, effect.again);
    case 'close-tasks':
      return closeTasks(ports, contactId, effect);
    case 'acknowledge-replies':
      return acknowledgeReplies(ports, contactId, effect);
    case 'hold-company':
      return holdCompany(ports, contactId, effect);
    case 'note-fate':
      return noteFate(ports, effect);
    case 'raise-alert':
      return raiseAlert(ports, effect.alert);
    case 'record-sent':
      return recordSent(ports, contactId, effect);
    case 'keep-because':
      return store.keepBecause(effect.enrollmentId, effect.number, effect.because);
    case 'keep-walk':
      return store.keepWalk(effect.walk, contactId);
    case 'requeue-mail': {
      const arrival = await store.load('arrival', effect.mail);
      if (arrival) await mailbox.requeue(arrival);
      return;
    }
    default:
      return effect satisfies never;
  }
}

async function recordSent(
  ports: Ports,
  contactId: ContactId,
  effect: Extract<Effect, { kind: 'record-sent' }>,
): Promise<void> {
  const { enrollmentId, step, sesId, at } = effect;
  await ports.store.linkSesId(sesId, enrollmentId, step);
  const message = await ports.store.load('message', contactId, letterMessageId(enrollmentId, step));
  if (message?.kind === 'out' && !message.sesId)
    await ports.store.put('message', { ...message, sesId, sentAt: at });
  const ids = message?.kind === 'out' ? { campaignId: message.campaignId } : {};
  const id = derivedId('news', 'letter.sent', enrollmentId, String(step));
  await announce(ports, { id, type: 'letter.sent', at, contactId, enrollmentId, step, ...ids });
}

async function closeTasks(
  ports: Ports,
  contactId: ContactId,
  effect: Extract<Effect, { kind: 'close-tasks' }>,
): Promise<void> {
  let after: string | undefined;
  for (let page = 0; page < TASK_PAGES_MAX; page++) {
    const tasks = await ports.store.listTasks({ contactId }, after ? { after } : {});
    for (const task of tasks.items) {
      const isMeant =
        task.enrollmentId === effect.enrollmentId &&
        !effect.except.includes(task.id) &&
        !effect.keep?.includes(task.kind) &&
        (effect.only === undefined || effect.only.includes(task.kind)) &&
        (effect.messageId === undefined || task.messageId === effect.messageId);
      if (!isMeant || task.status !== 'open') continue;
      // Its question outlives the walk that gave rise to it, unless the mail turns out to be no answer at all.
      if (task.kind === 'company-held' && effect.messageId === undefined) continue;
      if (task.kind === 'company-held') await unholdCompany(ports, contactId);
      await close(ports, task);
    }
    if (!tasks.next) return;
    after = tasks.next;
  }
}

/** Closes a task that nobody needs any more, without an outcome. */
export async function closeTask(ports: Ports, contactId: ContactId, taskId: TaskId): Promise<void> {
  const task = await ports.store.load('task', contactId, taskId);
  if (task?.status === 'open') await close(ports, task);
}

/** Loses against an outcome that a person gave at the same moment: theirs says more. */
async function close(ports: Ports, task: Task): Promise<void> {
  const closed: Task = { ...task, status: 'closed', closedAt: ports.clock.now() };
  await watchWhatsappPlace(ports, closed);
  if ((await ports.store.replace('task', task, closed, ['status'])) === 'saved')
    await freeWhatsappPlace(ports, closed);
}
