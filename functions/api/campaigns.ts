/** /v1/campaigns: one POST creates and launches; the rest moves a campaign through its states. */
import { letterFault, type RefusedContact } from '../../shared/admit-contacts.ts';
import type { CampaignAnswer, CampaignInput, CampaignView } from '../../shared/api/campaigns.ts';
import type { campaignOperations } from '../../shared/api/operations/campaigns.ts';
import { FAULTS_SHOWN_MAX, type Fault } from '../../shared/api.ts';
import { ROSTER_CONTACTS_MAX } from '../../shared/campaign-roster.ts';
import * as campaigns from '../../shared/campaigns.ts';
import { type Campaign, rosterCount } from '../../shared/domain/campaign.ts';
import type { CampaignId } from '../../shared/domain/ids.ts';
import type { LetterWarning } from '../../shared/judge-letters.ts';
import { launchAdvice } from '../../shared/launch-advice.ts';
import { moveToVersion } from '../../shared/move-to-version.ts';
import type { Ports } from '../../shared/ports.ts';
import { listByState, reportView } from './campaign-lists.ts';
import { campaignParts } from './campaign-parts.ts';
import { enrollmentViews } from './enrollment-view.ts';
import { versioned } from './etag.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { previewLetters, sendTestLetter } from './previews.ts';
import { conflict, invalid, notFound } from './problem.ts';

export const campaignHandlers: MakeHandlers<typeof campaignOperations> = (ports) => {
  const load = async (id: string): Promise<Campaign> => {
    const campaign = await ports.store.load('campaign', id as CampaignId);
    if (!campaign) throw notFound(`Campaign ${id}`);
    return campaign;
  };
  return {
    'campaigns.create': async ({ body, freshId }) => {
      const parts = await campaignParts(ports, body, freshId);
      const id = (body.id ?? freshId()) as CampaignId;
      const asked = await campaigns.createCampaign(ports, { ...body, id, ...parts, callId: id });
      // An id that nobody chose is there already: an earlier run of this very call died after making it.
      const isOwn = asked.kind === 'exists' && body.id === undefined;
      const outcome = isOwn ? await finishCreating(ports, asked.campaign, body) : asked;
      return answer(ports, id, outcome, byIndex, body.launch ? 202 : 201);
    },
    'campaigns.preview': async ({ body }) => ok(await previewLetters(ports, body)),
    'campaigns.sendTest': async ({ body }) => ok(await sendTestLetter(ports, body)),
    'campaigns.list': async ({ query }) => {
      const page = await ports.store.listCampaigns(query);
      return ok({ ...page, items: page.items.map(campaignView) });
    },
    'campaigns.get': async ({ params }) => {
      const campaign = await load(params.id);
      return ok(campaignView(campaign), versioned(campaign));
    },
    'campaigns.addContacts': async ({ params, body, freshId }) => {
      const asked = { ...body, callId: freshId() };
      const outcome = await campaigns.addContacts(ports, params.id as CampaignId, asked);
      return answer(ports, params.id, outcome, byIndex, 202);
    },
    'campaigns.launch': async ({ params, body }) => {
      const outcome = await campaigns.launchCampaign(ports, params.id as CampaignId, body);
      return answer(ports, params.id, outcome, byContact, 202);
    },
    'campaigns.pause': async ({ params: { id } }) =>
      answer(ports, id, await campaigns.pauseCampaign(ports, id as CampaignId), byContact, 200),
    'campaigns.resume': async ({ params: { id } }) =>
      answer(ports, id, await campaigns.resumeCampaign(ports, id as CampaignId), byContact, 202),
    'campaigns.stop': async ({ params: { id } }) =>
      answer(ports, id, await campaigns.stopCampaign(ports, id as CampaignId), byContact, 202),
    'campaigns.enrollments': async ({ params, query, language }) => {
      const campaign = await load(params.id);
      const { state, ...page } = query;
      const found = await listByState(ports, campaign.id, page, state);
      return ok({ ...found, items: await enrollmentViews(ports, found.items, language) });
    },
    'campaigns.reports': async ({ params, query }) => {
      const { id } = await load(params.id);
      const page = await ports.store.listReports(id, query);
      return ok({ ...page, items: page.items.map(reportView) });
    },
    'campaigns.moveToVersion': async ({ params, body }) => {
      const outcome = await moveToVersion(ports, params.id as CampaignId, body);
      return outcome.kind === 'unfit'
        ? Promise.reject(invalid([{ pointer: '/version', detail: outcome.detail }]))
        : answer(ports, params.id, outcome, byContact, 200);
    },
  };
};

const finishCreating = (
  ports: Ports,
  campaign: Campaign,
  asked: CampaignInput,
): Promise<campaigns.CampaignOutcome> | campaigns.CampaignOutcome =>
  asked.launch && campaign.status === 'draft'
    ? campaigns.launchCampaign(ports, campaign.id, asked)
    : { kind: 'unchanged', campaign };

