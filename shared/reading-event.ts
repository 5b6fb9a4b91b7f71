/** What a reading means to the sequence: the one place where kinds of mail become events. */
import type { MailEvent, QuotedPhone, ReplySays } from './domain/enrollment/event.ts';
import type { MessageId } from './domain/ids.ts';
import type { Finding, Phone, Reading } from './inbound/reading.ts';
import { quotedSentence } from './quoted-sentence.ts';
import { wakeDateOf } from './wake-date.ts';

/** Below it a run of digits may be an order number: shown as a suggestion, never dialled by itself. */
export const PHONE_SURE_MIN = 0.7;

export type ReadMail = {
  /** The key of the arrival, which names its hold. */
  readonly mail: string;
  readonly messageId: MessageId;
  /** ISO date of its arrival. */
  readonly day: string;
  /** Surely written by the contact: what it asks for good is done for good. */
  readonly isAuthenticated: boolean;
};

export function eventOfReading(reading: Reading, about: ReadMail): MailEvent {
  const { mail, messageId } = about;
  const quoted = (finding: Finding<unknown> | undefined): { readonly quote?: string } => {
    const quote = finding && quotedSentence(reading.replyText, finding.evidence);
    return quote ? { quote } : {};
  };
  switch (reading.kind.value) {
    case 'absence':
      return {
        kind: 'absent',
        mail,
        messageId,
        absence: reading.absence?.value ?? { reason: 'other', invitesContact: false },
        phones: reading.phones
          .filter(isSure)
          .map((phone): QuotedPhone => ({ ...phone.value, ...quoted(phone) })),
        ...quoted(reading.absence),
      };
    case 'auto-reply': {
      const { newAddress } = reading;
      if (!newAddress) return { kind: 'auto-replied', mail };
      return { kind: 'address-changed', mail, messageId, address: newAddress.value, ...quoted(newAddress) };
    }
    case 'left-company': {
      const successor = reading.people.find((one) => one.value.role === 'successor');
      const basis = quoted(successor ?? reading.kind);
      return {
        kind: 'left-company',
        mail,
        messageId,
        ...(successor ? { successor: successor.value } : {}),
        ...basis,
      };
    }
    case 'bounce':
      return { kind: 'bounced', mail, bounce: reading.bounce?.value ?? { class: 'transient' } };
    case 'complaint':
      return { kind: 'complained', mail };
    case 'unsubscribe':
      // Final, so it takes words that mean nothing else, and the certainty of who wrote them.
      return reading.optOut?.value.isCertain && about.isAuthenticated
        ? { kind: 'unsubscribed', mail }
        : { kind: 'replied', mail, messageId, says: { ...saidIn(reading, about), mayOptOut: true } };
    case 'list':
      return { kind: 'mail-noted', mail, what: 'list' };
    case 'challenge':
      return { kind: 'replied', mail, messageId, isMachine: true, ...saysOf(reading, about) };
    case 'reply':
    case 'unknown':
      // A challenge asks a person to press a button, and what nobody could read may be an answer: both ring.
      return { kind: 'replied', mail, messageId, ...saysOf(reading, about) };
    default:
      return reading.kind.value satisfies never;
  }
}

/** A number that the note itself asks to be called in urgent matters is one, although its range is not assigned yet. */
const isSure = ({ confidence, value }: Finding<Phone>): boolean =>
  confidence >= PHONE_SURE_MIN || value.urgent === true;

function saysOf(reading: Reading, about: ReadMail): { readonly says?: ReplySays } {
  const says: ReplySays = { ...saidIn(reading, about), ...(reading.optOut ? { mayOptOut: true } : {}) };
  return Object.keys(says).length > 0 ? { says } : {};
}

function saidIn(reading: Reading, { day }: ReadMail): ReplySays {
  const { intent, optOut, people } = reading;
  const basis = optOut ?? intent;
  const quote = basis && quotedSentence(reading.replyText, basis.evidence);
  const wakeOn = wakeDateOf(reading, day);
  return {
    ...(intent ? { intent: intent.value.kind } : {}),
    ...(wakeOn ? { wakeOn } : {}),
    ...(people.length > 0 ? { people: people.map(({ value }) => value) } : {}),
    ...(quote ? { quote } : {}),
  };
}
