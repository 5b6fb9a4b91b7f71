/** Everything that happened to one person, from the four places where it is kept, in order of time. */
import type { Timeline, TimelineEntry } from '../../shared/api/contacts.ts';
import type { Because } from '../../shared/domain/because.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { EndedEnrollment } from '../../shared/domain/enrollment/state.ts';
import type { EnrollmentId } from '../../shared/domain/ids.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { Task } from '../../shared/domain/task.ts';
import type { Page, PageAsked, Ports } from '../../shared/ports.ts';
import { reasonView } from './enrollment-view.ts';
import type { Language } from './handler.ts';
import { messageView } from './message-view.ts';

/** Of each place. A person with more than this has been written to for decades, or by somebody else's bug. */
const ITEMS_MAX = 1_000;
const PAGE = 100;

/** Oldest first. `isCut`: there is more than is shown. */
export async function timelineOf(
  ports: Ports,
  { id: contactId, zone }: Contact,
  language: Language,
): Promise<Timeline> {
  const { store } = ports;
  const [messages, tasks, kept, walks, loaded] = await Promise.all([
    readAll((page) => store.listMessages(contactId, page)),
    readAll((page) => store.listTasks({ contactId }, page)),
    store.listBecause(contactId),
    store.listWalks(contactId),
    store.loadState(contactId),
  ]);
  const current = loaded?.state.enrollment;
  const ended = current?.kind === 'ended' ? [...walks.filter(({ id }) => id !== current.id), current] : walks;
  const reasons = distinct([...kept, ...(loaded?.state.because ?? []).map((because) => ({ because }))]);
  const items = [
    ...messages.items.map(messageEntry),
    ...tasks.items.map(taskEntry),
    ...reasons.map((reason) => reasonEntry(reason, language, zone)),
    ...ended.map(walkEntry),
  ];
  // ISO text in UTC sorts as time does; equal moments keep the order of their places.
  items.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { items, isCut: messages.isCut || tasks.isCut };
}

async function readAll<Item>(
  list: (page: PageAsked) => Promise<Page<Item>>,
): Promise<{ readonly items: readonly Item[]; readonly isCut: boolean }> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page: Page<Item> = await list({ limit: PAGE, ...(after ? { after } : {}) });
    items.push(...page.items);
    after = page.next;
  } while (after && items.length < ITEMS_MAX);
  return { items, isCut: after !== undefined };
}

type Reason = { readonly enrollmentId?: EnrollmentId; readonly because: Because };

/** A reason is put away before the save that drops it from the state item: after a crash it stands in both places. */
function distinct(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Map<string, Reason>();
  for (const reason of reasons) {
    const { at, rule, args } = reason.because;
    const key = JSON.stringify([at, rule, Object.entries(args ?? {}).sort()]);
    if (!seen.has(key)) seen.set(key, reason);
  }
  return [...seen.values()];
}

function messageEntry(message: Message): TimelineEntry {
  const { text: _long, findings: _why, ...shown } = messageView(message);
  return { kind: 'message', at: shown.sentAt ?? shown.at, message: shown };
}

const taskEntry = (task: Task): TimelineEntry => ({
  kind: 'task',
  at: task.closedAt ?? task.createdAt,
  taskId: task.id,
  task: task.kind,
  status: task.status,
  ...(task.outcome ? { outcome: task.outcome } : {}),
});

const reasonEntry = ({ enrollmentId, because }: Reason, language: Language, zone: string): TimelineEntry => ({
  kind: 'reason',
  ...reasonView(because, language, zone),
  ...(enrollmentId ? { enrollmentId } : {}),
});

const walkEntry = (walk: EndedEnrollment): TimelineEntry => ({
  kind: 'walk',
  at: walk.endedAt,
  enrollmentId: walk.id,
  campaignId: walk.campaignId,
  end: walk.end.kind === 'stopped' ? walk.end.why : walk.end.kind,
});
