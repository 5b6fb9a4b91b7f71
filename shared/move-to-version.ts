/**
 * A campaign that goes on with another version of its sequence. Every walk reads the campaign's version whenever it is
 * decided about, so one write moves all of them; what is planned stays, for a timer is set for that very minute.
 */
import { type AcceptWarnings, weighWarnings } from './accept-warnings.ts';
import { readmitContacts } from './admit-contacts.ts';
import { CAMPAIGN_CHANGE, ROSTER_CONTACTS_MAX, rosterContacts } from './campaign-roster.ts';
import { type CampaignOutcome, loadParts } from './campaigns.ts';
import { rosterCount } from './domain/campaign.ts';
import type { CampaignId } from './domain/ids.ts';
import type { Sequence } from './domain/sequence.ts';
import type { Ports } from './ports.ts';

const TRIES = 5;

export type Moved = CampaignOutcome | { readonly kind: 'unfit'; readonly detail: string };

/** Nothing is written unless every letter to those who may still be written to is sound. Idempotent. */
export async function moveToVersion(ports: Ports, id: CampaignId, asked: Asked): Promise<Moved> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const moved = await tryMove(ports, id, asked);
    if (moved) return moved;
  }
  throw new Error(`Campaign ${id} is too contended: ${TRIES} changes in a row lost`);
}

type Asked = { readonly version: number; readonly acceptWarnings: AcceptWarnings };

/** `undefined`: somebody launched, paused or added meanwhile, and it is to be judged with what is there now. */
async function tryMove(ports: Ports, id: CampaignId, asked: Asked): Promise<Moved | undefined> {
  const known = await loadParts(ports, id);
  if (!known) return { kind: 'unknown' };
  const { campaign } = known;
  if (campaign.status === 'finished') return { kind: 'wrong-status', campaign };
  if (campaign.sequenceVersion === asked.version) return { kind: 'unchanged', campaign };
  const sequence = await ports.store.load('sequence', campaign.sequenceId, asked.version);
  if (!sequence) {
    return { kind: 'unfit', detail: `Sequence ${campaign.sequenceId} has no version ${asked.version}.` };
  }
  const detail = misfit(known.sequence, sequence);
  if (detail) return { kind: 'unfit', detail };
  if (rosterCount(campaign) > ROSTER_CONTACTS_MAX) return { kind: 'too-many', campaign };
  const { hasOwnLetters = false, reEnrollReason } = campaign;
  const into = { campaignId: id, sender: known.sender, sequence, hasOwnLetters, reEnrollReason };
  const admission = await readmitContacts(ports, await rosterContacts(ports, campaign), into);
  // Who may not be written to any more needs no letter; the walks of all others go on.
  const refused = admission.refused.filter(({ reason }) => reason === 'letter');
  if (refused.length > 0) return { kind: 'refused', refused, total: refused.length };
  const weighed = weighWarnings(campaign, admission.warnings, asked.acceptWarnings);
  if (weighed.open.length > 0) return { kind: 'warned', warnings: weighed.open };
  const after = { ...weighed.campaign, sequenceVersion: sequence.version };
  const saved = await ports.store.replace('campaign', campaign, after, CAMPAIGN_CHANGE);
  if (saved === 'conflict') return undefined;
  return { kind: 'done', campaign: after, accepted: 0, refused: [], warnings: [] };
}

/** A walk stands at a step by its number: another kind of step there, or none, would be another campaign. */
function misfit(before: Sequence, after: Sequence): string | undefined {
  const at = before.steps.findIndex((step, index) => after.steps[index]?.kind !== step.kind);
  if (at < 0) return undefined;
  const is = after.steps[at]?.kind ?? 'missing';
  return `Step ${at} is a ${before.steps[at]?.kind} in version ${before.version} and ${is} in version ${after.version}: keep the steps in their places, or create another campaign.`;
}
