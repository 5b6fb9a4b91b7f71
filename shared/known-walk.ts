/** Everything that one walk stands on. Loaded once for one execution: none of it changes what a claim decides. */
import { type Campaign, overridesOf } from './domain/campaign.ts';
import type { Contact } from './domain/contact.ts';
import type { Enrollment } from './domain/enrollment/state.ts';
import type { Plan } from './domain/enrollment/turn.ts';
import { type CampaignId, type ContactId, readEnrollmentId, type SenderId } from './domain/ids.ts';
import { limitsOf, type Sender } from './domain/sender.ts';
import type { Sequence } from './domain/sequence.ts';
import { loadCalendar } from './domain/time/calendar.ts';
import { loadDuty } from './domain/time/duty.ts';
import type { Ports } from './ports.ts';

/** The same for every contact of a campaign. */
export type Ground = {
  readonly campaign: Campaign;
  readonly sequence: Sequence;
  readonly sender: Sender;
};
export type KnownWalk = Ground & {
  readonly contact: Contact;
  /** What the rules need of it all. */
  readonly plan: Plan;
};

/** Throws where a part is missing: nothing that is removed may leave a walk behind. */
export async function loadKnown(
  ports: Ports,
  walk: Pick<Enrollment, 'id' | 'campaignId' | 'senderId'>,
): Promise<KnownWalk> {
  const contactId = readEnrollmentId(walk.id)?.contactId;
  if (!contactId) throw new Error('An enrollment id that leads to no contact.');
  const [ground, contact] = await Promise.all([
    loadGround(ports, walk.campaignId, walk.senderId),
    loadContact(ports, contactId),
  ]);
  return knownOf(ground, contact);
}

export async function loadGround(ports: Ports, campaignId: CampaignId, senderId: SenderId): Promise<Ground> {
  const [campaign, sender] = await Promise.all([
    ports.store.load('campaign', campaignId),
    ports.store.load('sender', senderId),
  ]);
  if (!campaign || !sender) throw new Error(`Campaign ${campaignId} or its sender is missing`);
  const sequence = await ports.store.load('sequence', campaign.sequenceId, campaign.sequenceVersion);
  if (!sequence) throw new Error(`Campaign ${campaign.id} misses its sequence version`);
  return { campaign, sequence, sender };
}

export async function loadContact(ports: Ports, contactId: ContactId): Promise<Contact> {
  const contact = await ports.store.load('contact', contactId);
  if (!contact) throw new Error(`Contact ${contactId} is missing`);
  return contact;
}

export async function knownOf(ground: Ground, contact: Contact): Promise<KnownWalk> {
  const { campaign, sequence, sender } = ground;
  const [calendar, duty] = await Promise.all([loadCalendar(contact), loadDuty(sender)]);
  const plan: Plan = {
    steps: sequence.steps,
    calendar,
    senderZone: sender.zone,
    who: {
      phones: contact.phones,
      ...(contact.grade ? { grade: contact.grade } : {}),
      ...(contact.country ? { country: contact.country } : {}),
    },
    ...(campaign.approval === 'each' ? { wantsApproval: true } : {}),
    ...(campaign.pesterReason ? { mayPester: true } : {}),
    duty,
    overrides: overridesOf(campaign),
    limits: limitsOf(sender),
  };
  return { ...ground, contact, plan };
}
