/** /v1/campaigns: one POST creates and launches; the rest moves a campaign through its states. */
import type { Context } from 'hono';
import { Hono } from 'hono/quick';
import { letterFault, type RefusedContact } from '../../shared/admit-contacts.ts';
import {
  type CampaignAnswer,
  CampaignInput,
  type CampaignView,
  ContactsInput,
  LaunchInput,
} from '../../shared/api/campaigns.ts';
import { FAULTS_SHOWN_MAX, type Fault } from '../../shared/api.ts';
import { ROSTER_CONTACTS_MAX } from '../../shared/campaign-roster.ts';
import * as campaigns from '../../shared/campaigns.ts';
import { type Campaign, rosterCount } from '../../shared/domain/campaign.ts';
import type { CampaignId } from '../../shared/domain/ids.ts';
import type { LetterWarning } from '../../shared/judge-letters.ts';
import type { Ports } from '../../shared/ports.ts';
import { launchAdvice } from '../../shared/probe-mailbox.ts';
import { campaignParts } from './campaign-parts.ts';
import { enrollmentViews } from './enrollment-view.ts';
import { previewLetters, sendTestLetter } from './previews.ts';
import { ApiProblem, conflict, invalid, notFound } from './problem.ts';
import { languageOf, readBody, readPage } from './request.ts';

export function campaignRoutes(ports: Ports) {
  const idOf = (context: Context): CampaignId => context.req.param('id') as CampaignId;
  const load = async (context: Context): Promise<Campaign> => {
    const campaign = await ports.store.load('campaign', idOf(context));
    if (!campaign) throw notFound(`Campaign ${idOf(context)}`);
    return campaign;
  };
  return new Hono()
    .post('/', async (context) => {
      const input = await readBody(context, CampaignInput);
      const parts = await campaignParts(ports, input);
      const id = (input.id ?? ports.ids.fresh()) as CampaignId;
      const order = { ...input, id, ...parts };
      const outcome = await campaigns.createCampaign(ports, order);
      return answer(ports, context, outcome, byIndex, input.launch ? 202 : 201);
    })
    .post('/preview', (context) => previewLetters(ports, context))
    .post('/test-letter', (context) => sendTestLetter(ports, context))
    .get('/', async (context) => {
      const page = await ports.store.listCampaigns(readPage(context));
      return context.json({ ...page, items: page.items.map(campaignView) });
    })
    .get('/:id', async (context) => context.json(campaignView(await load(context))))
    .post('/:id/contacts', async (context) => {
      const input = await readBody(context, ContactsInput);
      const outcome = await campaigns.addContacts(ports, idOf(context), input);
      return answer(ports, context, outcome, byIndex, 202);
    })
    .post('/:id/launch', async (context) => {
      const input = await readBody(context, LaunchInput, 'optional');
      const outcome = await campaigns.launchCampaign(ports, idOf(context), input);
      return answer(ports, context, outcome, byContact, 202);
    })
    .post('/:id/pause', async (context) =>
      answer(ports, context, await campaigns.pauseCampaign(ports, idOf(context)), byContact, 200),
    )
    .post('/:id/resume', async (context) =>
      answer(ports, context, await campaigns.resumeCampaign(ports, idOf(context)), byContact, 202),
    )
    .post('/:id/stop', async (context) =>
      answer(ports, context, await campaigns.stopCampaign(ports, idOf(context)), byContact, 202),
    )
    .get('/:id/enrollments', async (context) => {
      const campaign = await load(context);
      const page = await ports.store.listEnrollments(campaign.id, readPage(context));
      return context.json({ ...page, items: await enrollmentViews(ports, page.items, languageOf(context)) });
    });
}

export function campaignView(campaign: Campaign): CampaignView {
  const { roster: _pages, hasOwnLetters: _own, acceptedWarnings: _accepted, approval, ...shown } = campaign;
  return { ...shown, approval: approval ?? 'none', contactCount: rosterCount(campaign) };
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

async function answer(
  ports: Ports,
  context: Context,
  outcome: campaigns.CampaignOutcome,
  wordFault: (one: RefusedContact) => Fault,
  status: 200 | 201 | 202,
): Promise<Response> {
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
      context.header('Location', `/v1/campaigns/${campaign.id}`);
      return context.json(body, outcome.kind === 'done' ? status : 200);
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
      throw new ApiProblem(404, `Campaign ${context.req.param('id')} does not exist.`);
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
