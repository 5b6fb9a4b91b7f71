/**
 * Forgetting a person: never written to again first, then everything that is about them goes, and only "suppressed" stays
 * under the keyed id. Every step may be repeated; `reconcile` finishes what a crash left, and sweeps once more when no run
 * of before the wish can write any more.
 */
import { freshState } from './domain/enrollment/decide.ts';
import { ERASURE_SETTLES_MS, type Erasure } from './domain/erasure.ts';
import { type ContactId, contactIdOf, normaliseAddress } from './domain/ids.ts';
import { type Instant, msBetween } from './domain/instant.ts';
import { applyEvent } from './engine.ts';
import { sweepFiles } from './erase-files.ts';
import { sweepMessages } from './erase-messages.ts';
import { sweepRepeats } from './erase-repeats.ts';
import { openWalks } from './hold-company.ts';
import type { Ports } from './ports.ts';
import { suppressContact } from './suppress-contact.ts';

const ROUNDS_MAX = 12;
const ERASURES_MAX = 200;

/** `undefined`: there is nobody of this id. From the answer on no letter goes to them, and no list shows them. */
export async function erasePerson(ports: Ports, contactId: ContactId): Promise<Erasure | undefined> {
  const [known, contact, state] = await Promise.all([
    ports.store.load('erasure', contactId),
    ports.store.load('contact', contactId),
    ports.store.loadState(contactId),
  ]);
  if (!known && !contact && !state) return undefined;
  const companyDomain = known?.companyDomain ?? contact?.companyDomain;
  const asked: Erasure = {
    contactId,
    askedAt: ports.clock.now(),
    ...(companyDomain ? { companyDomain } : {}),
  };
  // The wish first: from here on reconcile carries it out, whatever becomes of this run.
  await ports.store.put('erasure', asked);
  return carryOut(ports, asked);
}

/** Every wish that is not through yet. Answers how many now are. */
export async function finishErasures(ports: Ports): Promise<number> {
  const open = await ports.store.listErasures({ limit: ERASURES_MAX });
  let done = 0;
  for (const erasure of open.items) if ((await carryOut(ports, erasure)).doneAt) done += 1;
  return done;
}

async function carryOut(ports: Ports, erasure: Erasure): Promise<Erasure> {
  const { contactId, companyDomain } = erasure;
  const now = ports.clock.now();
  await forgetState(ports, contactId, now);
  if (companyDomain) await leaveColleagues(ports, companyDomain, contactId);
  const isTheirs = (address: string | undefined): boolean => {
    const normal = address && normaliseAddress(address);
    return (
      normal !== undefined && normal !== '' && contactIdOf(ports.ids.contactSecret, normal) === contactId
    );
  };
  await sweepMessages(ports, erasure, isTheirs);
  await ports.store.clearContact(contactId);
  await sweepRepeats(ports, contactId, isTheirs);
  const filesAreSwept = await sweepFiles(ports, isTheirs);
  const isSettled = filesAreSwept && msBetween(erasure.askedAt, now) >= ERASURE_SETTLES_MS;
  if (!isSettled) return erasure;
  const done: Erasure = { contactId, askedAt: erasure.askedAt, doneAt: now };
  // Asked again meanwhile: that wish is swept in its own time.
  const saved = await ports.store.replace('erasure', erasure, done, ['askedAt']);
  return saved === 'saved' ? done : erasure;
}

/** The walk ends as every suppression ends it, with its place and its hours given back; then the tombstone. */
async function forgetState(ports: Ports, contactId: ContactId, now: Instant): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const loaded = await ports.store.loadState(contactId);
    const standing = loaded?.state.standing;
    const isForgotten =
      standing?.kind === 'suppressed' && standing.why === 'erased' && !loaded?.state.enrollment;
    if (isForgotten) return;
    // Without a profile nothing could be decided; a walk has always had one until now.
    if (loaded?.state.enrollment?.kind === 'open') await suppressContact(ports, contactId, 'erased');
    const after = await ports.store.loadState(contactId);
    const tombstone = {
      ...freshState(contactId),
      standing: { kind: 'suppressed', why: 'erased', since: now },
    } as const;
    if ((await ports.store.saveState(tombstone, after?.version, ports.ids.fresh())) === 'saved') return;
  }
  throw new Error(`Contact ${contactId} is too contended: ${ROUNDS_MAX} saves in a row failed`);
}

/**
 * Their answer held the company, and the question who goes on there would hang on a person who is gone. It is answered as a
 * careful salesperson would: the colleagues are left, and a later campaign may write to them.
 */
async function leaveColleagues(ports: Ports, domain: string, contactId: ContactId): Promise<void> {
  if ((await ports.store.loadCompany(domain)).heldBy !== contactId) return;
  for (const { id } of await openWalks(ports, domain, contactId)) {
    await applyEvent(ports, id, { kind: 'stopped-by-person' });
  }
  await ports.store.releaseCompany(domain);
}
