/**
 * What can be done with a campaign. Each operation is checked whole before anything is written, and ordered so that
 * a crash at any line leaves nothing half done: asking again finishes it.
 */
import { type AcceptWarnings, weighWarnings } from './accept-warnings.ts';
import {
  type Admission,
  admitContacts,
  OTHERS_MAX,
  type RefusedContact,
  readmitContacts,
} from './admit-contacts.ts';
import type { ContactInput } from './api/contacts.ts';
import {
  appendContacts,
  CAMPAIGN_CHANGE,
  newestOnRoster,
  notOnRoster,
  ROSTER_CONTACTS_MAX,
  ROSTER_GROWN_MAX,
  rosterContacts,
} from './campaign-roster.ts';
import { type Campaign, type CampaignStatus, mayBecome, rosterCount } from './domain/campaign.ts';
import type { CampaignId, ContactId } from './domain/ids.ts';
import { type LaunchReport, REPORTED_REFUSALS_MAX, reportIdOf } from './domain/launch-report.ts';
import type { Sender } from './domain/sender.ts';
import type { Sequence } from './domain/sequence.ts';
import { byGrade } from './domain/time/preview.ts';
import type { LetterWarning } from './judge-letters.ts';
import type { Ports } from './ports.ts';
import { queueEnrolling, queuePages } from './queue-pages.ts';

const CHANGE_TRIES = 5;

export type CampaignOutcome =
  | {
      readonly kind: 'done';
      readonly campaign: Campaign;
      readonly accepted: number;
      readonly refused: Refused;
      /** Of a draft: what its launch will ask. */
      readonly warnings: readonly LetterWarning[];
    }
  /** It was so already. */
  | { readonly kind: 'unchanged'; readonly campaign: Campaign }
  | { readonly kind: 'wrong-status'; readonly campaign: Campaign }
  /** Nothing was written. */
  | { readonly kind: 'refused'; readonly refused: Refused; readonly total: number }
  /** Nothing was written: these warnings want to be accepted first. */
  | { readonly kind: 'warned'; readonly warnings: readonly LetterWarning[] }
  | { readonly kind: 'too-many'; readonly campaign?: Campaign }
  | { readonly kind: 'empty'; readonly campaign: Campaign }
  | { readonly kind: 'exists'; readonly campaign: Campaign }
  | { readonly kind: 'unknown' };
type Refused = readonly RefusedContact[];

export type CampaignOrder = {
  readonly id: CampaignId;
  readonly name: string;
  readonly sender: Sender;
  readonly sequence: Sequence;
  readonly contacts: readonly ContactInput[];
  readonly launch: boolean;
  readonly skipRefused: boolean;
  readonly acceptWarnings: AcceptWarnings;
  readonly pesterReason?: string | undefined;
  readonly seasons?: Campaign['seasons'];
  readonly approval?: 'each' | 'none';
  readonly reEnrollReason?: string | undefined;
  /** Tells this call from the next: names the report of what was added. */
  readonly callId: string;
  /** Saves the sender and the sequence where they came with the call. Runs after the checks, before the campaign. */
  readonly saveParts: () => Promise<void>;
};

