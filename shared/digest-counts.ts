/** What the lists of open tasks and of alerts hold for one digest. */

import type { Alert } from './domain/alert.ts';
import { displayName } from './domain/contact.ts';
import { type DigestFacts, isWithinADay, type WaitingAnswer } from './domain/digest.ts';
import { DAY, type Instant, plus } from './domain/instant.ts';
import { answerDueBy } from './domain/reply-clock.ts';
import type { Sender } from './domain/sender.ts';
import type { TaskKind } from './domain/task.ts';
import { localDate } from './domain/time/plan.ts';
import type { Ports } from './ports.ts';

const TASK_PAGES_MAX = 40;
const ALERT_PAGES_MAX = 100;
const PAGE = 200;
/** Looked back for answers that still wait; older ones are red in every list that there is. */
const WAITING_DAYS = 31;

/** `to`: ISO date of the sender's own calendar. */
export async function countTasks(
  ports: Ports,
  sender: Sender,
  to: string,
): Promise<Pick<DigestFacts, 'due' | 'overdue'>> {
  const due: Partial<Record<TaskKind, number>> = {};
  let overdue = 0;
  let after: string | undefined;
  for (let page = 0; page < TASK_PAGES_MAX; page++) {
    const found = await ports.store.listTasks({ open: true }, { limit: PAGE, ...(after ? { after } : {}) });
    for (const task of found.items) {
      if (task.senderId !== sender.id) continue;
      const day = localDate(sender.zone, task.dueAt);
      if (day > to) continue;
      if (day < to) overdue += 1;
      else due[task.kind] = (due[task.kind] ?? 0) + 1;
    }
    if (!found.next) break;
    after = found.next;
  }
  return { due, overdue };
}

type Counted = Pick<
  DigestFacts,
  'waiting' | 'replies' | 'answered' | 'answeredInADay' | 'listed' | 'undelivered'
>;

/** `span`: ISO dates of the sender's own calendar. Mails of nobody are everybody's. */
export async function countAlerts(
  ports: Ports,
  sender: Sender,
  span: { readonly from: string; readonly to: string },
  now: Instant,
): Promise<Counted> {
  const oldest = [
    plus(now, -WAITING_DAYS * DAY),
    plus(`${span.from}T00:00:00.000Z` as Instant, -DAY),
  ].sort()[0];
  const replies: Record<string, number> = {};
  const waiting: WaitingAnswer[] = [];
  const counted = { answered: 0, answeredInADay: 0, listed: 0, undelivered: 0 };
  for await (const alert of alertsSince(ports, oldest ?? now)) {
    const day = localDate(sender.zone, alert.at);
    const isInSpan = day >= span.from && day <= span.to;
    if (alert.urgency === 'list' && alert.kind !== 'digest' && isInSpan) counted.listed += 1;
    if (alert.senderId !== sender.id) continue;
    if (isInSpan && Object.values(alert.tried ?? {}).some((one) => one.isGivenUp)) counted.undelivered += 1;
    if (alert.kind !== 'reply') continue;
    const { acknowledgedAt, detail = 'other' } = alert;
    if (!acknowledgedAt && alert.urgency !== 'quiet') waiting.push(await waitingOf(ports, alert, now));
    if (!isInSpan) continue;
    const intent = detail === 'opt-out-doubtful' ? 'other' : detail;
    replies[intent] = (replies[intent] ?? 0) + 1;
    if (!acknowledgedAt) continue;
    counted.answered += 1;
    if (isWithinADay(alert.at, acknowledgedAt)) counted.answeredInADay += 1;
  }
  return { ...counted, replies, waiting: waiting.toSorted((a, b) => (a.since < b.since ? -1 : 1)) };
}

async function waitingOf(ports: Ports, alert: Alert, now: Instant): Promise<WaitingAnswer> {
  const contact = alert.contactId && (await ports.store.load('contact', alert.contactId));
  return {
    name: contact ? displayName(contact) : '–',
    ...(contact?.company ? { company: contact.company } : {}),
    since: alert.at,
    isRed: now >= answerDueBy(alert.at),
  };
}

async function* alertsSince(ports: Ports, oldest: Instant): AsyncGenerator<Alert> {
  let after: string | undefined;
  for (let page = 0; page < ALERT_PAGES_MAX; page++) {
    const found = await ports.store.listAlerts({ limit: PAGE, ...(after ? { after } : {}) });
    for (const alert of found.items) {
      if (alert.at < oldest) return;
      yield alert;
    }
    if (!found.next) return;
    after = found.next;
  }
}