export function campaignView(campaign: Campaign): CampaignView {
  const { id, name, senderId, sequenceId, sequenceVersion, status, statusSince, createdAt } = campaign;
  const { approval = 'none', seasons, pesterReason, reEnrollReason } = campaign;
  return {
    ...{ id, name, senderId, sequenceId, sequenceVersion, status, statusSince, createdAt, approval },
    ...(seasons ? { seasons } : {}),
    ...(pesterReason ? { pesterReason } : {}),
    ...(reEnrollReason ? { reEnrollReason } : {}),
    contactCount: rosterCount(campaign),
  };
}

/** Contacts written out in the body are named by their place in it, the others by their id. */
const byIndex = (one: RefusedContact): Fault => ({
  pointer: `/contacts/${one.index}${one.pointer}`,
  ...(one.contactId ? { contactId: one.contactId } : {}),
  reason: one.reason,
  detail: one.detail,
});
const byContact = ({ contactId, reason, detail }: RefusedContact): Fault => ({
  ...(contactId ? { contactId } : {}),
  reason,
  detail,
});

function warningFault(warning: LetterWarning, wordFault: (one: RefusedContact) => Fault): Fault {
  const { fingerprint, fault, index, contactId, contactCount } = warning;
  const { pointer, detail } = letterFault(fault);
  const words = fault.finding.words === '' ? '' : ` ("${fault.finding.words}")`;
  const more = contactCount > 1 ? ` ${contactCount} contacts have it.` : '';
  const accept = ` Mend it, or accept it once: "acceptWarnings": ["${fingerprint}"].`;
  const worded = wordFault({
    index,
    contactId,
    pointer,
    reason: 'letter',
    detail: `${detail}${words}${more}${accept}`,
  });
  return { ...worded, reason: `warning:${fault.finding.rule}`, fingerprint };
}

const INSTEAD: Readonly<Record<Campaign['status'], string>> = {
  draft: 'it is a draft: POST /v1/campaigns/ID/launch',
  running: 'it is running: pause or stop it',
  paused: 'it is paused: POST /v1/campaigns/ID/resume first',
  finished: 'it is finished for good: create another campaign',
};

async function answer<const Status extends 200 | 201 | 202>(
  ports: Ports,
  id: string,
  outcome: campaigns.CampaignOutcome,
  wordFault: (one: RefusedContact) => Fault,
  status: Status,
) {
  switch (outcome.kind) {
    case 'done':
    case 'unchanged': {
      const { campaign } = outcome;
      const { accepted, refused, warnings } =
        outcome.kind === 'done' ? outcome : { accepted: 0, refused: [], warnings: [] };
      const body: CampaignAnswer = {
        campaign: campaignView(campaign),
        accepted,
        refused: refused.map(wordFault),
        ...(warnings.length === 0 ? {} : { warnings: warnings.map((one) => warningFault(one, wordFault)) }),
        advice: await adviceFor(ports, campaign),
      };
      const headers = { Location: `/v1/campaigns/${campaign.id}`, ...versioned(campaign) };
      return { status: outcome.kind === 'done' ? status : (200 as const), body, headers };
    }
    case 'refused':
      throw invalid(outcome.refused.slice(0, FAULTS_SHOWN_MAX).map(wordFault), outcome.refused.length);
    case 'warned': {
      const faults = outcome.warnings.map((one) => warningFault(one, wordFault));
      throw invalid(faults.slice(0, FAULTS_SHOWN_MAX), faults.length);
    }
    case 'empty':
      throw invalid([
        { pointer: '/contacts', detail: 'There is nobody to write to: add at least one contact.' },
      ]);
    case 'too-many':
      throw invalid([
        {
          pointer: '/contacts',
          detail: `A campaign has at most ${ROSTER_CONTACTS_MAX} contacts: create another.`,
        },
      ]);
    case 'exists':
      throw conflict(
        `Campaign ${outcome.campaign.id} exists already; ${instead(outcome.campaign)}. Or choose another id.`,
      );
    case 'wrong-status':
      throw conflict(`That does not go with campaign ${outcome.campaign.id}; ${instead(outcome.campaign)}.`);
    case 'unknown':
      throw notFound(`Campaign ${id}`);
    default:
      return outcome satisfies never;
  }
}

/** Of a campaign that writes or is about to: one that is over can be answered as it likes. */
async function adviceFor(ports: Ports, campaign: Campaign): Promise<CampaignAnswer['advice']> {
  const sender =
    campaign.status === 'finished' ? undefined : await ports.store.load('sender', campaign.senderId);
  return sender ? [...launchAdvice(ports, sender)] : [];
}

const instead = (campaign: Campaign): string => INSTEAD[campaign.status].replace('ID', campaign.id);
