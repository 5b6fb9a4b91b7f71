/** Mails of people who were forgotten: what was under way when they asked goes too; what they write later is a stranger's. */

import type { Arrival } from './domain/arrival.ts';
import { ERASURE_SETTLES_MS } from './domain/erasure.ts';
import { type ContactId, contactIdOf, normaliseAddress } from './domain/ids.ts';
import { plus } from './domain/instant.ts';
import type { ParsedMail } from './inbound/parsed-mail.ts';
import type { Match } from './match-mail.ts';
import type { Ports } from './ports.ts';
import { suppressContact } from './suppress-contact.ts';

/** It leads to no old file, for there is none: the mail is shown as nobody's. */
export async function unlessForgotten<Found extends Match | undefined>(
  ports: Ports,
  match: Found,
): Promise<Found | undefined> {
  const standing = match && (await ports.store.loadState(match.contactId))?.state.standing;
  return standing?.kind === 'suppressed' && standing.why === 'erased' ? undefined : match;
}

/** It came before the wish was through: from a queue, or from among the dead letters, perhaps days later. */
export async function isOfBefore(ports: Ports, contactId: ContactId, arrival: Arrival): Promise<boolean> {
  const erasure = await ports.store.load('erasure', contactId);
  return erasure !== undefined && arrival.at <= plus(erasure.askedAt, ERASURE_SETTLES_MS);
}

/**
 * The arrival stays, with its fate: a second delivery must not look for what is gone. It may have been an answer, and the
 * run that wrote down the wish may have died before it stopped the walk: no letter follows a mail that nobody reads.
 */
export async function forgetMail(ports: Ports, contactId: ContactId, arrival: Arrival): Promise<void> {
  await suppressContact(ports, contactId, 'erased');
  await ports.store.put('arrival', { ...arrival, fate: 'read' });
  await ports.mailbox.remove(arrival.rawKey);
}

export function writerOf(ports: Ports, mail: ParsedMail): ContactId | undefined {
  const from = mail.from[0] && normaliseAddress(mail.from[0].address);
  return from ? contactIdOf(ports.ids.contactSecret, from) : undefined;
}
