/**
 * Hold first, read second. One inbound mail → one record and at most one event. A token in the envelope holds before
 * the body is fetched; without one the headers are read first, matched, held, and only then the rest.
 */
import { isFromProven } from './authenticate-mail.ts';
import type { Arrival } from './domain/arrival.ts';
import type { Contact } from './domain/contact.ts';
import type { Event } from './domain/enrollment/event.ts';
import { type EnrollmentId, type MessageId, normaliseAddress } from './domain/ids.ts';
import { DAY, type Instant, instant, msBetween } from './domain/instant.ts';
import { arrivalIdOf, type IncomingMessage } from './domain/message.ts';
import { readOwnMessageId, readSesMessageId } from './domain/message-id.ts';
import { applyEvent } from './engine.ts';
import { forgetMail, isOfBefore, unlessForgotten, writerOf } from './forgotten-writer.ts';
import type { ParsedMail } from './inbound/parsed-mail.ts';
import type { Reading } from './inbound/reading.ts';
import {
  findTwin,
  keepRecord,
  keepUnread,
  noteCorrected,
  recordOf,
  tellUnmatched,
} from './inbound-record.ts';
import { type Found, findOwner, type Match, matchToken } from './match-mail.ts';
import { matchUnread } from './match-unread.ts';
import type { Ports } from './ports.ts';
import { hearProbe } from './probe-mailbox.ts';
import { suggestFacts } from './suggest-facts.ts';

/** The reply stands in front; what comes after 2 MB is attachments. */
const MAIL_BYTES_MAX = 2 * 1024 * 1024;
/** Enough for every header that matching needs. */
const HEAD_BYTES = 64 * 1024;
/** From the third receive on nobody knows what in the mail kills its reader: it is held and shown, not parsed. */
const PARSED_RECEIVES_MAX = 2;
/** Own mail comes back through somebody's forwarding rule: RFC 5321 §6.3 counts hops, we stop far below its 100. */
const HOPS_MAX = 50;

/** Parser and lexicons are four fifths of this function's code: loaded with its first mail, once that is held. */
const ownMailbox = () => import('./own-mailbox.ts');
const parseMail = async (bytes: Uint8Array): Promise<ParsedMail> =>
  (await import('./parse-mail.ts')).parseMail(bytes);

export async function receiveMail(ports: Ports, arrival: Arrival, receives: number): Promise<void> {
  await ports.store.putNew('arrival', arrival);
  const named = matchToken(ports, arrival);
  if (named && (await isOfBefore(ports, named.contactId, arrival)))
    return forgetMail(ports, named.contactId, arrival);
  const byToken = await unlessForgotten(ports, named);
  if (byToken) await hold(ports, byToken.enrollmentId, arrival);
  const isGivenUp =
    receives > PARSED_RECEIVES_MAX && (await settleFate(ports, arrival, 'unread')) === 'unread';
  if (isGivenUp) return giveUp(ports, arrival, byToken);

  const head = byToken ? undefined : await readBytes(ports, arrival, HEAD_BYTES);
  if (head === 'gone') return;
  const early = head && (await findOwner(ports, await parseMail(head), arrival)).match;
  if (early) await hold(ports, early.enrollmentId, arrival);

  const bytes = await readBytes(ports, arrival, MAIL_BYTES_MAX);
  if (bytes === 'gone') return;
  const whole = await parseMail(bytes);
  const found = byToken ? { mail: whole, match: byToken } : await findOwner(ports, whole, arrival);
  // Whoever was held by the head of the mail hears its end too, or the hold would stay.
  const isOther = early !== undefined && early.enrollmentId !== found.match?.enrollmentId;
  const owner = (isOther ? early : found.match)?.contactId ?? writerOf(ports, found.mail);
  if (owner && (await isOfBefore(ports, owner, arrival))) return forgetMail(ports, owner, arrival);
  const match = await unlessForgotten(ports, isOther ? early : found.match);
  // Only its body says whose it is (a forward, a report): it holds before anybody asks whether a person has read it.
  if (match && !byToken && !early) await hold(ports, match.enrollmentId, arrival);
  if (found.senderId) await hearProbe(ports, found.senderId, whole);
  const loop = (await loopOf(ports, whole)) ?? (await loopOf(ports, found.mail));
  await conclude(ports, arrival, {
    ...found,
    ...(loop ? { loop } : {}),
    match: match && (await withWriter(ports, found.mail, match)),
  });
}

