/** /v1/tasks: the salesperson's work, with the paragraph and the links to do it from a telephone. */
import { type Context, Hono } from 'hono';
import { OutcomeInput, OverrideInput, SnoozeInput } from '../../shared/api/tasks.ts';
import { type Arranged, overrideLedger, snoozeTask } from '../../shared/arrange-task.ts';
import { closeWithOutcome, type TaskClosing } from '../../shared/close-task.ts';
import { displayName } from '../../shared/domain/contact.ts';
import type { ContactId, TaskId } from '../../shared/domain/ids.ts';
import { cardRemark, vCard } from '../../shared/domain/reach-out.ts';
import { OUTCOMES, type Task } from '../../shared/domain/task.ts';
import type { Ports } from '../../shared/ports.ts';
import { cardAnswer } from './card.ts';
import { conflict, invalid, notFound } from './problem.ts';
import { languageOf, readBody, readPage } from './request.ts';
import { taskAnswer, taskView } from './task-view.ts';

export function taskRoutes(ports: Ports) {
  const load = async (context: Context): Promise<Task> => {
    const { contactId = '', id = '' } = context.req.param();
    const task = await ports.store.load('task', contactId as ContactId, id as TaskId);
    if (!task) throw notFound(`Task ${id}`);
    return task;
  };
  return new Hono()
    .get('/', async (context) => {
      const page = await ports.store.listTasks({ open: true }, readPage(context));
      return context.json({ ...page, items: page.items.map(taskView) });
    })
    .get('/:contactId/:id', async (context) =>
      context.json(await taskAnswer(ports, await load(context), languageOf(context))),
    )
    .get('/:contactId/:id/card', async (context) => {
      const task = await load(context);
      const contact = await ports.store.load('contact', task.contactId);
      const phone = task.phone ?? contact?.phones[0];
      if (!contact || !phone) throw notFound(`A telephone number of task ${task.id}`);
      const { person } = task;
      const remark = cardRemark(contact, task);
      return cardAnswer(
        context,
        person ?? displayName(contact),
        vCard({ contact, phone, remark, ...(person === undefined ? {} : { person }) }),
      );
    })
    .post('/:contactId/:id/outcome', async (context) => {
      const task = await load(context);
      const { outcome, ...given } = await readBody(context, OutcomeInput);
      return context.json(taskView(closedOrThrow(task, await closeWithOutcome(ports, task, outcome, given))));
    })
    .post('/:contactId/:id/snooze', async (context) => {
      const { until } = await readBody(context, SnoozeInput, 'optional');
      const task = await load(context);
      return context.json(taskView(arranged(task, await snoozeTask(ports, task, until))));
    })
    .post('/:contactId/:id/override', async (context) => {
      const { reason } = await readBody(context, OverrideInput);
      const task = await load(context);
      const after = arranged(task, await overrideLedger(ports, task, reason));
      return context.json(await taskAnswer(ports, after, languageOf(context)));
    });
}

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
