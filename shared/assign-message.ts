/** A person says whose an unmatched mail is: it moves to their mails, and their walk hears what it says. */
import type { ContactId } from './domain/ids.ts';
import { arrivalIdOf, type IncomingMessage } from './domain/message.ts';
import { applyEvent } from './engine.ts';
import type { Ports } from './ports.ts';
import { eventOfReading } from './reading-event.ts';

/** Idempotent; `undefined`: there is no such contact. */
export async function assignMessage(
  ports: Ports,
  message: IncomingMessage,
  contactId: ContactId,
): Promise<IncomingMessage | undefined> {
  const contact = await ports.store.load('contact', contactId);
  if (!contact) return undefined;
  const walk = (await ports.store.loadState(contactId))?.state.enrollment;
  const { unverified: _doubt, ...known } = message;
  const moved: IncomingMessage = {
    ...known,
    contactId,
    matchedBy: 'person',
    ...(walk ? { enrollmentId: walk.id } : {}),
  };
  await ports.store.putNew('message', moved);
  if (walk) {
    const mail = arrivalIdOf(message.rawKey);
    const day = message.at.slice(0, 10);
    // A person vouches for it, so what it asks for is done.
    const about = { mail, messageId: message.id, day, isAuthenticated: true };
    await applyEvent(ports, walk.id, eventOfReading(message.reading, about));
  }
  await markAssigned(ports, message, contactId);
  // Last: until everything has heard of it, it stands where a person looks.
  await ports.store.remove('message', 'unmatched', message.id);
  return moved;
}

/** For the copies of it that are still under way. */
async function markAssigned(ports: Ports, { rawKey }: IncomingMessage, contactId: ContactId): Promise<void> {
  const arrival = await ports.store.load('arrival', arrivalIdOf(rawKey));
  if (arrival) await ports.store.put('arrival', { ...arrival, assignedTo: contactId });
}
