/**
 * Who may be written to: every given contact is read, completed and tried against the world and against the letters
 * before anything is saved. The answer names each one that may not, the field at fault, and what mends it.
 */
import type { ContactInput } from './api/contacts.ts';
import { mapAtMost } from './at-most.ts';
import type { StepFault } from './check-letters.ts';
import { type ContactFault, completeContact } from './complete-contact.ts';
import { mailDomainOf } from './domain/company.ts';
import type { Contact } from './domain/contact.ts';
import type { ContactState } from './domain/enrollment/state.ts';
import type { CompanyGate } from './domain/gate.ts';
import {
  type CampaignId,
  type ContactId,
  contactIdOf,
  normaliseAddress,
  type SenderId,
} from './domain/ids.ts';
import { DAY, type Instant, msBetween } from './domain/instant.ts';
import type { RefusalReason } from './domain/launch-report.ts';
import { fingerprintOf } from './domain/letter/finding.ts';
import type { ContactLetters } from './domain/letter/letter-text.ts';
import type { Sender } from './domain/sender.ts';
import type { Sequence } from './domain/sequence.ts';
import { type Addressee, judgeLetters, type LetterWarning, warningsOf } from './judge-letters.ts';
import { lookUpContacts } from './look-up-contacts.ts';
import { freezeOwnLetters } from './own-letters.ts';
import type { Ports } from './ports.ts';
import { type Owner, ownerOf } from './sender-now.ts';

/** One reason why a contact is not taken. */
export type RefusedContact = ContactFault & {
  /** Its place among those given. */
  readonly index: number;
  readonly contactId?: ContactId;
};

export type Admission = {
  readonly admitted: readonly Contact[];
  /** Of the admitted: what the call brought for them, frozen. */
  readonly letters: readonly ContactLetters[];
  readonly refused: readonly RefusedContact[];
  /** Of the admitted. */
  readonly warnings: readonly LetterWarning[];
  /** Fingerprints of these by contact, for whoever leaves out those concerned. */
  readonly warned: ReadonlyMap<ContactId, readonly string[]>;
};

type Into = {
  readonly campaignId: CampaignId;
  readonly sender: Sender;
  readonly sequence: Sequence;
  /** Earlier calls brought letters for some contacts. */
  readonly hasOwnLetters: boolean;
  /** Why people may be begun with again within 90 days. */
  readonly reEnrollReason?: string | undefined;
  /** Who is in the campaign already, as far as their letters are compared with the new ones. */
  readonly others?: readonly ContactId[];
};

/** Contacts as a request writes them. Saves nothing. */
export async function admitContacts(
  ports: Ports,
  given: readonly ContactInput[],
  into: Into,
): Promise<Admission> {
  const firstPlaces = new Map<ContactId, number>();
  const ids = given.map((one, index) => {
    const address = normaliseAddress(one.address);
    const id = address && contactIdOf(ports.ids.contactSecret, address);
    if (id && !firstPlaces.has(id)) firstPlaces.set(id, index);
    return address && id ? { address, id } : undefined;
  });
  const known = await lookUpContacts(ports, [...firstPlaces.keys()]);
  const completed = given.map((one, index) => {
    const named = ids[index];
    if (!named || firstPlaces.get(named.id) !== index) return undefined;
    const about = { known: known(named.id).contact, senderZone: into.sender.zone, now: ports.clock.now() };
    return completeContact(one, { ...named, ...about });
  });
  const contacts = completed.flatMap((one) => (one ? [one.contact] : []));
  const barredBy = await lookAtBars(ports, contacts, into);
  const stored = await storedLetters(ports, [...firstPlaces.keys()], into);
  const answers = given.map((one, index): Answer => {
    const named = ids[index];
    if (!named)
      return { refused: [refusal(index, '/address', 'invalid-address', addressDetail(one.address))] };
    const done = completed[index];
    if (!done) {
      const detail = `This is the same address as /contacts/${firstPlaces.get(named.id)}: leave one of them out.`;
      return { refused: [refusal(index, '/address', 'duplicate', detail, named.id)] };
    }
    const { contact } = done;
    const barred = barredBy(contact, known(named.id).state);
    const brought = done.faults.length > 0 ? undefined : freezeOwnLetters(one.letters, { ...into, contact });
    const faults = [...barred, ...done.faults, ...(brought?.faults ?? [])];
    const refused = faults.map((fault) => ({ ...fault, index, contactId: named.id }));
    if (refused.length > 0) return { refused };
    const own = brought?.steps ?? stored.get(named.id);
    return { candidate: { index, contact, ...(own ? { own } : {}), isNew: brought !== undefined }, refused };
  });
  return judge(ports, answers, into);
}

