/**
 * A salesperson leaves, and another takes everything over: companies, campaigns with their walks, tasks and waiting
 * alerts. Nothing is copied and nothing is lost: the timeline stays with each contact, and the reply address leads to
 * the enrollment, whoever writes. Asking again finishes what a crash left undone.
 */
import { changeAlert } from './change-stored.ts';
import type { Campaign } from './domain/campaign.ts';
import type { ContactId, SenderId } from './domain/ids.ts';
import type { Sender } from './domain/sender.ts';
import { applyEvent } from './engine.ts';
import type { CampaignPage, Ports } from './ports.ts';

/** Of fifty each: many years of one person's work. */
const CAMPAIGN_PAGES_MAX = 200;
const ALERT_PAGES_MAX = 100;
const TASK_PAGES_MAX = 20;
const TRIES = 5;
/** Walks moved by one invocation, each with a handful of small calls. */
const WALKS_PER_PAGE = 50;

export type Transfer = { readonly campaigns: number; readonly alerts: number };

/** Campaigns and alerts at once; the walks, tasks and companies of each campaign by a page in the queue. */
export async function transferSender(ports: Ports, from: Sender, to: Sender): Promise<Transfer> {
  await markLeft(ports, from, to.id);
  let campaigns = 0;
  for await (const campaign of campaignsOf(ports, from.id)) {
    // The page first: a campaign that has moved already is found again by nobody.
    await ports.timers.queuePage({ kind: 'transfer', campaignId: campaign.id, from: from.id, to: to.id });
    await moveCampaign(ports, campaign, to.id);
    campaigns += 1;
  }
  return { campaigns, alerts: await moveAlerts(ports, from.id, to.id) };
}

/** The campaigns, their walks and the tasks of one page. */
export async function transferPage(
  ports: Ports,
  page: Extract<CampaignPage, { kind: 'transfer' }>,
): Promise<void> {
  const { campaignId, from, to, after } = page;
  const campaign = await ports.store.load('campaign', campaignId);
  // Who is enrolled from now on must be the new sender's already.
  if (campaign?.senderId !== to) throw new Error(`Campaign ${campaignId} has not moved yet: its page waits`);
  const found = await ports.store.listEnrollments(campaignId, {
    limit: WALKS_PER_PAGE,
    ...(after ? { after } : {}),
  });
  for (const { contactId, enrollment } of found.items) {
    await applyEvent(ports, enrollment.id, { kind: 'transferred', from, to });
    await moveTasks(ports, contactId, from, to);
    const domain = (await ports.store.load('contact', contactId))?.companyDomain;
    if (domain) await ports.store.moveCompany(domain, from, to);
  }
  if (found.next) await ports.timers.queuePage({ ...page, after: found.next });
}

/** Nobody launches as somebody who has left; letters that are on their way still have their sender. */
async function markLeft(ports: Ports, from: Sender, to: SenderId): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const sender = (await ports.store.load('sender', from.id)) ?? from;
    if (sender.transferredTo === to) return;
    const left: Sender = { ...sender, transferredTo: to };
    const saved = await ports.store.replace('sender', sender, left, ['transferredTo', 'ownMailbox']);
    if (saved === 'saved') return;
  }
  throw new Error(`Sender ${from.id} is too contended: ${TRIES} edits in a row lost`);
}

async function* campaignsOf(ports: Ports, senderId: SenderId): AsyncGenerator<Campaign> {
  let after: string | undefined;
  for (let page = 0; page < CAMPAIGN_PAGES_MAX; page++) {
    const found = await ports.store.listCampaigns(after ? { after } : {});
    for (const campaign of found.items) if (campaign.senderId === senderId) yield campaign;
    if (!found.next) return;
    after = found.next;
  }
}

async function moveCampaign(ports: Ports, { id }: Campaign, to: SenderId): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await ports.store.load('campaign', id);
    if (!before || before.senderId === to) return;
    const after: Campaign = { ...before, senderId: to };
    const watched = ['senderId', 'status', 'statusSince', 'rosterTip'] as const;
    if ((await ports.store.replace('campaign', before, after, watched)) === 'saved') return;
  }
  throw new Error(`Campaign ${id} is too contended: ${TRIES} edits in a row lost`);
}

async function moveTasks(ports: Ports, contactId: ContactId, from: SenderId, to: SenderId): Promise<void> {
  let after: string | undefined;
  for (let page = 0; page < TASK_PAGES_MAX; page++) {
    const found = await ports.store.listTasks({ contactId }, after ? { after } : {});
    for (const task of found.items) {
      if (task.senderId !== from || task.status === 'closed') continue;
      // Loses against an outcome that is given at this moment, which then has nothing left to move.
      await ports.store.replace('task', task, { ...task, senderId: to }, ['status', 'dueAt', 'override']);
    }
    if (!found.next) return;
    after = found.next;
  }
}

/** Whoever waits for an answer waits for the new sender; what was seen stays as it was. */
async function moveAlerts(ports: Ports, from: SenderId, to: SenderId): Promise<number> {
  let moved = 0;
  let after: string | undefined;
  for (let page = 0; page < ALERT_PAGES_MAX; page++) {
    const found = await ports.store.listAlerts(after ? { after } : {});
    for (const alert of found.items) {
      if (alert.senderId !== from || alert.acknowledgedAt) continue;
      const saved = await changeAlert(ports, alert.id, (stored) =>
        stored.senderId === from && !stored.acknowledgedAt ? { senderId: to } : undefined,
      );
      if (saved) moved += 1;
    }
    if (!found.next) return moved;
    after = found.next;
  }
  return moved;
}
