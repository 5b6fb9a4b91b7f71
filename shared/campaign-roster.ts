/** A campaign's contacts, in pages that never change; the campaign names those that count. */
import type { Campaign, RosterPage } from './domain/campaign.ts';
import type { ContactId } from './domain/ids.ts';
import type { Ports } from './ports.ts';

/** Launching tries every one of them within one request's time. */
export const ROSTER_CONTACTS_MAX = 5_000;
/** About 15 KB a page, far below an item's 400 KB. */
const CONTACTS_PER_ROSTER_PAGE = 500;

/** Every contact, each once, in the order in which they came. */
export async function rosterContacts(ports: Ports, campaign: Campaign): Promise<readonly ContactId[]> {
  const pages = await Promise.all(
    (campaign.roster ?? []).map(async ({ page }) => {
      const stored = await ports.store.load('roster', campaign.id, page);
      if (!stored) throw new Error(`Campaign ${campaign.id} misses page ${page} of its roster`);
      return stored.contactIds;
    }),
  );
  return [...new Set(pages.flat())];
}

/** Writes the pages and answers the campaign that names them; saving it is what makes them count. */
export async function appendContacts(
  ports: Ports,
  campaign: Campaign,
  contactIds: readonly ContactId[],
): Promise<Campaign> {
  const added: RosterPage[] = [];
  for (let from = 0; from < contactIds.length; from += CONTACTS_PER_ROSTER_PAGE) {
    const page = ports.ids.fresh();
    const some = contactIds.slice(from, from + CONTACTS_PER_ROSTER_PAGE);
    await ports.store.put('roster', { campaignId: campaign.id, page, contactIds: some });
    added.push({ page, count: some.length });
  }
  return { ...campaign, roster: [...(campaign.roster ?? []), ...added] };
}
