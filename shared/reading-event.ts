/** What a reading means to the sequence: the one place where kinds of mail become events. */
import type { MailEvent } from './domain/enrollment/event.ts';
import type { MessageId } from './domain/ids.ts';
import type { Reading } from './inbound/reading.ts';

/** `mail`: the key of the arrival, which names its hold. */
export function eventOfReading(reading: Reading, mail: string, messageId: MessageId): MailEvent {
  switch (reading.kind.value) {
    case 'absence':
      return {
        kind: 'absent',
        mail,
        messageId,
        absence: reading.absence?.value ?? { reason: 'other', invitesContact: false },
        phones: reading.phones.map((phone) => phone.value),
      };
    case 'auto-reply':
      return { kind: 'auto-replied', mail };
    case 'left-company': {
      const successor = reading.people.find((one) => one.value.role === 'successor')?.value;
      return { kind: 'left-company', mail, messageId, ...(successor ? { successor } : {}) };
    }
    case 'bounce':
      return { kind: 'bounced', mail, bounce: reading.bounce?.value ?? { class: 'transient' } };
    case 'complaint':
      return { kind: 'complained', mail };
    case 'unsubscribe':
      return { kind: 'unsubscribed', mail };
    case 'list':
      return { kind: 'mail-noted', mail, what: 'list' };
    case 'challenge':
    case 'reply':
    case 'unknown':
      // A challenge asks a person to press a button, and what nobody could read may be an answer: both ring.
      return { kind: 'replied', mail, messageId };
    default:
      return reading.kind.value satisfies never;
  }
}
