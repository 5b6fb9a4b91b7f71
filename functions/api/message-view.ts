/** Messages as text. The raw mail stays in its bucket: nothing of it is ever rendered here. */
import type { MessageView } from '../../shared/api/contacts.ts';
import type { Message } from '../../shared/domain/message.ts';

export function messageView(message: Message): MessageView {
  if (message.kind === 'out') {
    const { id, kind, contactId, enrollmentId, at, sentAt, step, subject, text } = message;
    return { id, kind, contactId, enrollmentId, at, ...(sentAt ? { sentAt } : {}), step, subject, text };
  }
  const { id, kind, contactId, enrollmentId, at, from, subject, unverified, reading } = message;
  return {
    id,
    kind,
    ...(contactId ? { contactId } : {}),
    ...(enrollmentId ? { enrollmentId } : {}),
    at,
    ...(from ? { from } : {}),
    ...(subject ? { subject } : {}),
    read: reading.kind.value,
    ...(unverified ? { unverified } : {}),
    text: reading.replyText,
  };
}