/** A draft with its contacts; launched at once if asked. */
export async function createCampaign(ports: Ports, order: CampaignOrder): Promise<CampaignOutcome> {
  const { id, sender, sequence } = order;
  const existing = await ports.store.load('campaign', id);
  if (existing) return { kind: 'exists', campaign: existing };
  const { reEnrollReason } = order;
  const into = { campaignId: id, sender, sequence, hasOwnLetters: false, reEnrollReason };
  const admission = await admitContacts(ports, order.contacts, into);
  const barred = barring(admission, order);
  if (barred) return barred;
  const now = ports.clock.now();
  const empty: Campaign = {
    id,
    name: order.name,
    senderId: sender.id,
    sequenceId: sequence.id,
    sequenceVersion: sequence.version,
    status: 'draft',
    statusSince: now,
    createdAt: now,
    roster: [],
    ...(order.reEnrollReason ? { reEnrollReason: order.reEnrollReason } : {}),
    ...(order.pesterReason ? { pesterReason: order.pesterReason } : {}),
    ...(order.seasons === undefined ? {} : { seasons: order.seasons }),
    ...(order.approval === 'each' ? { approval: 'each' } : {}),
    ...(admission.letters.length > 0 ? { hasOwnLetters: true } : {}),
  };
  const weighed = weighWarnings(empty, admission.warnings, order.acceptWarnings);
  if (order.launch && weighed.open.length > 0) return { kind: 'warned', warnings: weighed.open };
  if (order.launch && admission.admitted.length === 0) return { kind: 'empty', campaign: empty };
  await order.saveParts();
  // The campaign comes last: until it names its contacts and its pages, nothing can see them.
  await saveAdmitted(ports, admission);
  const campaign = await appendContacts(ports, weighed.campaign, idsOf(admission));
  await keepReport(ports, { campaignId: id, call: 'create', callId: order.callId, admission });
  if ((await ports.store.putNew('campaign', campaign)) === 'exists') {
    return { kind: 'exists', campaign: (await ports.store.load('campaign', id)) ?? campaign };
  }
  const { admitted, refused } = admission;
  const outcome = { kind: 'done', accepted: admitted.length, refused, warnings: weighed.open } as const;
  if (!order.launch) return { ...outcome, campaign };
  const launched = await setRunning(ports, campaign, admission);
  // Somebody who knew the id in advance was quicker: what the campaign is now is theirs to say.
  const isMine = launched.status === 'running';
  return { ...outcome, campaign: isMine ? launched : ((await ports.store.load('campaign', id)) ?? launched) };
}

/** To a draft they are added; in a running campaign they are enrolled as well. */
export async function addContacts(
  ports: Ports,
  id: CampaignId,
  asked: {
    readonly contacts: readonly ContactInput[];
    readonly skipRefused: boolean;
    readonly acceptWarnings: AcceptWarnings;
    readonly callId: string;
  },
): Promise<CampaignOutcome> {
  const known = await loadParts(ports, id);
  if (!known) return { kind: 'unknown' };
  if (!isGrowing(known.campaign)) return { kind: 'wrong-status', campaign: known.campaign };
  const others = comparesWhys(known) ? await newestOnRoster(ports, known.campaign, OTHERS_MAX) : [];
  const { hasOwnLetters = false, reEnrollReason } = known.campaign;
  const into = { campaignId: id, ...known, hasOwnLetters, others, reEnrollReason };
  const admission = await admitContacts(ports, asked.contacts, into);
  const barred = barring(admission, asked);
  if (barred) return barred;
  const ids = idsOf(admission);
  for (let attempt = 0; attempt < CHANGE_TRIES; attempt++) {
    const campaign = await ports.store.load('campaign', id);
    if (!campaign) return { kind: 'unknown' };
    if (!isGrowing(campaign)) return { kind: 'wrong-status', campaign };
    const weighed = weighWarnings(campaign, admission.warnings, asked.acceptWarnings);
    if (campaign.status === 'running' && weighed.open.length > 0) {
      return { kind: 'warned', warnings: weighed.open };
    }
    const added = await notOnRoster(ports, campaign, ids);
    const countMax = campaign.status === 'running' ? ROSTER_GROWN_MAX : ROSTER_CONTACTS_MAX;
    if (rosterCount(campaign) + added.length > countMax) return { kind: 'too-many', campaign };
    if (attempt === 0) await saveAdmitted(ports, admission);
    const grown = await appendContacts(ports, weighed.campaign, added);
    const longer = admission.letters.length > 0 ? ({ ...grown, hasOwnLetters: true } as const) : grown;
    // The day's grace before `reconcile` calls a campaign finished counts anew: these are not enrolled yet.
    const after = campaign.status === 'running' ? { ...longer, statusSince: ports.clock.now() } : longer;
    await keepReport(ports, { campaignId: id, call: 'add', callId: asked.callId, admission });
    const saved = await ports.store.replace('campaign', campaign, after, CAMPAIGN_CHANGE);
    if (saved === 'conflict') continue;
    // After the roster: a stop finds them there. A crash in between is mended by the same call again.
    if (after.status === 'running') await queueEnrolling(ports, id, admission.admitted);
    const { refused } = admission;
    return { kind: 'done', campaign: after, accepted: ids.length, refused, warnings: weighed.open };
  }
  throw contended(id);
}

