/** Messages as text. The raw mail stays in its bucket: nothing of it is ever rendered here. */
import type { MessageView } from '../../shared/api/contacts.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { Finding, Reading } from '../../shared/inbound/reading.ts';
import { quotedSentence } from '../../shared/quoted-sentence.ts';

export function messageView(message: Message): MessageView {
  if (message.kind === 'out') {
    const { id, kind, contactId, enrollmentId, at, sentAt, step, subject, text, answers } = message;
    const more = { ...(sentAt ? { sentAt } : {}), ...(answers ? { answers } : {}) };
    return { id, kind, contactId, enrollmentId, at, ...more, step, subject, text };
  }
  const { id, kind, contactId, enrollmentId, at, from, subject, unverified, matchedBy, reading } = message;
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
    ...(matchedBy ? { matchedBy } : {}),
    findings: findingsOf(reading),
    text: reading.replyText,
  };
}

type Findings = NonNullable<MessageView['findings']>;

/** What was read and on which words, so that a person can check it at a glance. */
function findingsOf(reading: Reading): Findings {
  const { kind, absence, intent, newAddress, optOut, bounce, phones, people } = reading;
  const of = (what: string, value: string, { evidence }: Finding<unknown>): Findings[number] => {
    const quote = quotedSentence(reading.replyText, evidence);
    return { what, value, ...(quote ? { quote } : {}) };
  };
  return [
    of('kind', kind.value, kind),
    ...(absence ? [of('absence', absence.value.returnOn ?? 'undated', absence)] : []),
    ...(bounce ? [of('bounce', bounce.value.class, bounce)] : []),
    ...(intent ? [of('intent', intent.value.kind, intent)] : []),
    ...(optOut ? [of('opt-out', optOut.value.isCertain ? 'certain' : 'doubtful', optOut)] : []),
    ...(newAddress ? [of('new-address', newAddress.value, newAddress)] : []),
    ...phones.map((phone) => of('phone', `${phone.value.e164} ${phone.value.owner}`, phone)),
    ...people.map((one) => {
      const { role, name, address, phone } = one.value;
      return of(role, [name, address, phone].filter(Boolean).join(' '), one);
    }),
  ];
}
