/** A campaign's contacts on their way into the queue, page by page; of several grades one page after the other. */
import type { Contact } from './domain/contact.ts';
import type { CampaignId, ContactId } from './domain/ids.ts';
import { byGrade } from './domain/time/preview.ts';
import type { CampaignPage, Ports } from './ports.ts';

/** One page is enrolled by one invocation, with a second or two of small calls. */
export const CONTACTS_PER_PAGE = 50;

/**
 * The best first, for the sender's places fill in the order of enrolling. Several grades take turns, or a page of the
 * last that runs beside the first would take the earlier days; one grade goes all at once.
 */
export function queueEnrolling(
  ports: Ports,
  campaignId: CampaignId,
  admitted: readonly Pick<Contact, 'id' | 'grade'>[],
): Promise<void> {
  const ids = admitted.toSorted(byGrade).map(({ id }) => id);
  const isMixed = new Set(admitted.map(({ grade }) => grade)).size > 1;
  return isMixed ? queueInTurn(ports, campaignId, ids) : queuePages(ports, 'enroll', campaignId, ids);
}

/** Queues the first page of many; it brings the others along and queues them when it is through. */
export function queueInTurn(
  ports: Ports,
  campaignId: CampaignId,
  contactIds: readonly ContactId[],
): Promise<void> {
  const afterwards = contactIds.slice(CONTACTS_PER_PAGE);
  return ports.timers.queuePage({
    kind: 'enroll',
    campaignId,
    contactIds: contactIds.slice(0, CONTACTS_PER_PAGE),
    ...(afterwards.length === 0 ? {} : { afterwards }),
  });
}

export async function queuePages(
  ports: Ports,
  kind: Extract<CampaignPage, { contactIds: unknown }>['kind'],
  campaignId: CampaignId,
  contactIds: readonly ContactId[],
): Promise<void> {
  for (let from = 0; from < contactIds.length; from += CONTACTS_PER_PAGE) {
    const page = contactIds.slice(from, from + CONTACTS_PER_PAGE);
    await ports.timers.queuePage({ kind, campaignId, contactIds: page });
  }
}
