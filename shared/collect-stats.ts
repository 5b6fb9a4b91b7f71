/**
 * The facts of a campaign's enrollments, read when asked: one page of the index for 500 of them, then one profile and, for
 * whoever got a letter, their mails and tasks. Linear in the enrollments looked at, and never more than the limit.
 */
import { mapAtMost } from './at-most.ts';
import type { CampaignId } from './domain/ids.ts';
import type { Message } from './domain/message.ts';
import type { Facts } from './domain/stats.ts';
import type { EnrollmentView, Ports } from './ports.ts';

export const STATS_ENROLLMENTS_MAX = 10_000;
const CAMPAIGNS_MAX = 20;
const PAGE = 500;
const READS_AT_ONCE = 25;
/** Of one contact: the newest hundred of each say enough about one walk. */
const OF_ONE_MAX = 100;

export async function collectStats(
  ports: Ports,
  campaignId: CampaignId | undefined,
): Promise<{ readonly facts: readonly Facts[]; readonly isCut: boolean }> {
  const ids = campaignId
    ? [campaignId]
    : (await ports.store.listCampaigns({ limit: CAMPAIGNS_MAX })).items.map(({ id }) => id);
  const facts: Facts[] = [];
  for (const id of ids) {
    const left = STATS_ENROLLMENTS_MAX - facts.length;
    const walks = await eachEnrollment(ports, id, left);
    facts.push(...(await mapAtMost(walks.items, READS_AT_ONCE, (view) => factsOf(ports, view))));
    if (walks.isCut) return { facts, isCut: true };
  }
  return { facts, isCut: false };
}

/** At most `countMax` enrollments of a campaign; `isCut`: there are more. */
export async function eachEnrollment(
  ports: Ports,
  campaignId: CampaignId,
  countMax: number,
): Promise<{ readonly items: readonly EnrollmentView[]; readonly isCut: boolean }> {
  const items: EnrollmentView[] = [];
  let after: string | undefined;
  do {
    const page = await ports.store.listEnrollments(campaignId, { limit: PAGE, ...(after ? { after } : {}) });
    items.push(...page.items);
    after = page.next;
  } while (after && items.length < countMax);
  return { items: items.slice(0, countMax), isCut: after !== undefined || items.length > countMax };
}

async function factsOf(ports: Ports, { contactId, enrollment: walk }: EnrollmentView): Promise<Facts> {
  const wasWritten = walk.sent.length > 0;
  const page = { limit: OF_ONE_MAX };
  const [contact, messages, tasks] = await Promise.all([
    ports.store.load('contact', contactId),
    wasWritten ? ports.store.listMessages(contactId, page) : { items: [] },
    ports.store.listTasks({ contactId }, page),
  ]);
  return {
    walk,
    ...(contact?.country ? { country: contact.country } : {}),
    ...(contact?.source ? { source: contact.source } : {}),
    ...(contact?.grade ? { grade: contact.grade } : {}),
    mails: messages.items
      .filter((message) => message.kind === 'in' && message.enrollmentId === walk.id)
      .flatMap(mailFacts),
    tasks: tasks.items.filter((task) => task.enrollmentId === walk.id),
  };
}

function mailFacts(message: Message): Facts['mails'] {
  if (message.kind !== 'in') return [];
  const intent = message.reading.intent?.value.kind;
  return [{ at: message.at, kind: message.reading.kind.value, ...(intent ? { intent } : {}) }];
}
