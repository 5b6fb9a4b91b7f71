/** Contacts that are kept without being written to: completed, merged with what was known, never anybody suppressed. */
import type { ContactInput } from './api/contacts.ts';
import { type ContactFault, completeContact } from './complete-contact.ts';
import { mailDomainOf } from './domain/company.ts';
import type { Contact } from './domain/contact.ts';
import { type ContactId, contactIdOf, normaliseAddress } from './domain/ids.ts';
import { lookUpContacts } from './look-up-contacts.ts';
import type { Ports } from './ports.ts';

/** Until a sender is known whose clock would be the better guess. */
const NOWHERE = 'UTC';

export type TakenContact =
  | { readonly kind: 'taken'; readonly contact: Contact }
  | { readonly kind: 'refused'; readonly faults: readonly ContactFault[] };

/** One answer for each, in their order; the taken are saved. Idempotent: what is given wins over what was known. */
export async function takeContacts(
  ports: Ports,
  given: readonly ContactInput[],
): Promise<readonly TakenContact[]> {
  const named = given.map((one): Named | undefined => {
    const address = normaliseAddress(one.address);
    return address ? { address, id: contactIdOf(ports.ids.contactSecret, address) } : undefined;
  });
  const sound = named.filter((one) => one !== undefined);
  const [known, gates] = await Promise.all([
    lookUpContacts(
      ports,
      sound.map(({ id }) => id),
    ),
    ports.store.loadCompanies([...new Set(sound.map(({ address }) => mailDomainOf(address)))]),
  ]);
  const answers = given.map((one, at): TakenContact => {
    const about = named[at];
    if (!about) {
      const detail = 'This is no mail address that can be written to. Write it as name@example.com.';
      return { kind: 'refused', faults: [{ pointer: '/address', reason: 'invalid-address', detail }] };
    }
    const { contact, state } = known(about.id);
    const isBarred = gates.get(mailDomainOf(about.address))?.suppressed === true;
    if (state?.standing.kind === 'suppressed' || isBarred) {
      const why = state?.standing.kind === 'suppressed' ? state.standing.why : 'their company is suppressed';
      const detail = `They are never written to again (${why}). Leave the contact out.`;
      return { kind: 'refused', faults: [{ pointer: '/address', reason: 'suppressed', detail }] };
    }
    const now = ports.clock.now();
    const completed = completeContact(one, { ...about, known: contact, senderZone: NOWHERE, now });
    if (completed.faults.length > 0) return { kind: 'refused', faults: completed.faults };
    return { kind: 'taken', contact: completed.contact };
  });
  const taken = answers.flatMap((answer) => (answer.kind === 'taken' ? [answer.contact] : []));
  await ports.store.putMany('contact', taken);
  return answers;
}

type Named = { readonly address: string; readonly id: ContactId };