/** The contacts that a campaign already has, tried again: the world may have changed since they were saved. */
export async function readmitContacts(
  ports: Ports,
  contactIds: readonly ContactId[],
  into: Into,
): Promise<Admission> {
  const known = await lookUpContacts(ports, contactIds);
  const contacts = contactIds.flatMap((id) => known(id).contact ?? []);
  const barredBy = await lookAtBars(ports, contacts, into);
  const stored = await storedLetters(ports, contactIds, into);
  const answers = contactIds.map((contactId, index): Answer => {
    const { contact, state } = known(contactId);
    if (!contact) {
      const detail = 'Their data is gone: add the contact anew.';
      return { refused: [refusal(index, '', 'missing-profile', detail, contactId)] };
    }
    // Whoever walks in this campaign already was taken by an earlier attempt of this very launch.
    const faults = barredBy(contact, state).filter((fault) => fault.reason !== 'in-this-campaign');
    const refused = faults.map((fault) => ({ ...fault, index, contactId }));
    if (refused.length > 0) return { refused };
    const own = stored.get(contactId);
    return { candidate: { index, contact, ...(own ? { own } : {}), isNew: false }, refused };
  });
  return judge(ports, answers, into);
}

type Candidate = Addressee & {
  readonly index: number;
  /** Its letters came with this call. */
  readonly isNew: boolean;
};
type Answer = { readonly candidate?: Candidate; readonly refused: readonly RefusedContact[] };

/** The letters are judged together, once it is known who may be written to at all. */
async function judge(ports: Ports, answers: readonly Answer[], into: Into): Promise<Admission> {
  const candidates = answers.flatMap(({ candidate }) => (candidate ? [candidate] : []));
  const others = await othersOf(ports, candidates, into);
  const { judged } = await judgeLetters(candidates, into, others);
  const errors = candidates.map((candidate, at) =>
    (judged[at]?.faults ?? [])
      .filter(({ finding }) => finding.severity === 'error')
      .map((fault) => ({ ...letterFault(fault), index: candidate.index, contactId: candidate.contact.id })),
  );
  const admitted = candidates.filter((_, at) => errors[at]?.length === 0);
  const faulty = candidates.flatMap(({ index, contact }, at) =>
    errors[at]?.length === 0 ? [{ index, contactId: contact.id, faults: judged[at]?.faults ?? [] }] : [],
  );
  return {
    admitted: admitted.map(({ contact }) => contact),
    letters: admitted.flatMap(({ contact, own, isNew }) =>
      own && isNew ? [{ contactId: contact.id, campaignId: into.campaignId, steps: own }] : [],
    ),
    refused: [...answers.flatMap(({ refused }) => refused), ...errors.flat()].toSorted(
      (a, b) => a.index - b.index,
    ),
    warnings: warningsOf(faulty),
    warned: new Map(
      faulty.map(({ contactId, faults }) => [contactId, faults.map(({ finding }) => fingerprintOf(finding))]),
    ),
  };
}

async function storedLetters(
  ports: Ports,
  contactIds: readonly ContactId[],
  into: Into,
): Promise<ReadonlyMap<ContactId, Addressee['own']>> {
  if (!into.hasOwnLetters) return new Map();
  const keys = contactIds.map((id) => [id, into.campaignId] as const);
  const letters = await ports.store.loadMany('letters', keys);
  return new Map(contactIds.map((id, at) => [id, letters[at]?.steps]));
}

/** A why is compared with so many of those who are in the campaign already; a launch compares all of them. */
export const OTHERS_MAX = 500;

async function othersOf(
  ports: Ports,
  candidates: readonly Candidate[],
  into: Into,
): Promise<readonly Addressee[]> {
  const isNamed = new Set(candidates.map(({ contact }) => contact.id));
  const ids = (into.others ?? []).filter((id) => !isNamed.has(id)).slice(-OTHERS_MAX);
  const keys = ids.map((id) => [id] as const);
  const contacts = (await ports.store.loadMany('contact', keys)).filter((one) => one !== undefined);
  const stored = await storedLetters(
    ports,
    contacts.map(({ id }) => id),
    into,
  );
  return contacts.map((contact) => {
    const own = stored.get(contact.id);
    return { contact, ...(own ? { own } : {}) };
  });
}

const refusal = (
  index: number,
  pointer: string,
  reason: RefusalReason,
  detail: string,
  contactId?: ContactId,
): RefusedContact => ({ index, pointer, reason, detail, ...(contactId ? { contactId } : {}) });

const addressDetail = (address: string): string =>
  address.includes('<')
    ? 'Write the bare address, name@example.com, without a display name.'
    : 'This is no mail address that can be written to. Write it as name@example.com.';

const OWNERS_AT_ONCE = 10;

