/**
 * One page of a campaign: enroll its contacts, stop them, or tell its enrollments that the campaign runs again. Every
 * page may come twice, late, or after the campaign has changed its mind.
 */
import type { SeenPlaces } from './decide-placed.ts';
import type { Campaign } from './domain/campaign.ts';
import type { Contact } from './domain/contact.ts';
import { freshState } from './domain/enrollment/decide.ts';
import { type ContactId, enrollmentIdOf, readEnrollmentId, type SenderId } from './domain/ids.ts';
import { applyEvent, enroll } from './engine.ts';
import { type Ground, knownOf, loadGround } from './known-walk.ts';
import type { CampaignPage, Loaded, Ports } from './ports.ts';
import { CONTACTS_PER_PAGE, queueInTurn } from './queue-pages.ts';
import { ownerOf } from './sender-now.ts';
import { transferPage } from './transfer-sender.ts';

/** Throws to get the page back: while its campaign is not yet what the page says, or if a contact failed. */
export async function handleCampaignPage(ports: Ports, page: CampaignPage): Promise<void> {
  const campaign = await ports.store.load('campaign', page.campaignId);
  // Created after its pages were queued never happens: the campaign is saved first.
  if (!campaign) throw new Error(`A page of campaign ${page.campaignId}, which does not exist`);
  switch (page.kind) {
    case 'enroll':
      return enrollPage(ports, campaign, page);
    case 'stop':
      return stopPage(ports, campaign, page.contactIds);
    case 'gate-opened':
      return gateOpenedPage(ports, campaign, page);
    case 'transfer':
      return transferPage(ports, page);
    default:
      return page satisfies never;
  }
}

type Page = Extract<CampaignPage, { contactIds: unknown }>;

async function enrollPage(
  ports: Ports,
  campaign: Campaign,
  { contactIds, afterwards = [] }: Page,
): Promise<void> {
  if (campaign.status === 'draft') {
    throw new Error(`Campaign ${campaign.id} is not launched yet: its page waits in the queue`);
  }
  if (campaign.isStopped) return stopPage(ports, campaign, contactIds);
  const ground = await loadGround(ports, campaign.id, campaign.senderId);
  // A few large reads for the page. One that is old by its turn makes its save fail, and is read again.
  const [states, contacts] = await Promise.all([
    ports.store.loadStates(contactIds),
    ports.store.loadMany(
      'contact',
      contactIds.map((id) => [id] as const),
    ),
  ]);
  const seen: SeenPlaces = { taken: {} };
  // One after the other: the sender's places fill in the order of grade.
  const failed = await eachContact(contactIds, (contactId, at) =>
    enrollOne(ports, ground, { contactId, loaded: states[at], contact: contacts[at] }, seen),
  );
  if (afterwards.length === 0) throwIfAny(failed, contactIds.length);
  // A page that came back for one contact would begin the whole queue behind it again: that one gets its own page.
  else if (failed.length > 0) {
    const again = failed.map(({ item }) => item);
    await ports.timers.queuePage({ kind: 'enroll', campaignId: campaign.id, contactIds: again });
  }
  if (afterwards.length > 0) await queueInTurn(ports, campaign.id, afterwards);
  // A stop that ran beside this page may have passed a contact just before its enrollment began.
  const now = await ports.store.load('campaign', campaign.id);
  if (now?.isStopped) await stopPage(ports, campaign, contactIds);
}

type Found = {
  readonly contactId: ContactId;
  readonly loaded: Loaded | undefined;
  readonly contact: Contact | undefined;
};

async function enrollOne(
  ports: Ports,
  ground: Ground,
  { contactId, loaded, contact }: Found,
  seen: SeenPlaces,
): Promise<void> {
  const { campaign } = ground;
  const state = loaded?.state;
  // Nobody begins with them any more, and who was forgotten has no profile to be read.
  if (state?.standing.kind === 'suppressed') return;
  const current = state?.enrollment;
  const isHere = current?.campaignId === campaign.id;
  // The page of a walk long over, from a dead-letter queue perhaps, must not begin it again.
  if (current && !isHere && (await hasWalkedHere(ports, campaign, contactId))) return;
  const last = current ? (readEnrollmentId(current.id)?.n ?? 0) : 0;
  const n = isHere ? last : last + 1;
  const id = enrollmentIdOf(contactId, n);
  const { id: campaignId, senderId } = campaign;
  if (!contact) throw new Error(`Contact ${contactId} is missing`);
  const { companyDomain } = contact;
  // Two launches that met: the company is the other sender's now, and one conversation is enough.
  if (companyDomain && !(await takeOver(ports, companyDomain, senderId))) return;
  const { plan } = await knownOf(ground, contact);
  const event = { kind: 'enrolled', n, campaignId, senderId } as const;
  await enroll(ports, id, { fresh: freshState(contactId), loaded, seen }, event, plan);
}

/** `false`: the company is another sender's. From a leaver it goes to whoever has taken over from them. */
async function takeOver(ports: Ports, domain: string, senderId: SenderId): Promise<boolean> {
  const taken = await ports.store.takeCompany(domain, senderId);
  if (taken === senderId) return true;
  if ((await ownerOf(ports, taken)).id !== senderId) return false;
  await ports.store.moveCompany(domain, taken, senderId);
  return true;
}

const hasWalkedHere = async (ports: Ports, campaign: Campaign, contactId: ContactId): Promise<boolean> =>
  (await ports.store.listWalks(contactId)).some((walk) => walk.campaignId === campaign.id);

async function stopPage(ports: Ports, campaign: Campaign, contactIds: readonly ContactId[]): Promise<void> {
  const failed = await eachContact(contactIds, async (contactId) => {
    const walk = (await ports.store.loadState(contactId))?.state.enrollment;
    if (walk?.kind !== 'open' || walk.campaignId !== campaign.id) return;
    await applyEvent(ports, walk.id, { kind: 'stopped-by-person' });
  });
  throwIfAny(failed, contactIds.length);
}

async function gateOpenedPage(
  ports: Ports,
  campaign: Campaign,
  page: Extract<CampaignPage, { kind: 'gate-opened' }>,
): Promise<void> {
  if (campaign.status === 'finished') return;
  if (campaign.status === 'paused' && campaign.statusSince === page.since) {
    throw new Error(`Campaign ${campaign.id} is still paused: its page waits in the queue`);
  }
  const asked = page.after ? { after: page.after } : {};
  const found = await ports.store.listEnrollments(campaign.id, { limit: CONTACTS_PER_PAGE, ...asked });
  const failed = await eachContact(found.items, async ({ enrollment }) => {
    if (enrollment.kind !== 'open') return;
    await applyEvent(ports, enrollment.id, { kind: 'gate-opened', gate: 'campaign', since: page.since });
  });
  throwIfAny(failed, found.items.length);
  if (found.next) await ports.timers.queuePage({ ...page, after: found.next });
}

type Failed<Item> = { readonly item: Item; readonly cause: unknown };

/** One contact's failure must not keep the others waiting; the page comes back for it. */
async function eachContact<Item>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<void>,
): Promise<readonly Failed<Item>[]> {
  const failed: Failed<Item>[] = [];
  for (const [at, item] of items.entries()) {
    try {
      await work(item, at);
    } catch (cause) {
      failed.push({ item, cause });
    }
  }
  return failed;
}

function throwIfAny<Item>(failed: readonly Failed<Item>[], count: number): void {
  const [first] = failed;
  if (first)
    throw new Error(`${failed.length} of ${count} contacts of a page failed`, { cause: first.cause });
}
