/** A campaign's contacts, in pages that never change; the campaign names those that count. */
import type { Campaign, RosterPage } from './domain/campaign.ts';
import type { CampaignId, ContactId } from './domain/ids.ts';
import type { Ports } from './ports.ts';

/** Launching a draft tries every one of them within one request's time. */
export const ROSTER_CONTACTS_MAX = 5_000;
/** What a running campaign may grow to: about 10 KB of its item name the pages. */
export const ROSTER_GROWN_MAX = 100_000;
/** About 15 KB a page, far below an item's 400 KB. */
const CONTACTS_PER_ROSTER_PAGE = 500;

/** Every contact, each once, in the order in which they came. */
export async function rosterContacts(ports: Ports, campaign: Campaign): Promise<readonly ContactId[]> {
  const pages = await Promise.all(
    (campaign.roster ?? []).map(({ page }) => rosterPage(ports, campaign.id, page)),
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
  return withPages(campaign, added);
}

/** Pages are only ever added, so the last one tells whether a roster has changed. */
export function withPages(campaign: Campaign, added: readonly RosterPage[]): Campaign {
  const last = added.at(-1);
  if (!last) return campaign;
  return { ...campaign, roster: [...(campaign.roster ?? []), ...added], rosterTip: last.page };
}

/** What a change of a campaign is conditional on. */
export const CAMPAIGN_CHANGE = ['status', 'statusSince', 'rosterTip', 'sequenceVersion'] as const;

/** Those of `ids` that no page names; holds one page at a time. */
export async function notOnRoster(
  ports: Ports,
  campaign: Campaign,
  ids: readonly ContactId[],
): Promise<readonly ContactId[]> {
  const left = new Set(ids);
  for (const { page } of campaign.roster ?? []) {
    if (left.size === 0) break;
    for (const id of await rosterPage(ports, campaign.id, page)) left.delete(id);
  }
  return [...left];
}

/** The newest `countMax` contacts, for whoever compares with some of those who are there. */
export async function newestOnRoster(
  ports: Ports,
  campaign: Campaign,
  countMax: number,
): Promise<readonly ContactId[]> {
  const found: ContactId[] = [];
  for (const { page } of (campaign.roster ?? []).toReversed()) {
    if (found.length >= countMax) break;
    found.unshift(...(await rosterPage(ports, campaign.id, page)));
  }
  return found.slice(-countMax);
}

async function rosterPage(ports: Ports, campaignId: CampaignId, page: string): Promise<readonly ContactId[]> {
  const stored = await ports.store.load('roster', campaignId, page);
  if (!stored) throw new Error(`Campaign ${campaignId} misses page ${page} of its roster`);
  return stored.contactIds;
}
