/**
 * Campaigns whose work is done. A contact whose page died on its way is found here, by the roster: nobody who was
 * launched is forgotten because a message was.
 */
import { mapAtMost } from './at-most.ts';
import { CAMPAIGN_CHANGE, rosterContacts } from './campaign-roster.ts';
import type { Campaign } from './domain/campaign.ts';
import type { CampaignId, ContactId } from './domain/ids.ts';
import { DAY, type Instant, msBetween } from './domain/instant.ts';
import type { Ports } from './ports.ts';
import { queuePages } from './queue-pages.ts';

const CAMPAIGN_PAGES_MAX = 50;
const READS_AT_ONCE = 25;
/** Launching queues pages that enroll a little later: on its first day a campaign is never called done. */
const FINISHED_AFTER_MS = DAY;

/** A campaign none of whose contacts walks any more, or has yet to begin, is finished. Answers how many were. */
export async function finishCampaigns(ports: Ports, now: Instant): Promise<number> {
  let finished = 0;
  let after: string | undefined;
  for (let page = 0; page < CAMPAIGN_PAGES_MAX; page++) {
    const campaigns = await ports.store.listCampaigns(after ? { after } : {});
    for (const campaign of campaigns.items) if (await finishIfDone(ports, campaign, now)) finished += 1;
    if (!campaigns.next) return finished;
    after = campaigns.next;
  }
  return finished;
}

async function finishIfDone(ports: Ports, campaign: Campaign, now: Instant): Promise<boolean> {
  const isYoung = msBetween(campaign.statusSince, now) < FINISHED_AFTER_MS;
  if (campaign.status !== 'running' || isYoung || (await hasOpenWalk(ports, campaign.id))) return false;
  const standings = await surveyRoster(ports, campaign);
  if (standings.some(({ standing }) => standing === 'walking')) return false;
  const forgotten = standings.filter(({ standing }) => standing === 'forgotten').map(({ id }) => id);
  await queuePages(ports, 'enroll', campaign.id, forgotten);
  if (forgotten.length > 0) return false;
  const done: Campaign = { ...campaign, status: 'finished', statusSince: now };
  const saved = await ports.store.replace('campaign', campaign, done, CAMPAIGN_CHANGE);
  return saved === 'saved';
}

/** Stops at the first open one, so a campaign in full swing costs one page. */
async function hasOpenWalk(ports: Ports, campaignId: CampaignId): Promise<boolean> {
  let after: string | undefined;
  do {
    const page = await ports.store.listEnrollments(campaignId, after ? { after } : {});
    if (page.items.some(({ enrollment }) => enrollment.kind === 'open')) return true;
    after = page.next;
  } while (after);
  return false;
}

type Standing = 'walking' | 'through' | 'forgotten';

/** Consistent, contact by contact: the index lags, and a page that died in its queue left no trace in it. */
async function surveyRoster(
  ports: Ports,
  campaign: Campaign,
): Promise<readonly { readonly id: ContactId; readonly standing: Standing }[]> {
  const ids = await rosterContacts(ports, campaign);
  return mapAtMost(ids, READS_AT_ONCE, async (id) => ({
    id,
    standing: await standingOf(ports, campaign, id),
  }));
}

async function standingOf(ports: Ports, campaign: Campaign, id: ContactId): Promise<Standing> {
  const state = (await ports.store.loadState(id))?.state;
  const walk = state?.enrollment;
  if (walk?.campaignId === campaign.id) return walk.kind === 'open' ? 'walking' : 'through';
  // One person, one conversation; and who is suppressed is through with every campaign.
  if (walk?.kind === 'open' || state?.standing.kind === 'suppressed') return 'through';
  const walks = await ports.store.listWalks(id);
  return walks.some((one) => one.campaignId === campaign.id) ? 'through' : 'forgotten';
}
