/**
 * A task closes with an outcome, and the outcome is an event. The task is closed first: of two people who answer at
 * the same moment one wins, and only the winner's answer is heard.
 */
import { acknowledgeAlert } from './acknowledge.ts';
import { keepDate, readReferred } from './after-answer.ts';
import type { ContactInput } from './api/contacts.ts';
import type { Fault } from './api.ts';
import type { Contact } from './domain/contact.ts';
import type { Event } from './domain/enrollment/event.ts';
import { replyAlertId } from './domain/enrollment/ringing.ts';
import type { ContactState } from './domain/enrollment/state.ts';
import { taskIdOf } from './domain/enrollment/turn.ts';
import type { ContactId } from './domain/ids.ts';
import { MINUTE, msBetween } from './domain/instant.ts';
import { OUTCOMES, type Outcome, type OutcomeDetails, type Task } from './domain/task.ts';
import { applyEvent } from './engine.ts';
import type { Ports } from './ports.ts';
import { freeWhatsappPlace, watchWhatsappPlace } from './put-task.ts';
import { leaveCompany, releaseCompany } from './release-company.ts';
import { suppressContact } from './suppress-contact.ts';

/** So long the same answer counts as one client asking again, not as news: its event is applied anew. */
const REPEAT_MS = 15 * MINUTE;
const NUMBER_TRIES = 5;

export type TaskClosing =
  | { readonly kind: 'closed'; readonly task: Task }
  | { readonly kind: 'not-an-outcome' }
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] }
  /** With another outcome, or without one because its sequence ended. */
  | { readonly kind: 'closed-otherwise'; readonly task: Task };

/** Besides its name: what is asked of some outcomes, see `OutcomeInput`. */
export type OutcomeGiven = Omit<OutcomeDetails, 'referredTo'> & { readonly referred?: ContactInput };

/** Idempotent: the same outcome again is no error, and finishes what a crash left undone. */
export async function closeWithOutcome(
  ports: Ports,
  task: Task,
  outcome: Outcome,
  given: OutcomeGiven = {},
): Promise<TaskClosing> {
  if (!(OUTCOMES[task.kind] as readonly Outcome[]).includes(outcome)) return { kind: 'not-an-outcome' };
  const read = await readGiven(ports, task, outcome, given);
  if (task.status === 'open' && read.faults.length > 0) return { kind: 'invalid', faults: read.faults };
  const closed = task.status === 'open' ? await close(ports, task, outcome, read.details) : task;
  if (closed.outcome !== outcome) return { kind: 'closed-otherwise', task: closed };
  const isFresh = msBetween(closed.closedAt ?? ports.clock.now(), ports.clock.now()) <= REPEAT_MS;
  if (isFresh) await act(ports, closed, outcome, read.referred);
  return { kind: 'closed', task: closed };
}

type Given = {
  readonly details: OutcomeDetails;
  readonly referred?: Contact | undefined;
  readonly faults: readonly Fault[];
};

async function readGiven(ports: Ports, task: Task, outcome: Outcome, given: OutcomeGiven): Promise<Given> {
  const faults: Fault[] = [];
  const { referred: person, ...rest } = given;
  const now = ports.clock.now();
  const on = given.on ?? (outcome === 'later' ? task.wakeOn : undefined);
  if (outcome === 'call-back-at' && (given.callBackAt === undefined || given.callBackAt <= now)) {
    faults.push({
      pointer: '/callBackAt',
      detail: 'Say when to call again: a moment that is still to come.',
    });
  }
  if (outcome === 'later' && on === undefined)
    faults.push({ pointer: '/on', detail: 'Say from which day on they want to hear from us.' });
  if (on !== undefined && on < now.slice(0, 10))
    faults.push({ pointer: '/on', detail: 'This day has passed: name one that is still to come.' });
  const read =
    outcome === 'wrong-person' && person ? await readReferred(ports, task, person) : { faults: [] };
  faults.push(...read.faults.map(({ pointer, detail }) => ({ pointer: `/referred${pointer}`, detail })));
  const referred = read.faults.length === 0 ? read.contact : undefined;
  const details = { ...rest, ...(on ? { on } : {}), ...(referred ? { referredTo: referred.id } : {}) };
  return { details, referred, faults };
}