/** Without a token its bytes say whom it may concern: that walk is held as well, for it may have been an answer. */
async function giveUp(ports: Ports, arrival: Arrival, byToken: Match | undefined): Promise<void> {
  if (byToken) return keepUnread(ports, arrival, byToken, byToken);
  const head = await ports.mailbox.read(arrival.rawKey, HEAD_BYTES);
  const named = head && (await matchUnread(ports, head));
  if (named && (await isOfBefore(ports, named.contactId, arrival)))
    return forgetMail(ports, named.contactId, arrival);
  const match = await unlessForgotten(ports, named);
  if (match) await hold(ports, match.enrollmentId, arrival);
  return keepUnread(ports, arrival, undefined, match);
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
  const { isFromSender } = await ownMailbox();
  const isOwn = match.by === 'token' && senderId && (await isFromSender(ports, mail, senderId));
  return isOwn ? { ...match, by: 'sender-copy' } : match;
}

/** `gone`: a second delivery of a mail that was read and has been erased with its writer since. */
async function readBytes(ports: Ports, arrival: Arrival, bytesMax: number): Promise<Uint8Array | 'gone'> {
  const bytes = await ports.mailbox.read(arrival.rawKey, bytesMax);
  if (bytes) return bytes;
  if ((await ports.store.load('arrival', arrival.id))?.fate) return 'gone';
  throw new Error(`Inbound mail ${arrival.id} is not in the bucket`);
}

const hold = (ports: Ports, enrollmentId: EnrollmentId, arrival: Arrival) =>
  applyEvent(ports, enrollmentId, { kind: 'mail-arrived', mail: arrival.id });

type Settled = Omit<Found, 'match'> & {
  readonly match: Match | undefined;
  /** Why it is only recorded: it comes from ourselves, or goes round. */
  readonly loop?: string;
};

async function conclude(ports: Ports, arrival: Arrival, settled: Settled): Promise<void> {
  const { mail, match, loop, forwarded } = settled;
  // Given up meanwhile: a person reads it. Whoever gave it up may have died before anybody was told.
  if ((await settleFate(ports, arrival, 'read')) === 'unread')
    return keepUnread(ports, arrival, await unlessForgotten(ports, matchToken(ports, arrival)), match);
  const contact = match && (await ports.store.load('contact', match.contactId));
  const { readMail } = await import('./inbound/read-mail.ts');
  const read = readMail(mail, {
    now: arrival.at,
    ...(contact?.country ? { contactCountry: contact.country } : {}),
    ...(contact ? { zone: contact.zone } : {}),
  });
  const reading: Reading = forwarded ? { ...read, forwarded } : read;
  const record = recordOf(arrival, mail, match, reading);
  const known = await ports.store.load('message', match?.contactId ?? 'unmatched', record.id);
  if (known?.kind === 'in' && known.correctedAt) return match && noteCorrected(ports, match, arrival);
  const first = known ?? (match && (await findTwin(ports, match.contactId, record)));
  if (first?.kind === 'in' && first.rawKey !== arrival.rawKey) {
    if (!(await speaksForBoth(ports, arrival, first, match))) return;
    await ports.store.put('message', record);
  } else if (!known && (await keepRecord(ports, arrival, record)) === 'assigned') {
    return;
  }
  // The record came first, so that an alert can already show it. A mailbox rule sends us everything; what concerns no
  // contact is nobody's alarm, and neither is a loop.
  if (!match) return settled.isPrivate || loop ? undefined : tellUnmatched(ports, arrival, record);
  const event: Event = loop
    ? { kind: 'mail-noted', mail: arrival.id, what: loop }
    : await eventOf(ports, arrival, mail, match, record, contact);
  // A person's own words about themselves, where something vouches that they are theirs.
  if (!loop && match.mayAct && match.by !== 'sender-copy' && isOwnWords(event)) {
    await suggestFacts(ports, match.contactId, { reading, messageId: record.id, at: arrival.at });
  }
  await applyEvent(ports, match.enrollmentId, event);
}

/**
 * The same mail by another way in: the first copy spoke, the second only gives its own hold back. Unless nothing
 * vouched for the first, and this one is vouched for: then it speaks for both.
 */