/** Draft → running. Launching what runs already changes nothing and says so. */
export async function launchCampaign(
  ports: Ports,
  id: CampaignId,
  asked: { readonly skipRefused: boolean; readonly acceptWarnings: AcceptWarnings },
): Promise<CampaignOutcome> {
  for (let attempt = 0; attempt < CHANGE_TRIES; attempt++) {
    const known = await loadParts(ports, id);
    if (!known) return { kind: 'unknown' };
    const { campaign } = known;
    if (campaign.status === 'running') return { kind: 'unchanged', campaign };
    if (campaign.status !== 'draft') return { kind: 'wrong-status', campaign };
    const contactIds = await rosterContacts(ports, campaign);
    const { hasOwnLetters = false, reEnrollReason } = campaign;
    const into = { campaignId: id, ...known, hasOwnLetters, reEnrollReason };
    const admission = await readmitContacts(ports, contactIds, into);
    const barred = barring(admission, asked);
    if (barred) return barred;
    if (admission.admitted.length === 0) return { kind: 'empty', campaign };
    const weighed = weighWarnings(campaign, admission.warnings, asked.acceptWarnings);
    if (weighed.open.length > 0) return { kind: 'warned', warnings: weighed.open };
    await keepReport(ports, { campaignId: id, call: 'launch', callId: id, admission });
    const running = await setRunning(ports, weighed.campaign, admission);
    if (running.status !== 'running') continue;
    const { admitted, refused } = admission;
    return { kind: 'done', campaign: running, accepted: admitted.length, refused, warnings: [] };
  }
  throw contended(id);
}

/**
 * The pages come before the status. A page that meets a draft goes back to its queue, so nothing is enrolled too
 * early; the other order would lose the contacts of a launch that died between the two, because launching what runs
 * already does nothing. Answers the campaign as it was if somebody else changed it meanwhile.
 */
async function setRunning(ports: Ports, draft: Campaign, admission: Admission): Promise<Campaign> {
  await queueEnrolling(ports, draft.id, admission.admitted);
  const running: Campaign = { ...draft, status: 'running', statusSince: ports.clock.now() };
  const saved = await ports.store.replace('campaign', draft, running, CAMPAIGN_CHANGE);
  return saved === 'saved' ? running : draft;
}

/** Running → paused: one write on the campaign's gate, and no letter passes it. */
export const pauseCampaign = (ports: Ports, id: CampaignId): Promise<CampaignOutcome> =>
  changeStatus(ports, id, ['running'], 'paused');

/** Paused → running. Every open enrollment gets back the days that the pause took. */
export const resumeCampaign = (ports: Ports, id: CampaignId): Promise<CampaignOutcome> =>
  // Queued first, for the same reason as at launch: the page waits for the status, never the other way round.
  changeStatus(ports, id, ['paused'], 'running', {
    beforehand: (campaign) =>
      ports.timers.queuePage({ kind: 'gate-opened', campaignId: id, since: campaign.statusSince }),
  });

/** Ends the campaign and every enrollment that is still open. Asking again stops whatever the first time left. */
export async function stopCampaign(ports: Ports, id: CampaignId): Promise<CampaignOutcome> {
  // The status first: it closes the gate at once, while the pages take their time.
  const outcome = await changeStatus(ports, id, ANY, 'finished', {
    marks: { isStopped: true },
  });
  if (outcome.kind !== 'done' && outcome.kind !== 'unchanged') return outcome;
  await queuePages(ports, 'stop', id, await rosterContacts(ports, outcome.campaign));
  return outcome;
}

