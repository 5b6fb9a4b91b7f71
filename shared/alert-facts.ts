/** Everything that an alert speaks of, loaded once for whichever way it takes. */
import type { Alert } from './domain/alert.ts';
import type { AlertFacts } from './domain/alert-text.ts';
import type { MessageId } from './domain/ids.ts';
import type { OutgoingMessage } from './domain/message.ts';
import type { Ports } from './ports.ts';
import { digestText } from './send-digests.ts';

export type Known = Omit<AlertFacts, 'original'>;

export async function gather(ports: Ports, alert: Alert): Promise<Known> {
  const { store, settings, clock } = ports;
  const [contact, message, sender, messages] = await Promise.all([
    alert.contactId && store.load('contact', alert.contactId),
    alert.messageId && loadMail(ports, alert, alert.messageId),
    alert.senderId && store.load('sender', alert.senderId),
    alert.contactId ? store.listMessages(alert.contactId) : undefined,
  ]);
  const letters = (messages?.items ?? [])
    .filter((one): one is OutgoingMessage => one.kind === 'out' && one.sentAt !== undefined)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const digest = await digestText(ports, alert, sender || undefined);
  return {
    alert,
    letters,
    publicUrl: settings.publicUrl,
    now: clock.now(),
    ...(contact ? { contact } : {}),
    ...(message?.kind === 'in' ? { message } : {}),
    ...(sender ? { sender } : {}),
    ...(digest ? { digest } : {}),
  };
}

/** One that nobody could read stands with the unmatched ones, even where its bytes name a contact. */
async function loadMail({ store }: Ports, { contactId }: Alert, id: MessageId) {
  const own = contactId && (await store.load('message', contactId, id));
  return own || store.load('message', 'unmatched', id);
}