type Bars = (contact: Contact, state: ContactState | undefined) => readonly ContactFault[];

/** Reads what may stand against these contacts but their own state: their companies, and whose those are. */
async function lookAtBars(ports: Ports, contacts: readonly Contact[], into: Into): Promise<Bars> {
  const domains = contacts.flatMap((one) => [mailDomainOf(one.address), one.companyDomain ?? []].flat());
  const gates = await ports.store.loadCompanies([...new Set(domains)]);
  const owners = new Set([...gates.values()].flatMap(({ owner }) => owner ?? []));
  owners.delete(into.sender.id);
  const asked = await mapAtMost(
    [...owners],
    OWNERS_AT_ONCE,
    async (id) => [id, await ownerOf(ports, id)] as const,
  );
  const ownerNow = new Map(asked);
  const now = ports.clock.now();
  return (contact, state) => {
    // Final: whatever else stands against them is no use to know.
    const standing = state?.standing;
    if (standing?.kind === 'suppressed') {
      const detail = `They are never written to again (${standing.why}). Leave the contact out.`;
      return [{ pointer: '/address', reason: 'suppressed', detail }];
    }
    const domain = mailDomainOf(contact.address);
    if (gates.get(domain)?.suppressed) {
      const detail = `${domain} is suppressed: nobody there is written to. Leave the contact out.`;
      return [{ pointer: '/address', reason: 'suppressed-domain', detail }];
    }
    return [...ownerFault(contact, gates, ownerNow, into.sender), ...walkFault(state, into, now)];
  };
}

function ownerFault(
  { companyDomain }: Contact,
  gates: ReadonlyMap<string, CompanyGate>,
  ownerNow: ReadonlyMap<SenderId, Owner>,
  sender: Sender,
): readonly ContactFault[] {
  const taken = companyDomain && gates.get(companyDomain)?.owner;
  const owner = taken && ownerNow.get(taken);
  if (!owner || owner.id === sender.id) return [];
  const { id, name } = owner;
  const detail =
    `${companyDomain} is ${name}'s (sender ${id}), and one company has one salesperson. Leave the contact out, ` +
    `launch as ${id}, or move everything of theirs: POST /v1/senders/${id}/transfer.`;
  return [{ pointer: '/address', reason: 'another-owner', detail }];
}

/** So long after the last walk nobody is begun with again, unless somebody says why. */
const BETWEEN_WALKS_MS = 90 * DAY;

function walkFault(
  state: ContactState | undefined,
  { campaignId, reEnrollReason }: Into,
  now: Instant,
): readonly ContactFault[] {
  const walk = state?.enrollment;
  if (!walk) return [];
  if (walk.campaignId === campaignId) {
    const detail = `They are in this campaign already (enrollment ${walk.id}). Leave the contact out.`;
    return [{ pointer: '/address', reason: 'in-this-campaign', detail }];
  }
  if (walk.kind === 'ended') {
    // A walk that never wrote to them has not been one.
    const isRecent = walk.sent.length > 0 && msBetween(walk.endedAt, now) < BETWEEN_WALKS_MS;
    if (!isRecent || reEnrollReason !== undefined) return [];
    const detail =
      `Their last enrollment (${walk.id}) ended on ${walk.endedAt.slice(0, 10)}, less than 90 days ago. ` +
      'Leave the contact out, wait, or give the campaign a "reEnrollReason".';
    return [{ pointer: '/address', reason: 're-enrolled-too-soon', detail }];
  }
  const detail =
    `They have an open enrollment (${walk.id}) in campaign ${walk.campaignId}; one person, one conversation. ` +
    `Leave the contact out, or first POST /v1/enrollments/${walk.id}/stop.`;
  return [{ pointer: '/address', reason: 'in-another-campaign', detail }];
}

const OWN_DATA = new Set(['firstName', 'lastName', 'title', 'company', 'country', 'city']);

/** A missing value points to where it belongs; everything else to the contact as a whole. */
export function letterFault({ step, finding }: StepFault): ContactFault {
  const where = `Step ${step}, ${finding.part}`;
  const [root, name] = finding.rule === 'missing-value' ? finding.words.split('.') : [];
  if (name === undefined || root === 'sender') {
    return { pointer: '', reason: 'letter', detail: `${where}: ${finding.fix}` };
  }
  const own = name === 'countryCode' ? 'country' : name === 'name' ? 'firstName' : name;
  const pointer = root === 'contact' && OWN_DATA.has(own) ? `/${own}` : `/fields/${name}`;
  const uses = `the template uses {{ ${finding.words} }}, which has no value here`;
  const detail = `${where}: ${uses}. Give it one, or write {{ ${finding.words} | default: "…" }} there.`;
  return { pointer, reason: 'letter', detail };
}
