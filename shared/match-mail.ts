/**
 * Whose mail is it, and may it act? Best first: the token in the envelope, an id of ours in In-Reply-To or
 * References, the sender's address, the company and the subject. What vouches for the writer decides whether the mail
 * may stop anything.
 */
import { isFromProven } from './authenticate-mail.ts';
import type { Arrival } from './domain/arrival.ts';
import {
  type ContactId,
  contactIdOf,
  type EnrollmentId,
  normaliseAddress,
  readEnrollmentId,
  type SenderId,
} from './domain/ids.ts';
import type { IncomingMessage } from './domain/message.ts';
import { readReplyAddress, readSenderAddress } from './domain/token.ts';
import { candidateIds } from './inbound/match-ids.ts';
import type { ParsedMail } from './inbound/parsed-mail.ts';
import type { Finding, Forwarded } from './inbound/reading.ts';
import { matchCompany } from './match-company.ts';
import type { Ports } from './ports.ts';

export type Match = {
  readonly contactId: ContactId;
  readonly enrollmentId: EnrollmentId;
  readonly by: NonNullable<IncomingMessage['matchedBy']>;
  /** A token, our own id, or an authenticated From vouches for it. */
  readonly mayAct: boolean;
};

const RECIPIENTS_MAX = 50;

/** No look-up: the token is the enrollment id, sealed. A forged one is no token. */
export function matchToken(ports: Ports, arrival: Arrival): Match | undefined {
  for (const recipient of arrival.recipients.slice(0, RECIPIENTS_MAX)) {
    const enrollmentId = readReplyAddress(recipient, ports.settings.replyDomain, ports.ids.tokenKeys);
    const named = enrollmentId && readEnrollmentId(enrollmentId);
    if (named) return { contactId: named.contactId, enrollmentId, by: 'token', mayAct: true };
  }
  return undefined;
}

/** The mail to be read (a forwarded one is inside another), and whose it is. */
export type Found = {
  readonly mail: ParsedMail;
  readonly match?: Match;
  /** Came by this salesperson's own mailbox… */
  readonly senderId?: SenderId;
  /** … and concerns no contact. */
  readonly isPrivate?: true;
  /** `mail` came inside another. */
  readonly forwarded?: Finding<Forwarded>;
};

export async function findOwner(ports: Ports, mail: ParsedMail, arrival: Arrival): Promise<Found> {
  const senderId = senderTokenOf(ports, arrival);
  if (senderId) {
    // Loaded when needed: telling a forwarded mail from its wrapping takes the words of every language.
    const { throughOwnMailbox } = await import('./own-mailbox.ts');
    return throughOwnMailbox(ports, mail, senderId);
  }
  const match =
    (await matchIds(ports, mail)) ??
    (await matchFrom(ports, mail, arrival)) ??
    (await matchCompany(ports, mail));
  return match ? { mail, match } : { mail };
}

/** Ids of ours name the enrollment themselves; SES's need one look-up each. One that may act is worth more. */
export async function matchIds(ports: Ports, mail: ParsedMail): Promise<Match | undefined> {
  let fallback: Match | undefined;
  for (const id of candidateIds(mail)) {
    const found = await ports.store.findSesId(id);
    const enrollmentId = found?.enrollmentId ?? (id.slice(0, id.lastIndexOf('-')) as EnrollmentId);
    const contactId = readEnrollmentId(enrollmentId)?.contactId;
    if (!contactId || !(await ports.store.loadState(contactId))) continue;
    // SES's id has been seen by nobody but the recipient. Our own is derived, so it vouches for nothing.
    if (found) return { contactId, enrollmentId, by: 'message-id', mayAct: true };
    fallback ??= { contactId, enrollmentId, by: 'message-id', mayAct: false };
  }
  return fallback;
}

async function matchFrom(ports: Ports, mail: ParsedMail, arrival: Arrival): Promise<Match | undefined> {
  // Two From headers: parsers disagree about who wrote it, so nobody did.
  if (mail.duplicates.includes('from')) return undefined;
  const match = await walkOf(ports, mail.from[0]?.address);
  return match && { ...match, by: 'sender', mayAct: isFromProven(mail, arrival.verdicts) };
}

function senderTokenOf(ports: Ports, arrival: Arrival): SenderId | undefined {
  return arrival.recipients
    .slice(0, RECIPIENTS_MAX)
    .map((recipient) => readSenderAddress(recipient, ports.settings.replyDomain, ports.ids.tokenKeys))
    .find((senderId) => senderId !== undefined);
}

export async function walkOf(
  ports: Ports,
  address: string | undefined,
): Promise<Pick<Match, 'contactId' | 'enrollmentId'> | undefined> {
  const normal = address && normaliseAddress(address);
  if (!normal) return undefined;
  const contactId = contactIdOf(ports.ids.contactSecret, normal);
  const walk = (await ports.store.loadState(contactId))?.state.enrollment;
  return walk && { contactId, enrollmentId: walk.id };
}
