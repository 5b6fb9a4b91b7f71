/** News that got lost on their way, and tasks that have just fallen due: looked for every quarter of an hour. */
import { announce, endpointsOf, queueNotice } from './announce.ts';
import { forgottenWays } from './domain/alert.ts';
import { derivedId } from './domain/ids.ts';
import { DAY, type Instant, plus } from './domain/instant.ts';
import { takesNotice } from './domain/notice.ts';
import type { Task } from './domain/task.ts';
import type { Ports } from './ports.ts';

/** Of fifty each; what is left is found a quarter of an hour later. */
const PAGES_MAX = 40;
/** Whoever adds an endpoint is not told of every task that has been lying about for weeks. */
const DUE_WITHIN_MS = DAY;

/** Answers how many deliveries were queued again and how many tasks announced. */
export async function tellForgotten(ports: Ports, now: Instant): Promise<number> {
  const endpoints = await endpointsOf(ports);
  if (endpoints.length === 0) return 0;
  let told = 0;
  for await (const notice of pagesOf((page) => ports.store.listNotices('waiting', page))) {
    for (const id of forgottenWays(notice, notice.waiting, now)) {
      await queueNotice(ports, notice, id);
      told += 1;
    }
  }
  if (!endpoints.some((one) => takesNotice(one, 'task.due'))) return told;
  for await (const task of pagesOf((page) => ports.store.listTasks({ open: true }, page))) {
    if (task.dueAt > now) break;
    if (task.announcedAt === task.dueAt || task.dueAt < plus(now, -DUE_WITHIN_MS)) continue;
    await announceTask(ports, task, now);
    told += 1;
  }
  return told;
}

/** Told first, marked after: a task that is put off is news again when it falls due anew. */
async function announceTask(ports: Ports, task: Task, now: Instant): Promise<void> {
  const { id, dueAt, contactId, enrollmentId, campaignId, senderId } = task;
  await announce(ports, {
    id: derivedId('news', 'task.due', contactId, id, dueAt),
    type: 'task.due',
    at: now,
    contactId,
    enrollmentId,
    campaignId,
    senderId,
    taskId: id,
  });
  // Loses against whoever closes it or puts it off at this moment, which is more important.
  await ports.store.replace('task', task, { ...task, announcedAt: dueAt }, ['status', 'dueAt', 'override']);
}

async function* pagesOf<Item>(
  list: (page: { after?: string }) => Promise<{ readonly items: readonly Item[]; readonly next?: string }>,
): AsyncGenerator<Item> {
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const found = await list(after ? { after } : {});
    yield* found.items;
    if (!found.next) return;
    after = found.next;
  }
}
