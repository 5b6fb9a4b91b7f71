/** The plan of one day: open work with the hour at which each person can be reached, and the letters that go out. */
import type { PulseAnswer, TodayAnswer, TodayLetter, TodayTask } from './api/today.ts';
import { isByPhone } from './arrange-task.ts';
import { mapAtMost } from './at-most.ts';
import { wordBecause } from './domain/because.ts';
import { type Contact, displayName } from './domain/contact.ts';
import type { ContactId, SenderId } from './domain/ids.ts';
import { DAY, type Instant, latest, plus } from './domain/instant.ts';
import { oneLine } from './domain/one-line.ts';
import { OUTCOMES, type Task } from './domain/task.ts';
import { loadCalendar } from './domain/time/calendar.ts';
import { localDate, localTime, planTouch } from './domain/time/plan.ts';
import { explainNext } from './explain-step.ts';
import type { Page, PageAsked, Ports } from './ports.ts';

/** Nobody does more in a day; what is beyond is said to be there. */
const TASKS_MAX = 400;
const LETTERS_MAX = 200;
const PAGE = 100;
const READS_AT_ONCE = 25;
const WORDS_CHARS = 160;
/** `planTouch`'s own hours for the sender. */
const SENDER_DAY = { from: '08:00', to: '22:00' };

/** `senderId` absent: everybody's day. */
export async function planToday(ports: Ports, senderId?: SenderId): Promise<TodayAnswer> {
  const at = ports.clock.now();
  const isMine = (one: { readonly senderId: SenderId }) =>
    senderId === undefined || one.senderId === senderId;
  const [tasks, due, alerts] = await Promise.all([
    readAll(TASKS_MAX, (page) => ports.store.listTasks({ open: true }, page)),
    readAll(LETTERS_MAX, (page) => ports.store.listDue(plus(at, DAY), page)),
    ports.store.listAlerts({ limit: PAGE }),
  ]);
  const alertOf = new Map(alerts.items.map((alert) => [alert.messageId, alert.id]));
  const zones = new Map<SenderId, Promise<string>>();
  const zoneOf = (id: SenderId) => {
    const known = zones.get(id) ?? ports.store.load('sender', id).then((sender) => sender?.zone ?? 'UTC');
    zones.set(id, known);
    return known;
  };
  const shown = await mapAtMost(tasks.items.filter(isMine), READS_AT_ONCE, async (task) => {
    const alertId = task.messageId && alertOf.get(task.messageId);
    return {
      ...(await taskOf(ports, task, at, await zoneOf(task.senderId))),
      ...(alertId ? { alertId } : {}),
    };
  });
  const letters = await mapAtMost(due.items, READS_AT_ONCE, (id) => letterOf(ports, id, at, isMine));
  return {
    at,
    tasks: shown,
    letters: letters.filter((one) => one !== undefined).sort((a, b) => (a.at < b.at ? -1 : 1)),
    isCut: tasks.isCut || due.isCut,
  };
}

async function taskOf(ports: Ports, task: Task, now: Instant, senderZone: string): Promise<TodayTask> {
  const [contact, message] = await Promise.all([
    ports.store.load('contact', task.contactId),
    task.messageId ? ports.store.load('message', task.contactId, task.messageId) : undefined,
  ]);
  const mail =
    task.kind === 'answer' && message?.kind === 'in'
      ? {
          ...(message.subject ? { subject: message.subject } : {}),
          words: oneLine(message.reading.replyText, WORDS_CHARS),
          receivedAt: message.at,
        }
      : {};
  return {
    ...task,
    outcomes: [...OUTCOMES[task.kind]],
    ...whoIs(contact),
    ...mail,
    ...(contact && isByPhone(task) ? await reachOf(contact, latest(now, task.dueAt), senderZone) : {}),
  };
}

async function reachOf(contact: Contact, earliest: Instant, senderZone: string) {
  const reachAt = planTouch({ calendar: await loadCalendar(contact), earliest, senderZone }).at;
  const ours = localTime(senderZone, reachAt);
  const isShared = ours >= SENDER_DAY.from && ours < SENDER_DAY.to;
  return { reachAt, ...(isShared ? {} : { noSharedHour: true as const }) };
}

const whoIs = (contact: Contact | undefined) =>
  contact
    ? {
        name: displayName(contact),
        zone: contact.zone,
        ...(contact.company ? { company: contact.company } : {}),
        ...(contact.country ? { country: contact.country } : {}),
        ...(contact.grade ? { grade: contact.grade } : {}),
      }
    : {};

/** `undefined`: what is due there is no letter of today, or not this sender's. */
async function letterOf(
  ports: Ports,
  contactId: ContactId,
  now: Instant,
  isMine: (one: { readonly senderId: SenderId }) => boolean,
): Promise<TodayLetter | undefined> {
  const state = (await ports.store.loadState(contactId))?.state;
  const walk = state?.enrollment;
  if (!state || walk?.kind !== 'open' || walk.letter.kind !== 'planned' || !isMine(walk)) return undefined;
  if (walk.letter.dueAt > plus(now, DAY)) return undefined;
  const [next, contact] = await Promise.all([
    explainNext(ports, state, walk),
    ports.store.load('contact', contactId),
  ]);
  // The day ends at the sender's midnight, not 24 hours from now.
  if (!next?.at || localDate(next.senderZone, next.at) > localDate(next.senderZone, now)) return undefined;
  const clock = (zone: string, at: Instant) => ({
    zone,
    date: localDate(zone, at),
    time: localTime(zone, at),
  });
  return {
    ...whoIs(contact),
    enrollmentId: walk.id,
    contactId,
    campaignId: walk.campaignId,
    step: next.step,
    at: next.at,
    theirs: clock(next.zone, next.at),
    ours: clock(next.senderZone, next.at),
    reasons: next.reasons.map((reason) => ({
      rule: reason.rule,
      en: wordBecause(reason, 'en', next.zone),
      zh: wordBecause(reason, 'zh', next.zone),
    })),
  };
}

async function readAll<Item>(
  itemsMax: number,
  list: (page: PageAsked) => Promise<Page<Item>>,
): Promise<{ readonly items: readonly Item[]; readonly isCut: boolean }> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page: Page<Item> = await list({ limit: PAGE, ...(after ? { after } : {}) });
    items.push(...page.items);
    after = page.next;
  } while (after && items.length < itemsMax);
  return { items, isCut: after !== undefined };
}

/** Another text whenever an alert or an open task has come or gone. */
export async function takePulse(ports: Ports): Promise<PulseAnswer> {
  const [alerts, tasks] = await Promise.all([
    ports.store.listAlerts({ limit: 1 }),
    ports.store.listTasks({ open: true }, { limit: PAGE }),
  ]);
  const newest = alerts.items[0];
  const ids = tasks.items.map(({ id, dueAt }) => `${id}@${dueAt}`).join(' ');
  return {
    at: ports.clock.now(),
    mark: `${newest?.id ?? ''}${newest?.acknowledgedAt ? '+' : ''}:${shortHash(ids)}`,
    openTasks: tasks.items.length,
  };
}

/** FNV-1a: a mark of change, not a secret. */
function shortHash(text: string): string {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return (h >>> 0).toString(36);
}
