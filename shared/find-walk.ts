/** An enrollment by its id: the one that the contact is on, or an older one. */
import type { Enrollment } from './domain/enrollment/state.ts';
import { type ContactId, readEnrollmentId } from './domain/ids.ts';
import type { Ports } from './ports.ts';

export async function findWalk(
  ports: Ports,
  id: string,
): Promise<{ readonly contactId: ContactId; readonly walk: Enrollment } | undefined> {
  const named = readEnrollmentId(id);
  if (!named) return undefined;
  const current = (await ports.store.loadState(named.contactId))?.state.enrollment;
  if (current?.id === id) return { contactId: named.contactId, walk: current };
  const older = await ports.store.listWalks(named.contactId);
  const walk = older.find((one) => one.id === id);
  return walk && { contactId: named.contactId, walk };
}