const ANY: readonly CampaignStatus[] = ['draft', 'running', 'paused', 'finished'];
type StatusOptions = {
  readonly beforehand?: (campaign: Campaign) => Promise<void>;
  readonly marks?: Pick<Campaign, 'isStopped'>;
};

async function changeStatus(
  ports: Ports,
  id: CampaignId,
  from: readonly CampaignStatus[],
  to: CampaignStatus,
  { beforehand, marks = {} }: StatusOptions = {},
): Promise<CampaignOutcome> {
  for (let attempt = 0; attempt < CHANGE_TRIES; attempt++) {
    const campaign = await ports.store.load('campaign', id);
    if (!campaign) return { kind: 'unknown' };
    const isMarked = !marks.isStopped || campaign.isStopped === true;
    if (campaign.status === to && isMarked) return { kind: 'unchanged', campaign };
    const mayChange = from.includes(campaign.status) && mayBecome(campaign.status, to);
    if (!mayChange) return { kind: 'wrong-status', campaign };
    await beforehand?.(campaign);
    const after: Campaign = { ...campaign, ...marks, status: to, statusSince: ports.clock.now() };
    const saved = await ports.store.replace('campaign', campaign, after, CAMPAIGN_CHANGE);
    if (saved === 'saved') return { kind: 'done', campaign: after, accepted: 0, refused: [], warnings: [] };
  }
  throw contended(id);
}

const contended = (id: CampaignId): Error =>
  new Error(`Campaign ${id} is too contended: ${CHANGE_TRIES} changes in a row lost`);

/** Adding while paused would count the pause against contacts who were not there when it began. */
const isGrowing = (campaign: Campaign): boolean =>
  campaign.status === 'draft' || campaign.status === 'running';

/** `undefined`: the call may go on. */
function barring(
  admission: Admission,
  asked: { readonly skipRefused: boolean },
): Extract<CampaignOutcome, { kind: 'refused' }> | undefined {
  const { admitted, refused } = admission;
  if (refused.length === 0 || (asked.skipRefused && admitted.length > 0)) return undefined;
  return { kind: 'refused', refused, total: refused.length };
}

/** The best first: the sender's places fill in order of grade. */
const idsOf = (admission: Admission): readonly ContactId[] =>
  admission.admitted.toSorted(byGrade).map((contact) => contact.id);

/** Before what it tells of, so that whatever came in has its report; a repeat of the call writes it anew. */
async function keepReport(
  ports: Ports,
  of: {
    readonly campaignId: CampaignId;
    readonly call: LaunchReport['call'];
    readonly callId: string;
    readonly admission: Admission;
  },
): Promise<void> {
  const { campaignId, call, callId, admission } = of;
  const refused = admission.refused.slice(0, REPORTED_REFUSALS_MAX);
  await ports.store.put('report', {
    campaignId,
    id: reportIdOf(campaignId, call, callId),
    at: ports.clock.now(),
    call,
    accepted: admission.admitted.length,
    refusedCount: admission.refused.length,
    refused: refused.map(({ index, contactId, pointer, reason }) => ({
      index,
      pointer,
      reason,
      ...(contactId ? { contactId } : {}),
    })),
  });
}

export async function saveAdmitted(ports: Ports, { admitted, letters }: Admission): Promise<void> {
  await ports.store.putMany('contact', admitted);
  await ports.store.putMany('letters', letters);
}

/** To a draft nobody is written before its launch, which compares all of them. */
export const comparesWhys = ({ campaign, sequence }: { campaign: Campaign; sequence: Sequence }): boolean =>
  campaign.status === 'running' &&
  sequence.steps.some((step) => step.kind === 'letter' && step.body === undefined);

export async function loadParts(ports: Ports, id: CampaignId) {
  const campaign = await ports.store.load('campaign', id);
  if (!campaign) return undefined;
  const [sender, sequence] = await Promise.all([
    ports.store.load('sender', campaign.senderId),
    ports.store.load('sequence', campaign.sequenceId, campaign.sequenceVersion),
  ]);
  if (!sender || !sequence) throw new Error(`Campaign ${id} misses its sender or its sequence version`);
  return { campaign, sender, sequence };
}
