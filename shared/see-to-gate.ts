/** A gate that nobody means to keep closed is seen to by whoever stands before it: a letter, a task, `reconcile`. */
import type { Gates, Passage } from './domain/gate.ts';
import type { CampaignId } from './domain/ids.ts';
import { askAboutHold } from './hold-company.ts';
import type { Ports } from './ports.ts';
import { reopenCampaign } from './reopen-campaign.ts';

export type GatesBefore = {
  readonly campaignId: CampaignId;
  /** Whose gate was read, if one was. */
  readonly companyDomain?: string | undefined;
  readonly gates: Gates;
  readonly passage: Passage;
};

/**
 * A campaign that came to its end by itself goes on for whoever has a letter left; of a company that a dead run has held a
 * person is asked. Idempotent; nothing where the gate is open, shut, or closed by a person.
 */
export async function seeToGate(ports: Ports, before: GatesBefore): Promise<void> {
  const { campaignId, companyDomain, gates, passage } = before;
  if (passage.kind !== 'closed') return;
  if (gates.campaign.status === 'finished') await reopenCampaign(ports, campaignId);
  else if (passage.gate === 'company' && companyDomain && gates.company)
    await askAboutHold(ports, companyDomain, gates.company);
}
