/** Contacts that are kept without being written to: completed, merged with what was known, never anybody suppressed. */
import type { ContactInput } from './api/contacts.ts';
import { mapAtMost } from './at-most.ts';
import { type ContactFault, completeContact } from './complete-contact.ts';
import { mailDomainOf } from './domain/company.ts';
import type { Contact } from './domain/contact.ts';
import { contactIdOf, normaliseAddress } from './domain/ids.ts';
import type { Ports } from './ports.ts';

const CALLS_AT_ONCE = 25;
/** Until a sender is known whose clock would be the better guess. */
const NOWHERE = 'UTC';

export type TakenContact =
  | { readonly kind: 'taken'; readonly contact: Contact }
  | { readonly kind: 'refused'; readonly faults: readonly ContactFault[] };

/** One answer for each, in their order; the taken are saved. Idempotent: what is given wins over what was known. */
export const takeContacts = (
  ports: Ports,
  given: readonly ContactInput[],
): Promise<readonly TakenContact[]> => mapAtMost(given, CALLS_AT_ONCE, (one) => takeContact(ports, one));

async function takeContact(ports: Ports, given: ContactInput): Promise<TakenContact> {
  const address = normaliseAddress(given.address);
  if (!address) {
    const detail = 'This is no mail address that can be written to. Write it as name@example.com.';
    return { kind: 'refused', faults: [{ pointer: '/address', reason: 'invalid-address', detail }] };
  }
  const id = contactIdOf(ports.ids.contactSecret, address);
  const [known, loaded, isBarred] = await Promise.all([
    ports.store.load('contact', id),
    ports.store.loadState(id),
    ports.store.isDomainSuppressed(mailDomainOf(address)),
  ]);
  const standing = loaded?.state.standing;
  if (standing?.kind === 'suppressed' || isBarred) {
    const why = standing?.kind === 'suppressed' ? standing.why : 'their company is suppressed';
    const detail = `They are never written to again (${why}). Leave the contact out.`;
    return { kind: 'refused', faults: [{ pointer: '/address', reason: 'suppressed', detail }] };
  }
  const completed = completeContact(given, {
    id,
    address,
    known,
    senderZone: NOWHERE,
    now: ports.clock.now(),
  });
  if (completed.faults.length > 0) return { kind: 'refused', faults: completed.faults };
  await ports.store.put('contact', completed.contact);
  return { kind: 'taken', contact: completed.contact };
}
