/**
 * A campaign that came to its end by itself begins anew when somebody in it has letters left after all: a mail was
 * read wrongly, a person resumed a walk. What a person stopped stays stopped.
 */
import type { Campaign } from './domain/campaign.ts';
import type { CampaignId } from './domain/ids.ts';
import type { Ports } from './ports.ts';

/** Answers whether it is open now. Idempotent; `reconcile` finishes it again where nobody walks any more. */
export async function reopenCampaign(ports: Ports, id: CampaignId): Promise<boolean> {
  const campaign = await ports.store.load('campaign', id);
  if (campaign?.status !== 'finished') return campaign !== undefined;
  if (campaign.isStopped) return false;
  const again: Campaign = { ...campaign, status: 'running', statusSince: ports.clock.now() };
  // A conflict is somebody else's word on the same campaign: theirs stands.
  return (await ports.store.replace('campaign', campaign, again, ['status', 'statusSince'])) === 'saved';
}
