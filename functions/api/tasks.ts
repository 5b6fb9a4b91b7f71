/** /v1/tasks: the salesperson's work, with the paragraph and the links to do it from a telephone. */
import type { taskOperations } from '../../shared/api/operations/tasks.ts';
import { type Arranged, overrideLedger, snoozeTask } from '../../shared/arrange-task.ts';
import { closeWithOutcome, type TaskClosing } from '../../shared/close-task.ts';
import { displayName } from '../../shared/domain/contact.ts';
import type { ContactId, TaskId } from '../../shared/domain/ids.ts';
import { cardRemark, vCard } from '../../shared/domain/reach-out.ts';
import { OUTCOMES, type Task } from '../../shared/domain/task.ts';
import { cardAnswer } from './card.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { conflict, invalid, notFound } from './problem.ts';
import { taskAnswer, taskView } from './task-view.ts';

export const taskHandlers: MakeHandlers<typeof taskOperations> = (ports) => {
  const load = async ({ contactId, id }: { contactId: string; id: string }): Promise<Task> => {
    const task = await ports.store.load('task', contactId as ContactId, id as TaskId);
    if (!task) throw notFound(`Task ${id}`);
    return task;
  };
  return {
    'tasks.list': async ({ query }) => {
      const page = await ports.store.listTasks({ open: true }, query);
      return ok({ ...page, items: page.items.map(taskView) });
    },
    'tasks.get': async ({ params, language }) => ok(await taskAnswer(ports, await load(params), language)),
    'tasks.card': async ({ params }) => {
      const task = await load(params);
      const contact = await ports.store.load('contact', task.contactId);
      const phone = task.phone ?? contact?.phones[0];
      if (!contact || !phone) throw notFound(`A telephone number of task ${task.id}`);
      const { person } = task;
      const remark = cardRemark(contact, task);
      const card = vCard({ contact, phone, remark, ...(person === undefined ? {} : { person }) });
      return cardAnswer(person ?? displayName(contact), card);
    },
    'tasks.close': async ({ params, body: { outcome, ...given } }) => {
      const task = await load(params);
      return ok(taskView(closedOrThrow(task, await closeWithOutcome(ports, task, outcome, given))));
    },
    'tasks.snooze': async ({ params, body: { until } }) => {
      const task = await load(params);
      return ok(taskView(arranged(task, await snoozeTask(ports, task, until))));
    },
    'tasks.override': async ({ params, body: { reason }, language }) => {
      const task = await load(params);
      const after = arranged(task, await overrideLedger(ports, task, reason));
      return ok(await taskAnswer(ports, after, language));
    },
  };
};

function arranged(task: Task, result: Arranged): Task {
  if (result.kind === 'arranged') return result.task;
  throw conflict(`Task ${task.id} is closed, or was changed at the same moment: look at it again.`);
}

/** The closed task, or the problem that says why it is not. */
export function closedOrThrow(task: Task, result: TaskClosing): Task {
  switch (result.kind) {
    case 'closed':
      return result.task;
    case 'invalid':
      throw invalid(result.faults);
    case 'not-an-outcome': {
      const detail = `A task "${task.kind}" ends with one of: ${OUTCOMES[task.kind].join(', ')}.`;
      throw invalid([{ pointer: '/outcome', detail }]);
    }
    case 'closed-otherwise':
      throw conflict(
        `Task ${task.id} is closed${result.task.outcome ? ` as "${result.task.outcome}"` : ': its sequence ended'}.`,
      );
    default:
      return result satisfies never;
  }
}
