/**
 * One answer from a company holds its other people: two letters that cross a conversation look careless. A person says
 * what becomes of them; nothing else opens the gate but that answer turning out to be none.
 */
import type { Effect } from './domain/enrollment/effect.ts';
import type { OpenEnrollment } from './domain/enrollment/state.ts';
import { type ContactId, derivedId, type TaskId } from './domain/ids.ts';
import { loadCalendar } from './domain/time/calendar.ts';
import { afterDelay } from './domain/time/plan.ts';
import type { Ports } from './ports.ts';

const DECIDE_WITHIN = { workingDays: 5 } as const;
/** Of a hundred each. A domain with more people in one table is no company but a provider. */
const PAGES_MAX = 10;
const PAGE = 100;

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
  const { campaignId, senderId } = walk;
  await ports.store.putNew('task', {
    id,
    kind: 'company-held',
    contactId,
    enrollmentId,
    campaignId,
    senderId,
    messageId,
    dueAt: afterDelay(await loadCalendar(contact), at, DECIDE_WITHIN),
    createdAt: at,
    status: 'open',
    text: `${count} ${count === 1 ? 'colleague' : 'colleagues'} held: release or leave?`,
  });
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
