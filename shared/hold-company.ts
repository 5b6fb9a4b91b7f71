/**
 * One answer from a company holds its other people: two letters that cross a conversation look careless. A person says
 * what becomes of them; nothing else opens the gate but that answer turning out to be none.
 */
import type { Contact } from './domain/contact.ts';
import type { Effect } from './domain/enrollment/effect.ts';
import type { Enrollment, OpenEnrollment } from './domain/enrollment/state.ts';
import type { CompanyGate } from './domain/gate.ts';
import { type ContactId, derivedId, type MessageId, type TaskId } from './domain/ids.ts';
import { HOUR, type Instant, msBetween } from './domain/instant.ts';
import { loadCalendar } from './domain/time/calendar.ts';
import { afterDelay } from './domain/time/plan.ts';
import type { Ports } from './ports.ts';

const DECIDE_WITHIN = { workingDays: 5 } as const;
/** Of a hundred each. A domain with more people in one table is no company but a provider. */
const PAGES_MAX = 10;
const PAGE = 100;

/** A run that held and then died has its mail read again long before. */
const ASKED_WITHIN_MS = HOUR;

/** Idempotent: the first hold stands, and has one task. */
export async function holdCompany(
  ports: Ports,
  contactId: ContactId,
  effect: Extract<Effect, { kind: 'hold-company' }>,
): Promise<void> {
  const { enrollmentId, messageId, at } = effect;
  const contact = await ports.store.load('contact', contactId);
  const domain = contact?.companyDomain;
  if (!contact || !domain) return;
  const count = (await openWalks(ports, domain, contactId)).length;
  if (count === 0) return;
  const walk = (await ports.store.loadState(contactId))?.state.enrollment;
  if (!walk) return;
  const id = derivedId('task', 'company-held', domain, messageId) as TaskId;
  // The same answer heard again, after a person has said what becomes of the others.
  if ((await ports.store.load('task', contactId, id))?.status === 'closed') return;
  const hold = await ports.store.holdCompany(domain, { since: at, by: contactId });
  // Another of them was first, or another mail of theirs: that answer's task asks already.
  if (hold.by !== contactId || (await isAsked(ports, contactId))) return;
  await ask(ports, { id, contact, walk: { ...walk, id: enrollmentId }, messageId, at, count });
}

type Question = {
  readonly id: TaskId;
  /** Whoever answered. */
  readonly contact: Contact;
  readonly walk: Pick<Enrollment, 'id' | 'campaignId' | 'senderId'>;
  readonly messageId?: MessageId;
  readonly at: Instant;
  /** Of the others there. */
  readonly count: number;
};

async function ask(ports: Ports, question: Question): Promise<'put' | 'exists'> {
  const { id, contact, walk, messageId, at, count } = question;
  return ports.store.putNew('task', {
    id,
    kind: 'company-held',
    contactId: contact.id,
    enrollmentId: walk.id,
    campaignId: walk.campaignId,
    senderId: walk.senderId,
    ...(messageId ? { messageId } : {}),
    dueAt: afterDelay(await loadCalendar(contact), at, DECIDE_WITHIN),
    createdAt: at,
    status: 'open',
    text: `${count} ${count === 1 ? 'colleague' : 'colleagues'} held: release or leave?`,
  });
}

/**
 * For whoever stands before the closed gate. The run that closed it may have died between the hold and its question, or
 * before the answer counted: nobody would ever open it. Then the question is asked anew, and a hold without an answer is
 * taken back. Idempotent.
 */
export async function askAboutHold(ports: Ports, domain: string, held: CompanyGate): Promise<void> {
  const { heldSince, heldBy } = held;
  const now = ports.clock.now();
  if (!heldSince || msBetween(heldSince, now) < ASKED_WITHIN_MS) return;
  if (heldBy && (await isAsked(ports, heldBy))) return;
  const contact = heldBy && (await ports.store.load('contact', heldBy));
  const walk = heldBy && (await ports.store.loadState(heldBy))?.state.enrollment;
  // A mail of theirs waits to be read: perhaps it is the answer.
  if (walk?.kind === 'open' && walk.holds.some(({ kind }) => kind === 'inbound')) return;
  if (!contact || walk?.kind !== 'ended') return ports.store.releaseCompany(domain);
  const count = (await openWalks(ports, domain, heldBy)).length;
  const id = derivedId('task', 'company-held', domain, heldSince) as TaskId;
  const asked = await ask(ports, { id, contact, walk, at: now, count });
  // It was asked and answered, and the run that was to open the gate died.
  if (asked === 'exists') await ports.store.releaseCompany(domain);
}

/** The answer was none: the gate opens, and those behind it find out by their own retries. */
export async function unholdCompany(ports: Ports, contactId: ContactId): Promise<void> {
  const domain = (await ports.store.load('contact', contactId))?.companyDomain;
  if (domain) await ports.store.releaseCompany(domain);
}

/** Of everybody else there. */
export async function openWalks(
  ports: Ports,
  domain: string,
  except: ContactId,
): Promise<readonly OpenEnrollment[]> {
  const walks: OpenEnrollment[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const found = await ports.store.listCompany(domain, { limit: PAGE, ...(after ? { after } : {}) });
    for (const { id } of found.items) {
      const walk = id === except ? undefined : (await ports.store.loadState(id))?.state.enrollment;
      if (walk?.kind === 'open') walks.push(walk);
    }
    if (!found.next) break;
    after = found.next;
  }
  return walks;
}

/** A handful of tasks each: one page has them. */
const isAsked = async (ports: Ports, contactId: ContactId): Promise<boolean> =>
  (await ports.store.listTasks({ contactId }, { limit: PAGE })).items.some(
    ({ kind, status }) => kind === 'company-held' && status === 'open',
  );
