/** What is known of many people at once: their profiles and their state items, in a few large reads. */
import type { Contact } from './domain/contact.ts';
import type { ContactState } from './domain/enrollment/state.ts';
import type { ContactId } from './domain/ids.ts';
import type { Ports } from './ports.ts';

export type KnownContact = {
  readonly contact: Contact | undefined;
  readonly state: ContactState | undefined;
};

/** Answers a look-up for exactly these; each as it stood at some moment of this call. */
export async function lookUpContacts(
  ports: Ports,
  contactIds: readonly ContactId[],
): Promise<(id: ContactId) => KnownContact> {
  const ids = [...new Set(contactIds)];
  const [contacts, states] = await Promise.all([
    ports.store.loadMany(
      'contact',
      ids.map((id) => [id] as const),
    ),
    ports.store.loadStates(ids),
  ]);
  const known = new Map(
    ids.map((id, at) => [id, { contact: contacts[at], state: states[at]?.state } satisfies KnownContact]),
  );
  return (id) => {
    const one = known.get(id);
    if (!one) throw new Error(`Contact ${id} was not asked for`);
    return one;
  };
}
