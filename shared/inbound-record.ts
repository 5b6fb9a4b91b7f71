/** What is kept of an inbound mail: one record across all ways in, and a word to whoever must look at it. */
import type { Alert } from './domain/alert.ts';
import type { Arrival } from './domain/arrival.ts';
import { type AlertId, type ContactId, derivedId, type MessageId } from './domain/ids.ts';
import { instant } from './domain/instant.ts';
import { type IncomingMessage, NOT_READ } from './domain/message.ts';
import { applyEvent } from './engine.ts';
import { findMessage } from './find-message.ts';
import { headerOf, type ParsedMail } from './inbound/parsed-mail.ts';
import type { Reading } from './inbound/reading.ts';
import type { Match } from './match-mail.ts';
import type { Ports } from './ports.ts';
import { raiseAlert } from './raise-alert.ts';

/** A contact has a handful of mails; a twin further back than these pages is no twin. */
const PAGES_MAX = 5;
/** Two different mails of one person can be as short as "Yes, please." */
const TWIN_CHARS_MIN = 40;

/** One record across all ways in: the key is what the author's own mail program wrote. */
export function recordOf(
  arrival: Arrival,
  mail: ParsedMail,
  match: Match | undefined,
  reading: Reading,
): IncomingMessage {
  const from = mail.from[0]?.address;
  const named = [mail.messageId ?? arrival.id, from ?? '', headerOf(mail, 'date') ?? ''];
  return {
    kind: 'in',
    id: derivedId('mail', ...named) as MessageId,
    at: arrival.at,
    rawKey: arrival.rawKey,
    reading,
    references: [...mail.references],
    ...(match ? { contactId: match.contactId, enrollmentId: match.enrollmentId, matchedBy: match.by } : {}),
    ...(match && !match.mayAct ? { unverified: true } : {}),
    ...(arrival.verdicts.virus === 'FAIL' ? { hasVirus: true } : {}),
    ...(from ? { from } : {}),
    ...(mail.subject ? { subject: mail.subject } : {}),
    ...(mail.messageId ? { rfcMessageId: mail.messageId } : {}),
  };
}

/**
 * An inline forward has lost the Message-ID by which its original would be known, so their words are compared: of two
 * copies, one forwarded inline, only the first speaks.
 */
export async function findTwin(
  ports: Ports,
  contactId: ContactId,
  record: IncomingMessage,
): Promise<IncomingMessage | undefined> {
  const words = wordsOf(record);
  if (words.length < TWIN_CHARS_MIN) return undefined;
  const found = await findMessage(
    ports,
    contactId,
    PAGES_MAX,
    (one): one is IncomingMessage =>
      one.kind === 'in' &&
      one.id !== record.id &&
      wordsOf(one) === words &&
      (isInline(one) || isInline(record)),
  );
  return typeof found === 'string' ? undefined : found;
}

const isInline = ({ reading }: IncomingMessage): boolean => reading.forwarded?.value.by === 'inline';
/** Forwarding wraps lines anew. */
const wordsOf = ({ reading }: IncomingMessage): string => reading.replyText.replace(/\s+/gu, '');

/** `assigned`: a person gave it to its writer while this copy was still under way, so it is listed as nobody's no more. */
export async function keepRecord(
  ports: Ports,
  arrival: Arrival,
  record: IncomingMessage,
): Promise<'put' | 'exists' | 'assigned'> {
  const kept = await ports.store.putNew('message', record);
  // Asked only after the record is there: whoever assigns it now finds and moves it.
  if (record.contactId || !(await ports.store.load('arrival', arrival.id))?.assignedTo) return kept;
  await ports.store.remove('message', 'unmatched', record.id);
  return 'assigned';
}

const PERSONAL: ReadonlySet<string> = new Set(['reply', 'unknown', 'unsubscribe', 'challenge']);

/** Kept, shown, counted; never dropped. Only a machine's mail stays quiet, and what SES takes for spam is but listed. */
export async function tellUnmatched(ports: Ports, arrival: Arrival, record: IncomingMessage): Promise<void> {
  if (!PERSONAL.has(record.reading.kind.value)) return;
  await raiseAlert(ports, aboutNobody('unmatched', arrival, record));
}

/** Of no contact, so nothing is held by it: a forgery or an advertisement must not be able to ring. */
const aboutNobody = (
  kind: 'unmatched' | 'unread',
  { verdicts }: Arrival,
  record: IncomingMessage,
): Alert => ({
  id: derivedId('alert', kind, record.id) as AlertId,
  kind,
  at: record.at,
  messageId: record.id,
  ...(verdicts.spam === 'FAIL' || verdicts.dmarc === 'FAIL' ? { urgency: 'list' } : {}),
  delivered: {},
});

/** Brought again after a person said what it is: their word stands, and this copy gives back its own hold. */
export async function noteCorrected(ports: Ports, match: Match, arrival: Arrival): Promise<void> {
  const what = 'read by a person';
  await applyEvent(ports, match.enrollmentId, { kind: 'mail-noted', mail: arrival.id, what });
}

async function isCorrected(ports: Ports, { contactId, id }: IncomingMessage): Promise<boolean> {
  const kept = await ports.store.load('message', contactId ?? 'unmatched', id);
  return kept?.kind === 'in' && kept.correctedAt !== undefined;
}

/**
 * Nobody could read it, so a person must: the hold stays until they say what it was. The record's place follows from
 * the envelope alone, because whoever gives up has not read the mail, and whoever has read it must leave the same one.
 */
export async function keepUnread(
  ports: Ports,
  arrival: Arrival,
  byToken: Match | undefined,
  match: Match | undefined,
): Promise<void> {
  const reading: Reading = {
    kind: { value: 'unknown', evidence: [{ from: 'structure', what: NOT_READ }], confidence: 0 },
    replyText: '',
    language: 'und',
    phones: [],
    people: [],
    ambiguous: [],
  };
  const record: IncomingMessage = {
    kind: 'in',
    id: derivedId('mail', 'unread', arrival.id) as MessageId,
    at: instant(arrival.at),
    rawKey: arrival.rawKey,
    reading,
    ...(arrival.verdicts.virus === 'FAIL' ? { hasVirus: true } : {}),
    ...(byToken
      ? { contactId: byToken.contactId, enrollmentId: byToken.enrollmentId, matchedBy: byToken.by }
      : {}),
  };
  const kept = await keepRecord(ports, arrival, record);
  const isKnown = kept === 'assigned' || (kept === 'exists' && (await isCorrected(ports, record)));
  if (isKnown) return match && noteCorrected(ports, match, arrival);
  if (match) {
    const { enrollmentId } = match;
    await applyEvent(ports, enrollmentId, {
      kind: 'mail-unverified',
      mail: arrival.id,
      messageId: record.id,
    });
    return;
  }
  await raiseAlert(ports, aboutNobody('unread', arrival, record));
}
