/**
 * A task on the salesperson's list. Of first WhatsApps a sender writes at most ten a day, or it is no hand-off but a
 * mailing: each takes a place of its day, and whoever finds the day full comes on the next one.
 */
import type { ContactId, SenderId, TaskId } from './domain/ids.ts';
import { DAY, plus } from './domain/instant.ts';
import { lookAtPlace, placeAt } from './domain/place.ts';
import type { Task } from './domain/task.ts';
import { loadCalendar } from './domain/time/calendar.ts';
import { planTouch } from './domain/time/plan.ts';
import type { Ports } from './ports.ts';

export const WHATSAPPS_A_DAY_MAX = 10;
/** Two hundred waiting WhatsApps are a sign of something else; the last day then takes them all. */
const DAYS_MAX = 20;
const LIMITS = { perDay: WHATSAPPS_A_DAY_MAX, perHour: WHATSAPPS_A_DAY_MAX };

/** Idempotent: a task that stands already keeps its moment and its place. `again`: unless nobody has answered it. */
export async function putTask(ports: Ports, task: Task, again = false): Promise<void> {
  const known = await ports.store.load('task', task.contactId, task.id);
  if (again && known?.status === 'closed' && known.outcome === undefined)
    return void (await ports.store.replace('task', known, task, ['status', 'outcome']));
  const isNew = known === undefined;
  await ports.store.putNew('task', isNew && task.kind === 'whatsapp' ? await withPlace(ports, task) : task);
}

/** A WhatsApp that is closed unsent gives its place of the day back; one that was sent has used it. */
export async function freeWhatsappPlace(ports: Ports, task: Task): Promise<void> {
  if (task.placeDay === undefined || holdsWhatsappPlace(task)) return;
  await ports.store.releasePlace(listOf(task), task.placeDay, holderOf(task));
}

/** Before the write that closes it as `closed`: should the run die then, reconcile gives the place back. */
export async function watchWhatsappPlace(ports: Ports, closed: Task): Promise<void> {
  if (closed.placeDay === undefined || holdsWhatsappPlace(closed)) return;
  const lookAt = lookAtPlace(ports.clock.now());
  await ports.store.watchPlace(listOf(closed), closed.placeDay, holderOf(closed), lookAt);
}

/** It stands, or its message went. */
export const holdsWhatsappPlace = ({ status, outcome }: Task): boolean =>
  status === 'open' || outcome === 'sent' || outcome === 'answered';

const holderOf = ({ contactId, id }: Task): string => `${contactId}/${id}`;

/** `undefined`: a letter's holder. */
export function readWhatsappHolder(
  holder: string,
): { readonly contactId: ContactId; readonly taskId: TaskId } | undefined {
  const [contactId, taskId] = holder.split('/');
  return taskId === undefined ? undefined : { contactId: contactId as ContactId, taskId: taskId as TaskId };
}

/** A list of places beside that of the letters. */
const listOf = (task: Task): SenderId => `${task.senderId}:whatsapp` as SenderId;

async function withPlace(ports: Ports, task: Task): Promise<Task> {
  const [sender, contact] = await Promise.all([
    ports.store.load('sender', task.senderId),
    ports.store.load('contact', task.contactId),
  ]);
  if (!sender || !contact) return task;
  const calendar = await loadCalendar(contact);
  let { dueAt } = task;
  for (let day = 0; day < DAYS_MAX; day++) {
    const place = placeAt(sender.zone, dueAt);
    const lookAt = lookAtPlace(ports.clock.now());
    if ((await ports.store.reservePlace(listOf(task), place, holderOf(task), LIMITS, lookAt)) === 'reserved')
      return { ...task, dueAt, placeDay: place.day };
    dueAt = planTouch({ calendar, earliest: plus(dueAt, DAY), senderZone: sender.zone }).at;
  }
  return { ...task, dueAt };
}
