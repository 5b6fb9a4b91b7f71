/**
 * Hold first, read second. One inbound mail → one record and at most one event. A token in the envelope holds before
 * the body is fetched; without one the headers are read first, matched, held, and only then the rest.
 */
import type { Event } from './domain/enrollment/event.ts';
import {
  type AlertId,
  derivedId,
  type EnrollmentId,
  type MessageId,
  normaliseAddress,
} from './domain/ids.ts';
import { instant } from './domain/instant.ts';
import { arrivalIdOf, type IncomingMessage } from './domain/message.ts';
import { raiseAlert } from './effects.ts';
import { applyEvent } from './engine.ts';
import { headerOf, type ParsedMail } from './inbound/parsed-mail.ts';
import { readMail } from './inbound/read-mail.ts';
import type { Reading } from './inbound/reading.ts';
import { type Found, findOwner, isFromSender, type Match, matchToken } from './match-mail.ts';
import { parseMail } from './parse-mail.ts';
import type { Arrival, Ports } from './ports.ts';
import { eventOfReading } from './reading-event.ts';

/** The reply stands in front; what comes after 2 MB is attachments. */
const MAIL_BYTES_MAX = 2 * 1024 * 1024;
/** Enough for every header that matching needs. */
const HEAD_BYTES = 64 * 1024;
/** From the third receive on nobody knows what in the mail kills its reader: it is held and shown, not parsed. */
const PARSED_RECEIVES_MAX = 2;
/** Own mail comes back through somebody's forwarding rule: RFC 5321 §6.3 counts hops, we stop far below its 100. */
const HOPS_MAX = 50;

export async function receiveMail(ports: Ports, arrival: Arrival, receives: number): Promise<void> {
  await ports.store.putNew('arrival', arrival);
  const byToken = matchToken(ports, arrival);
  if (byToken) await hold(ports, byToken.enrollmentId, arrival);
  const isGivenUp =
    receives > PARSED_RECEIVES_MAX && (await settleFate(ports, arrival, 'unread')) === 'unread';
  if (isGivenUp) return keepUnread(ports, arrival, byToken);

  const head = byToken ? undefined : await readBytes(ports, arrival, HEAD_BYTES);
  const early = head && (await findOwner(ports, await parseMail(head), arrival)).match;
  if (early) await hold(ports, early.enrollmentId, arrival);

  const whole = await parseMail(await readBytes(ports, arrival, MAIL_BYTES_MAX));
  const found = byToken ? { mail: whole, match: byToken } : await findOwner(ports, whole, arrival);
  // Whoever was held by the head of the mail hears its end too, or the hold would stay.
  const isOther = early !== undefined && early.enrollmentId !== found.match?.enrollmentId;
  const match = isOther ? early : found.match;
  await conclude(ports, arrival, found, match && (await withWriter(ports, found.mail, match)));
}

/**
 * Read or given up: whoever says so first. A run that died after the reading is no reason to give up, and one that
 * wakes up after another gave up must not leave a second record.
 */
async function settleFate(
  ports: Ports,
  arrival: Arrival,
  fate: NonNullable<Arrival['fate']>,
): Promise<NonNullable<Arrival['fate']>> {
  const saved = await ports.store.replace('arrival', arrival, { ...arrival, fate }, ['fate']);
  if (saved === 'saved') return fate;
  return (await ports.store.load('arrival', arrival.id))?.fate ?? fate;
}

/** A letter's reply address stands in the salesperson's own "sent" folder too: "reply" there comes back to us. */
async function withWriter(ports: Ports, mail: ParsedMail, match: Match): Promise<Match> {
  const senderId = (await ports.store.loadState(match.contactId))?.state.enrollment?.senderId;
  const isOwn = match.by === 'token' && senderId && (await isFromSender(ports, mail, senderId));
  return isOwn ? { ...match, by: 'sender-copy' } : match;
}

async function readBytes(ports: Ports, arrival: Arrival, bytesMax: number): Promise<Uint8Array> {
  const bytes = await ports.mailbox.read(arrival.rawKey, bytesMax);
  if (!bytes) throw new Error(`Inbound mail ${arrival.id} is not in the bucket`);
  return bytes;
}

const hold = (ports: Ports, enrollmentId: EnrollmentId, arrival: Arrival) =>
  applyEvent(ports, enrollmentId, { kind: 'mail-arrived', mail: arrival.id });

