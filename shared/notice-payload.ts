/** The words of a notice, read when it is sent, in the shape that the API documents (`shared/api/webhooks.ts`). */
import type { NoticeBody } from './api/webhooks.ts';
import type { Contact } from './domain/contact.ts';
import { displayName } from './domain/contact.ts';
import { letterMessageId } from './domain/message.ts';
import type { Notice } from './domain/notice.ts';
import type { Ports } from './ports.ts';

/** The version of all payloads: a field may be added under it, none is removed or given another meaning. */
export const PAYLOAD_VERSION = '2026-11-01';
/** With six bytes a character, quotes and the rest, a body stays far below 64 KB. */
const TEXT_CHARS_MAX = 8_000;

/** `undefined`: what it speaks of is gone, so there is nothing to say. */
export async function noticePayload(ports: Ports, notice: Notice): Promise<NoticeBody | undefined> {
  const contact = await ports.store.load('contact', notice.contactId);
  if (!contact && notice.type !== 'contact.suppressed') return undefined;
  const about = {
    ...(contact ? { contact: contactFields(contact) } : { contact: { id: notice.contactId } }),
    ...ids(notice),
  };
  const head = {
    id: notice.id,
    version: PAYLOAD_VERSION,
    timestamp: notice.at,
    sequence: notice.sequence,
  } as const;
  const { store } = ports;
  switch (notice.type) {
    case 'letter.sent': {
      if (notice.enrollmentId === undefined || notice.step === undefined) return undefined;
      const id = letterMessageId(notice.enrollmentId, notice.step);
      const letter = await store.load('message', notice.contactId, id);
      if (letter?.kind !== 'out') return undefined;
      const said = { id, step: notice.step, subject: letter.subject, ...cut(letter.text) };
      return { ...head, type: notice.type, data: { ...about, letter: said } };
    }
    case 'reply.received':
    case 'absence.detected': {
      const mail = notice.messageId && (await store.load('message', notice.contactId, notice.messageId));
      if (mail?.kind !== 'in') return undefined;
      const { reading } = mail;
      const message = {
        id: mail.id,
        at: mail.at,
        ...(mail.from ? { from: mail.from } : {}),
        ...(mail.subject ? { subject: mail.subject } : {}),
        ...cut(reading.replyText),
        language: reading.language,
        phones: reading.phones.map(({ value }) => ({ e164: value.e164, owner: value.owner })),
      };
      if (notice.type === 'reply.received') {
        const intent = reading.intent?.value.kind;
        return {
          ...head,
          type: notice.type,
          data: { ...about, message: { ...message, ...(intent ? { intent } : {}) } },
        };
      }
      const { from, returnOn } = reading.absence?.value ?? {};
      const absence = { ...(from ? { from } : {}), ...(returnOn ? { returnOn } : {}) };
      return { ...head, type: notice.type, data: { ...about, message, absence } };
    }
    case 'task.due': {
      const task = notice.taskId && (await store.load('task', notice.contactId, notice.taskId));
      if (!task) return undefined;
      const { id, kind, dueAt, phone, person } = task;
      const said = { id, kind, dueAt, ...(phone ? { phone } : {}), ...(person ? { person } : {}) };
      return { ...head, type: notice.type, data: { ...about, task: said } };
    }
    case 'contact.suppressed':
      return { ...head, type: notice.type, data: { ...about, why: notice.why ?? 'by-person' } };
    default:
      return notice.type satisfies never;
  }
}

function contactFields(contact: Contact) {
  const { id, address, company, country, grade } = contact;
  return {
    id,
    address,
    name: displayName(contact),
    ...(company ? { company } : {}),
    ...(country ? { country } : {}),
    ...(grade ? { grade } : {}),
  };
}

const ids = ({ enrollmentId, campaignId, senderId }: Notice) => ({
  ...(enrollmentId ? { enrollmentId } : {}),
  ...(campaignId ? { campaignId } : {}),
  ...(senderId ? { senderId } : {}),
});

const cut = (text: string) =>
  text.length <= TEXT_CHARS_MAX
    ? { text }
    : { text: text.slice(0, TEXT_CHARS_MAX).toWellFormed(), isCut: true as const };
