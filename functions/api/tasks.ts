/** /v1/tasks: the salesperson's work, with the paragraph and the links to do it from a telephone. */
import type { Context } from 'hono';
import { Hono } from 'hono/quick';
import { OutcomeInput, type TaskAnswer, type TaskView } from '../../shared/api/tasks.ts';
import { closeWithOutcome } from '../../shared/close-task.ts';
import { type Contact, displayName } from '../../shared/domain/contact.ts';
import type { ContactId, TaskId } from '../../shared/domain/ids.ts';
import { whatsappParagraph } from '../../shared/domain/paragraph.ts';
import { telLink, whatsappLink } from '../../shared/domain/reach-out.ts';
import { OUTCOMES, type Task } from '../../shared/domain/task.ts';
import type { Ports } from '../../shared/ports.ts';
import { sentLetters } from '../../shared/sent-letters.ts';
import { conflict, invalid, notFound } from './problem.ts';
import { readBody, readPage } from './request.ts';

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
    .get('/:contactId/:id', async (context) => context.json(await taskAnswer(ports, await load(context))))
    .post('/:contactId/:id/outcome', async (context) => {
      const task = await load(context);
      const { outcome } = await readBody(context, OutcomeInput);
      const result = await closeWithOutcome(ports, task, outcome);
      switch (result.kind) {
        case 'closed':
          return context.json(taskView(result.task));
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
    });
}

const taskView = (task: Task): TaskView => ({ ...task, outcomes: [...OUTCOMES[task.kind]] });

/** Rendered when asked for, because letters may have gone out since the task was made. */
async function taskAnswer(ports: Ports, task: Task): Promise<TaskAnswer> {
  const contact = await ports.store.load('contact', task.contactId);
  const about = contact
    ? {
        name: displayName(contact),
        ...(contact.company ? { company: contact.company } : {}),
        zone: contact.zone,
      }
    : {};
  const phone = task.phone ?? contact?.phones[0];
  const isByPhone = task.kind === 'whatsapp' || task.kind === 'call';
  if (!isByPhone || !phone || !contact) return { ...taskView(task), ...about };
  const links = { phone, telLink: telLink(phone) };
  // A stand-in's or a switchboard's number: the paragraph speaks to the contact, so it is not theirs to read.
  if (task.kind === 'call' || task.person !== undefined) return { ...taskView(task), ...about, ...links };
  const paragraph = await paragraphFor(ports, task, contact);
  return { ...taskView(task), ...about, ...links, paragraph, whatsappLink: whatsappLink(phone, paragraph) };
}

async function paragraphFor(ports: Ports, task: Task, contact: Contact): Promise<string> {
  const [sender, campaign, letters] = await Promise.all([
    ports.store.load('sender', task.senderId),
    ports.store.load('campaign', task.campaignId),
    sentLetters(ports, task.enrollmentId),
  ]);
  const sequence =
    campaign && (await ports.store.load('sequence', campaign.sequenceId, campaign.sequenceVersion));
  if (!sender || !sequence) throw new Error(`Task ${task.id} misses its sender or its sequence`);
  return whatsappParagraph({ sender, contact, letters, language: sequence.language, now: ports.clock.now() });
}