async function close(ports: Ports, task: Task, outcome: Outcome, details: OutcomeDetails): Promise<Task> {
  const kept = Object.keys(details).length > 0 ? { details } : {};
  const closed: Task = { ...task, status: 'closed', outcome, closedAt: ports.clock.now(), ...kept };
  await watchWhatsappPlace(ports, closed);
  if ((await ports.store.replace('task', task, closed, ['status'])) === 'saved') return closed;
  return (await ports.store.load('task', task.contactId, task.id)) ?? closed;
}

async function act(ports: Ports, task: Task, outcome: Outcome, referred: Contact | undefined): Promise<void> {
  const { next, on, callBackAt } = task.details ?? {};
  await freeWhatsappPlace(ports, task);
  // Whatever walk the question came from, the answer is the person's.
  if (task.kind === 'confirm-opt-out' && outcome === 'yes')
    await suppressContact(ports, task.contactId, 'unsubscribed');
  if (outcome === 'wrong-number' && task.phone) await forgetNumber(ports, task.contactId, task.phone);
  if (outcome === 'interested' && on) await keepDate(ports, task, 'next-step', on, next);
  if (outcome === 'later' && on) await keepDate(ports, task, 'wake', on);
  if (outcome === 'release') await releaseCompany(ports, task.contactId);
  if (outcome === 'leave') await leaveCompany(ports, task.contactId);
  if (referred) await ports.store.put('contact', referred);
  // Who has said what the answer was has seen it.
  if (task.kind === 'answer' && task.messageId)
    await acknowledgeAlert(ports, replyAlertId('reply', task.messageId));
  if (task.kind === 'decide') {
    const state = (await ports.store.loadState(task.contactId))?.state;
    const decision = decisionOf(state, task, outcome);
    if (decision) await applyEvent(ports, task.enrollmentId, decision);
  }
  await applyEvent(ports, task.enrollmentId, {
    kind: 'task-closed',
    taskId: task.id,
    task: task.kind,
    outcome,
    ...(task.phone ? { phone: task.phone } : {}),
    ...(task.person === undefined ? {} : { person: task.person }),
    ...(task.closedAt ? { at: task.closedAt } : {}),
    ...(callBackAt ? { callBackAt } : {}),
  });
}

/**
 * Two things are put before a person: a letter of which nobody knows whether it went, and a letter that could not be
 * written, which an approval hold keeps back. "Send again" means the one or the other.
 */
function decisionOf(state: ContactState | undefined, task: Task, outcome: Outcome): Event | undefined {
  const walk = state?.enrollment;
  if (walk?.kind !== 'open' || walk.id !== task.enrollmentId) return undefined;
  if (outcome === 'stop') return { kind: 'stopped-by-person' };
  if (outcome !== 'it-went' && outcome !== 'send-again') return undefined;
  if (walk.letter.kind === 'unknown') {
    const { claim } = walk.letter;
    // Asked about an earlier call of SES, the person has not spoken of this one.
    if (taskIdOf(walk.id, 'decide', claim) !== task.id) return undefined;
    return { kind: 'decided', decision: outcome, claim };
  }
  const held = walk.holds.find((hold) => hold.kind === 'approval' && hold.id.startsWith('letter:'));
  return held && outcome === 'send-again' ? { kind: 'released', holdId: held.id } : undefined;
}

/** The number leaves the profile, so that no later task offers it. */
async function forgetNumber(ports: Ports, contactId: ContactId, phone: string): Promise<void> {
  for (let attempt = 0; attempt < NUMBER_TRIES; attempt++) {
    const contact = await ports.store.load('contact', contactId);
    if (!contact?.phones.includes(phone)) return;
    const after = { ...contact, phones: contact.phones.filter((one) => one !== phone) };
    if ((await ports.store.replace('contact', contact, after, ['phones'])) === 'saved') return;
  }
  throw new Error(`Contact ${contactId} is too contended: ${NUMBER_TRIES} edits in a row lost`);
}
