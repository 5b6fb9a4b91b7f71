/** One task as the salesperson sees it: who, what hour it is there, the paragraph, the links, and why perhaps not now. */
import type { TaskAnswer, TaskView } from '../../shared/api/tasks.ts';
import { wordBecause } from '../../shared/domain/because.ts';
import { chatAppFor, chatLink } from '../../shared/domain/chat-app.ts';
import { type Contact, displayName } from '../../shared/domain/contact.ts';
import { cautionsFor } from '../../shared/domain/enrollment/cautions.ts';
import { whatsappParagraph } from '../../shared/domain/paragraph.ts';
import { telLink, whatsappLink } from '../../shared/domain/reach-out.ts';
import { OUTCOMES, type Task } from '../../shared/domain/task.ts';
import { loadKnown } from '../../shared/known-walk.ts';
import type { Ports } from '../../shared/ports.ts';
import { sentLetters } from '../../shared/sent-letters.ts';
import type { Language } from './handler.ts';

export const taskView = ({ placeDay: _, ...task }: Task): TaskView => ({
  ...task,
  outcomes: [...OUTCOMES[task.kind]],
});

/** Rendered when asked for, because letters may have gone out since the task was made. */
export async function taskAnswer(ports: Ports, task: Task, language: Language): Promise<TaskAnswer> {
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
  const cautions = (await cautionsOf(ports, task)).map((reason) => ({
    rule: reason.rule,
    text: wordBecause(reason, language, contact.zone),
  }));
  const shown = { ...taskView(task), ...about, phone };
  if (cautions.length > 0) return { ...shown, cautions };
  const links = { ...shown, telLink: telLink(phone) };
  // A stand-in's or a switchboard's number: the paragraph speaks to the contact, so it is not theirs to read.
  if (task.kind === 'call' || task.person !== undefined) return links;
  const paragraph = await paragraphFor(ports, task, contact);
  const app = chatAppFor(contact.country);
  if (app === 'whatsapp') return { ...links, app, paragraph, whatsappLink: whatsappLink(phone, paragraph) };
  const link = chatLink(app, phone, paragraph);
  return { ...links, app, paragraph, ...(link ? { chatLink: link } : {}) };
}

async function cautionsOf(ports: Ports, task: Task) {
  const state = (await ports.store.loadState(task.contactId))?.state;
  if (!state) return [];
  const { enrollmentId: id, campaignId, senderId } = task;
  const { plan } = await loadKnown(ports, { id, campaignId, senderId });
  return cautionsFor(state, task, ports.clock.now(), plan);
}

async function paragraphFor(ports: Ports, task: Task, contact: Contact): Promise<string> {
  const [sender, campaign, letters] = await Promise.all([
    ports.store.load('sender', task.senderId),
    ports.store.load('campaign', task.campaignId),
    sentLetters(ports, task.enrollmentId, task.campaignId),
  ]);
  const sequence =
    campaign && (await ports.store.load('sequence', campaign.sequenceId, campaign.sequenceVersion));
  if (!sender || !sequence) throw new Error(`Task ${task.id} misses its sender or its sequence`);
  const first = sequence.steps.findIndex((step) => step.kind === 'letter');
  const language = letters.find(({ step }) => step === first)?.language ?? sequence.language;
  return whatsappParagraph({ sender, contact, letters, language, now: ports.clock.now() });
}