async function speaksForBoth(
  ports: Ports,
  arrival: Arrival,
  first: IncomingMessage,
  match: Match | undefined,
): Promise<boolean> {
  const noted = (mail: string) =>
    match && applyEvent(ports, match.enrollmentId, { kind: 'mail-noted', mail, what: 'second copy' });
  const isSpeaking = first.unverified === true && match?.mayAct === true;
  await noted(isSpeaking ? arrivalIdOf(first.rawKey) : arrival.id);
  return isSpeaking;
}

const isOwnWords = ({ kind }: Event): boolean =>
  kind === 'replied' || kind === 'absent' || kind === 'auto-replied' || kind === 'address-changed';

async function eventOf(
  ports: Ports,
  arrival: Arrival,
  mail: ParsedMail,
  match: Match,
  { id: messageId, reading }: IncomingMessage & { readonly id: MessageId },
  contact: Contact | undefined,
): Promise<Event> {
  const key = arrival.id;
  const kind = reading.kind.value;
  if (contact && isReportOnAnother(mail, match, reading, contact.address))
    return { kind: 'mail-noted', mail: key, what: 'report on another mail' };
  if (match.by === 'sender-copy') {
    // The salesperson's own out-of-office note has answered nobody.
    const isByHand = kind === 'reply' || kind === 'unknown' || kind === 'unsubscribe';
    if (!isByHand) return { kind: 'mail-noted', mail: key, what: 'own machine mail' };
    const writtenAt = writtenAtOf(mail, arrival);
    const { answeredIds } = await ownMailbox();
    return { kind: 'answered-by-sender', mail: key, writtenAt, answers: answeredIds(ports, mail) };
  }
  if (!match.mayAct) {
    // It would change nothing if it were genuine, so nobody need be asked whether it is.
    if (kind === 'auto-reply' || kind === 'list')
      return { kind: 'mail-noted', mail: key, what: 'unverified machine mail' };
    const isQuiet =
      kind === 'absence' || kind === 'left-company' || kind === 'bounce' || kind === 'complaint';
    return { kind: 'mail-unverified', mail: key, messageId, ...(isQuiet ? { isQuiet } : {}) };
  }
  const isAuthenticated = contact !== undefined && isByContact(mail, match, arrival, contact.address);
  const { eventOfReading } = await import('./reading-event.ts');
  return eventOfReading(reading, { mail: key, messageId, day: arrival.at.slice(0, 10), isAuthenticated });
}

/**
 * Surely the contact's own hand: their address, proven by what SES checked; or, where their domain publishes nothing
 * to check, beside a token or an id of ours that nobody else was given. What was forwarded is hearsay.
 */
function isByContact(mail: ParsedMail, match: Match, arrival: Arrival, address: string): boolean {
  const from = mail.from.length === 1 ? mail.from[0]?.address : undefined;
  if (!from || normaliseAddress(from) !== normaliseAddress(address)) return false;
  if (match.by === 'own-mailbox') return false;
  const isUnchecked = arrival.verdicts.dmarc !== 'PASS' && arrival.verdicts.dmarc !== 'FAIL';
  const isSecret = match.by === 'token' || match.by === 'message-id';
  return isFromProven(mail, arrival.verdicts) || (isUnchecked && isSecret);
}

/** A clock that is further off than a slow mail server is broken: then the moment of arrival counts. */
const CLOCK_TRUSTED_MS = 7 * DAY;

function writtenAtOf(mail: ParsedMail, arrival: Arrival): Instant {
  const written = mail.date === undefined ? arrival.at : instant(mail.date);
  const isPlausible = written <= arrival.at && msBetween(written, arrival.at) <= CLOCK_TRUSTED_MS;
  return isPlausible ? written : arrival.at;
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

/** Our own alerts and letters that somebody's rule sent back must never count as answers. */
async function loopOf(ports: Ports, mail: ParsedMail): Promise<string | undefined> {
  if ((await ownMailbox()).isOurs(ports, mail.from)) return 'own mail';
  const hops = mail.headers.filter((header) => header.name === 'received').length;
  if (hops > HOPS_MAX) return 'loop';
  const id = mail.messageId ?? '';
  if (readOwnMessageId(id, ports.settings.replyDomain)) return 'own letter';
  const sesId = readSesMessageId(`<${id}>`);
  return sesId && (await ports.store.findSesId(sesId)) ? 'own letter' : undefined;
}