async function conclude(
  ports: Ports,
  arrival: Arrival,
  found: Pick<Found, 'mail' | 'isPrivate'>,
  match: Match | undefined,
): Promise<void> {
  const { mail } = found;
  // Given up meanwhile: a person reads it. Whoever gave it up may have died before anybody was told.
  if ((await settleFate(ports, arrival, 'read')) === 'unread') return keepUnread(ports, arrival, match);
  const contact = match && (await ports.store.load('contact', match.contactId));
  const reading = readMail(mail, {
    now: arrival.at,
    ...(contact?.country ? { contactCountry: contact.country } : {}),
    ...(contact ? { zone: contact.zone } : {}),
  });
  const record = recordOf(arrival, mail, match, reading);
  const owner = match?.contactId ?? 'unmatched';
  const known = await ports.store.load('message', owner, record.id);
  const noted = (mailId: string, what: string): Promise<unknown> | undefined =>
    match && applyEvent(ports, match.enrollmentId, { kind: 'mail-noted', mail: mailId, what });
  if (known?.kind === 'in' && known.rawKey !== arrival.rawKey) {
    // The same mail by another way in: the first copy spoke, the second only gives its own hold back.
    if (!known.unverified || !match?.mayAct) return void (await noted(arrival.id, 'second copy'));
    // Unless nothing vouched for the first, and this one is vouched for: then it speaks for both.
    await noted(arrivalIdOf(known.rawKey), 'second copy');
    await ports.store.put('message', record);
  }
  // The record first: whoever hears of the mail afterwards (an alert) can already show it.
  if (!known) await ports.store.putNew('message', record);
  if (!match) return unmatched(ports, record, found.isPrivate === true);
  const isElsewhere = contact !== undefined && isReportOnAnother(mail, match, reading, contact.address);
  const event: Event = isElsewhere
    ? { kind: 'mail-noted', mail: arrival.id, what: 'report on another mail' }
    : eventOf(ports, arrival, mail, match, reading, record.id);
  await applyEvent(ports, match.enrollmentId, event);
}

/**
 * An alert names the prospect's thread, so a report that returns one of our alerts names it too; the mailbox that
 * failed is then the salesperson's. Only a token in the envelope proves that the report is about the letter.
 */
function isReportOnAnother(mail: ParsedMail, match: Match, reading: Reading, address: string): boolean {
  if (match.by === 'token') return false;
  const about = mail.feedbackReport?.originalRecipient ?? reading.bounce?.value.recipient;
  const isReport = reading.kind.value === 'bounce' || reading.kind.value === 'complaint';
  return isReport && about !== undefined && normaliseAddress(about) !== normaliseAddress(address);
}

/** One record across all ways in: the key is what the author's own mail program wrote. */
function recordOf(
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
    ...(from ? { from } : {}),
    ...(mail.subject ? { subject: mail.subject } : {}),
    ...(mail.messageId ? { rfcMessageId: mail.messageId } : {}),
  };
}

function eventOf(
  ports: Ports,
  arrival: Arrival,
  mail: ParsedMail,
  match: Match,
  reading: Reading,
  messageId: MessageId,
): Event {
  const key = arrival.id;
  const loop = loopOf(ports, mail);
  if (loop) return { kind: 'mail-noted', mail: key, what: loop };
  if (match.by === 'sender-copy') {
    // The salesperson's own out-of-office note has answered nobody.
    const isByHand = reading.kind.value === 'reply' || reading.kind.value === 'unknown';
    return isByHand
      ? { kind: 'answered-by-sender', mail: key }
      : { kind: 'mail-noted', mail: key, what: 'own machine mail' };
  }
  if (!match.mayAct) return { kind: 'mail-unverified', mail: key, messageId };
  return eventOfReading(reading, key, messageId);
}

/** Our own alerts and letters that somebody's rule sent back must never count as answers. */
function loopOf(ports: Ports, mail: ParsedMail): string | undefined {
  const { replyDomain, alertAddress } = ports.settings;
  const from = mail.from.map((one) => one.address.toLowerCase());
  if (from.some((address) => address.endsWith(`@${replyDomain}`) || address === alertAddress.toLowerCase())) {
    return 'own mail';
  }
  const hops = mail.headers.filter((header) => header.name === 'received').length;
  return hops > HOPS_MAX ? 'loop' : undefined;
}

/** Kept, shown, counted; never dropped. Only a machine's mail stays quiet. */
async function unmatched(ports: Ports, record: IncomingMessage, isPrivate: boolean): Promise<void> {
  // A mailbox rule sends us everything; what concerns no contact is nobody's alarm.
  if (isPrivate) return;
  const isHuman = ['reply', 'unknown', 'unsubscribe', 'challenge'].includes(record.reading.kind.value);
  if (!isHuman) return;
  const id = derivedId('alert', 'unmatched', record.id) as AlertId;
  await raiseAlert(ports, { id, kind: 'unmatched', at: record.at, messageId: record.id, delivered: {} });
}

async function keepUnread(ports: Ports, arrival: Arrival, match: Match | undefined): Promise<void> {
  const reading: Reading = {
    kind: { value: 'unknown', evidence: [{ from: 'structure', what: 'not read' }], confidence: 0 },
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
    ...(match ? { contactId: match.contactId, enrollmentId: match.enrollmentId, matchedBy: match.by } : {}),
  };
  await ports.store.putNew('message', record);
  if (match) {
    // Nobody could read it, so a person must: the hold stays until they say what it was.
    await applyEvent(ports, match.enrollmentId, {
      kind: 'mail-unverified',
      mail: arrival.id,
      messageId: record.id,
    });
    return;
  }
  const id = derivedId('alert', 'unread', record.id) as AlertId;
  await raiseAlert(ports, { id, kind: 'unread', at: record.at, messageId: record.id, delivered: {} });
}
