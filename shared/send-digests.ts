/** Digests: raised once a period at the sender's own morning, and filled with what is true when they are sent. */
import { countAlerts, countTasks } from './digest-counts.ts';
import type { Alert } from './domain/alert.ts';
import type { AlertText } from './domain/alert-text.ts';
import {
  type DigestFacts,
  type DigestSpan,
  datesOf,
  daysFrom,
  digestDetail,
  digestId,
  isEmpty,
  readDigestDetail,
  spanOf,
} from './domain/digest.ts';
import { writeDigest } from './domain/digest-text.ts';
import type { Instant } from './domain/instant.ts';
import type { Sender } from './domain/sender.ts';
import { isOnDuty, loadDuty } from './domain/time/duty.ts';
import { localDate } from './domain/time/plan.ts';
import type { Ports } from './ports.ts';
import { raiseAlert } from './raise-alert.ts';

/** Of fifty each: a company of a thousand salespeople. */
const SENDER_PAGES_MAX = 20;

/** Answers how many were raised. Costs a read per sender, period and quarter of an hour on duty, else nothing. */
export async function sendDigests(ports: Ports, now: Instant): Promise<number> {
  let raised = 0;
  let after: string | undefined;
  for (let page = 0; page < SENDER_PAGES_MAX; page++) {
    const found = await ports.store.listSenders(after ? { after } : {});
    for (const sender of found.items) raised += await digestsOf(ports, sender, now);
    if (!found.next) return raised;
    after = found.next;
  }
  return raised;
}

async function digestsOf(ports: Ports, sender: Sender, now: Instant): Promise<number> {
  const periods = sender.digests ?? [];
  if (periods.length === 0 || sender.transferredTo || !isOnDuty(await loadDuty(sender), now)) return 0;
  let raised = 0;
  for (const period of periods) {
    const span = spanOf(period, localDate(sender.zone, now));
    const id = digestId(sender.id, span);
    if (await ports.store.load('alert', id)) continue;
    const facts = await factsOf(ports, sender, span, now);
    const alert: Alert = {
      id,
      kind: 'digest',
      at: now,
      senderId: sender.id,
      detail: digestDetail(span),
      // Remembered, so that nobody counts it again, and sent to nobody.
      urgency: isEmpty(facts) ? 'list' : 'quiet',
      delivered: {},
    };
    await raiseAlert(ports, alert);
    raised += 1;
  }
  return raised;
}

/** The words of a digest that was raised; `undefined`: the alert is none. */
export async function digestText(
  ports: Ports,
  alert: Alert,
  sender: Sender | undefined,
): Promise<AlertText | undefined> {
  const span = alert.kind === 'digest' ? readDigestDetail(alert.detail) : undefined;
  if (!span || !sender) return undefined;
  const facts = await factsOf(ports, sender, span, alert.at);
  return writeDigest(facts, sender.language ?? 'en', ports.settings.publicUrl);
}

async function factsOf(ports: Ports, sender: Sender, span: DigestSpan, now: Instant): Promise<DigestFacts> {
  const { store } = ports;
  const isDaily = span.period === 'daily';
  const from = isDaily ? daysFrom(span.from, -1) : span.from;
  const dates = datesOf(span);
  const [places, fates, tasks, alerts] = await Promise.all([
    store.readPlaces(sender.id, isDaily ? dates : []),
    isDaily ? { sent: 0, bounced: 0, complained: 0 } : store.readFates(sender.id, dates),
    countTasks(ports, sender, span.to),
    countAlerts(ports, sender, { from, to: span.to }, now),
  ]);
  return {
    span,
    senderName: sender.name,
    lettersPlanned: Object.values(places).reduce((total, { used }) => total + used, 0),
    ...fates,
    ...tasks,
    ...alerts,
  };
}
