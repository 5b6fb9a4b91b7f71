/** The letters that wait for a person's word, of one campaign or of one sender's campaigns, with what each would say. */
import { mapAtMost } from './at-most.ts';
import type { Campaign } from './domain/campaign.ts';
import type { CampaignId, SenderId } from './domain/ids.ts';
import { lookAtNext, type NextLetter } from './look-at-letter.ts';
import type { EnrollmentView, Page, Ports } from './ports.ts';

/** Of a hundred campaigns each. */
const CAMPAIGN_PAGES_MAX = 50;
const WRITTEN_AT_ONCE = 10;

type Asked = { readonly limit?: number; readonly after?: string };

/** By enrollment id. A page may be empty and not the last. */
export async function campaignApprovals(
  ports: Ports,
  campaignId: CampaignId,
  asked: Asked,
): Promise<Page<NextLetter>> {
  const page = await ports.store.listEnrollments(campaignId, asked);
  const waiting = page.items.filter(isWaiting);
  const looked = await mapAtMost(waiting, WRITTEN_AT_ONCE, async ({ contactId }) => {
    const state = (await ports.store.loadState(contactId))?.state;
    return state?.enrollment?.campaignId === campaignId ? lookAtNext(ports, state) : undefined;
  });
  const items = looked.filter((one) => one?.waits).flatMap((one) => (one ? [one] : []));
  return page.next === undefined ? { items } : { items, next: page.next };
}

/** One campaign after the other, by id: `after` is `<campaign id>/<page of that campaign>`. */
export async function senderApprovals(
  ports: Ports,
  senderId: SenderId,
  asked: Asked,
): Promise<Page<NextLetter>> {
  const cut = asked.after?.indexOf('/') ?? -1;
  const [from, inside] = cut < 0 ? ['', ''] : [asked.after?.slice(0, cut), asked.after?.slice(cut + 1)];
  const campaigns = (await asking(ports, senderId)).filter(({ id }) => id >= (from ?? ''));
  const [campaign, following] = campaigns;
  if (!campaign) return { items: [] };
  const isInside = campaign.id === from && inside;
  const limit = asked.limit === undefined ? {} : { limit: asked.limit };
  const page = await campaignApprovals(ports, campaign.id, {
    ...limit,
    ...(isInside ? { after: inside } : {}),
  });
  const next = page.next === undefined ? following && `${following.id}/` : `${campaign.id}/${page.next}`;
  return next === undefined ? { items: page.items } : { items: page.items, next };
}

/** The campaigns in which letters of this sender may wait. */
async function asking(ports: Ports, senderId: SenderId): Promise<readonly Campaign[]> {
  const found: Campaign[] = [];
  let after: string | undefined;
  for (let page = 0; page < CAMPAIGN_PAGES_MAX; page++) {
    const campaigns = await ports.store.listCampaigns(after ? { after } : {});
    found.push(...campaigns.items.filter((one) => one.senderId === senderId && mayAsk(one)));
    if (!campaigns.next) break;
    after = campaigns.next;
  }
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const mayAsk = ({ status }: Campaign): boolean => status === 'running' || status === 'paused';

/** Letters that the lint refused wait for the same person. */
const isWaiting = ({ enrollment }: EnrollmentView): boolean =>
  enrollment.kind === 'open' && enrollment.holds.some(({ kind }) => kind === 'approval');
