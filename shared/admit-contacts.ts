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
import { type CampaignId, type ContactId, contactIdOf, normaliseAddress } from './domain/ids.ts';
import { DAY, type Instant, msBetween } from './domain/instant.ts';
import type { RefusalReason } from './domain/launch-report.ts';
import { fingerprintOf } from './domain/letter/finding.ts';
import type { ContactLetters } from './domain/letter/letter-text.ts';
import type { Sender } from './domain/sender.ts';
import type { Sequence } from './domain/sequence.ts';
import { type Addressee, judgeLetters, type LetterWarning, warningsOf } from './judge-letters.ts';
import { freezeOwnLetters } from './own-letters.ts';
import type { Ports } from './ports.ts';

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

/** Reads at once; each is one small consistent read. */
const READS_AT_ONCE = 25;

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
  const gateOf = gateLookUp(ports);
  const answers = await mapAtMost(given, READS_AT_ONCE, async (one, index) => {
    const named = ids[index];
    if (!named)
      return { refused: [refusal(index, '/address', 'invalid-address', addressDetail(one.address))] };
    const first = firstPlaces.get(named.id);
    if (first !== index) {
      const detail = `This is the same address as /contacts/${first}: leave one of them out.`;
      return { refused: [refusal(index, '/address', 'duplicate', detail, named.id)] };
    }
    const known = await ports.store.load('contact', named.id);
    const completed = completeContact(one, {
      ...named,
      known,
      senderZone: into.sender.zone,
      now: ports.clock.now(),
    });
    const { contact } = completed;
    const barred = await barredBy(ports, contact, into, gateOf);
    const brought =
      completed.faults.length > 0 ? undefined : freezeOwnLetters(one.letters, { ...into, contact });
    const faults = [...barred, ...completed.faults, ...(brought?.faults ?? [])];
    const refused = faults.map((fault) => ({ ...fault, index, contactId: named.id }));
    if (refused.length > 0) return { refused };
    const own = brought?.steps ?? (await storedLetters(ports, named.id, into));
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
  const gateOf = gateLookUp(ports);
  const answers = await mapAtMost(contactIds, READS_AT_ONCE, async (contactId, index) => {
    const contact = await ports.store.load('contact', contactId);
    if (!contact) {
      const detail = 'Their data is gone: add the contact anew.';
      return { refused: [refusal(index, '', 'missing-profile', detail, contactId)] };
    }
    const barred = await barredBy(ports, contact, into, gateOf);
    // Whoever walks in this campaign already was taken by an earlier attempt of this very launch.
    const faults = barred.filter((fault) => fault.reason !== 'in-this-campaign');
    const refused = faults.map((fault) => ({ ...fault, index, contactId }));
    if (refused.length > 0) return { refused };
    const own = await storedLetters(ports, contactId, into);
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

async function storedLetters(ports: Ports, contactId: ContactId, into: Into): Promise<Addressee['own']> {
  if (!into.hasOwnLetters) return undefined;
  return (await ports.store.load('letters', contactId, into.campaignId))?.steps;
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
  const loaded = await mapAtMost(ids, READS_AT_ONCE, async (id) => {
    const contact = await ports.store.load('contact', id);
    const own = contact && (await storedLetters(ports, id, into));
    return contact ? [{ contact, ...(own ? { own } : {}) }] : [];
  });
  return loaded.flat();
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

type GateOf = (domain: string) => Promise<CompanyGate>;

/** Each domain is asked for once. */
function gateLookUp(ports: Ports): GateOf {
  const asked = new Map<string, Promise<CompanyGate>>();
  return (domain) => {
    const answer = asked.get(domain) ?? ports.store.loadCompany(domain);
    asked.set(domain, answer);
    return answer;
  };
}

async function barredBy(
  ports: Ports,
  contact: Contact,
  into: Into,
  gateOf: GateOf,
): Promise<readonly ContactFault[]> {
  const domain = mailDomainOf(contact.address);
  const [loaded, gate] = await Promise.all([ports.store.loadState(contact.id), gateOf(domain)]);
  const standing = loaded?.state.standing;
  // Final: whatever else stands against them is no use to know.
  if (standing?.kind === 'suppressed') {
    const detail = `They are never written to again (${standing.why}). Leave the contact out.`;
    return [{ pointer: '/address', reason: 'suppressed', detail }];
  }
  if (gate.suppressed) {
    const detail = `${domain} is suppressed: nobody there is written to. Leave the contact out.`;
    return [{ pointer: '/address', reason: 'suppressed-domain', detail }];
  }
  const faults = await ownerFault(ports, contact, into.sender, gateOf);
  return [...faults, ...walkFault(loaded?.state, into, ports.clock.now())];
}

async function ownerFault(
  ports: Ports,
  contact: Contact,
  sender: Sender,
  gateOf: GateOf,
): Promise<readonly ContactFault[]> {
  const { companyDomain } = contact;
  const owner = companyDomain && (await gateOf(companyDomain)).owner;
  if (!owner || owner === sender.id) return [];
  const name = (await ports.store.load('sender', owner))?.name ?? owner;
  const detail =
    `${companyDomain} is ${name}'s (sender ${owner}), and one company has one salesperson. Leave the contact out, ` +
    `launch as ${owner}, or move everything of theirs: POST /v1/senders/${owner}/transfer.`;
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
