/**
 * A person reads a mail again and says what it is. The old reading's doing is taken back and the new one's applied in
 * one decision; then the record says so. Asking twice changes nothing more.
 */

import type { CampaignId } from './domain/ids.ts';
import { arrivalIdOf, type IncomingMessage } from './domain/message.ts';
import { applyEvent } from './engine.ts';
import { findMessage } from './find-message.ts';
import type { Absence, MailKind, Reading } from './inbound/reading.ts';
import type { Ports } from './ports.ts';
import { eventOfReading } from './reading-event.ts';
import { reopenCampaign } from './reopen-campaign.ts';
import { suggestFacts } from './suggest-facts.ts';

/** A contact has a handful of mails. */
const PAGES_MAX = 10;
const STOPPING_KINDS: ReadonlySet<MailKind> = new Set<MailKind>([
  'reply',
  'unknown',
  'challenge',
  'left-company',
  'unsubscribe',
  'complaint',
]);

export type Correction = {
  readonly kind: MailKind;
  /** ISO date; with kind `absence`. Without it the absence has no date. */
  readonly returnOn?: string;
  readonly reason?: Absence['reason'];
};

/** `undefined`: the mail belongs to no enrollment, so there is nothing that could follow it. */
export async function correctReading(
  ports: Ports,
  message: IncomingMessage,
  correction: Correction,
): Promise<IncomingMessage | undefined> {
  const { enrollmentId, reading } = message;
  if (!enrollmentId) return undefined;
  const { optOut: _asked, ...read } = reading;
  const corrected: Reading = { ...read, ...correctedFacts(reading, correction) };
  const mail = arrivalIdOf(message.rawKey);
  const campaignId = await campaignOf(ports, message);
  // Nobody walked any more, perhaps because of this very mail: its letters are owed again.
  if (campaignId) await reopenCampaign(ports, campaignId);
  // The event first: until it is applied, the record must still say what is to be taken back.
  await applyEvent(ports, enrollmentId, {
    kind: 'reading-corrected',
    was: reading.kind.value,
    now: eventOfReading(corrected, {
      mail,
      messageId: message.id,
      day: message.at.slice(0, 10),
      // A person has read it: whatever it asks for is done.
      isAuthenticated: true,
    }),
    messageId: message.id,
    othersStand: await othersStand(ports, message),
  });
  if (message.contactId && message.unverified) {
    const { contactId, at } = message;
    await suggestFacts(ports, contactId, { reading: corrected, messageId: message.id, at });
  }
  const { unverified: _, ...vouchedFor } = message;
  const after: IncomingMessage = { ...vouchedFor, reading: corrected, correctedAt: ports.clock.now() };
  await ports.store.put('message', after);
  // A copy that was brought again meanwhile may have held the walk anew, before it could see the correction.
  await applyEvent(ports, enrollmentId, { kind: 'mail-noted', mail, what: 'read by a person' });
  return after;
}

/** Of a walk that has ended; an open one's campaign has not finished. */
async function campaignOf(ports: Ports, { contactId }: IncomingMessage): Promise<CampaignId | undefined> {
  const walk = contactId && (await ports.store.loadState(contactId))?.state.enrollment;
  return walk && walk.kind === 'ended' ? walk.campaignId : undefined;
}

/** Another mail of theirs stops the sequence as well: what this one did stays done. */
async function othersStand(ports: Ports, { contactId, enrollmentId, id }: IncomingMessage): Promise<boolean> {
  if (!contactId) return false;
  const other = await findMessage(
    ports,
    contactId,
    PAGES_MAX,
    (one): one is IncomingMessage =>
      one.kind === 'in' &&
      one.id !== id &&
      one.enrollmentId === enrollmentId &&
      !one.unverified &&
      stops(one),
  );
  // Where nobody has read so many: better a stop too many than a letter after an answer.
  return other !== 'none';
}

function stops({ reading, matchedBy }: IncomingMessage): boolean {
  if (matchedBy === 'sender-copy') return false;
  const { value: kind } = reading.kind;
  return kind === 'bounce' ? reading.bounce?.value.class === 'permanent' : STOPPING_KINDS.has(kind);
}

function correctedFacts(reading: Reading, correction: Correction): Partial<Reading> {
  const byPerson = [{ from: 'structure', what: 'a person' }] as const;
  const kind = { value: correction.kind, evidence: byPerson, confidence: 1 };
  if (correction.kind === 'unsubscribe')
    return { kind, optOut: { value: { isCertain: true }, evidence: byPerson, confidence: 1 } };
  // What a person calls a bounce is no mailbox that is full for a day.
  if (correction.kind === 'bounce' && !reading.bounce)
    return { kind, bounce: { value: { class: 'permanent' }, evidence: byPerson, confidence: 1 } };
  if (correction.kind !== 'absence') return { kind };
  const before = reading.absence?.value;
  const { returnOn: _, ...rest } = before ?? { reason: 'other', invitesContact: false };
  const value: Absence = {
    ...rest,
    reason: correction.reason ?? rest.reason,
    ...(correction.returnOn ? { returnOn: correction.returnOn } : {}),
  };
  return { kind, absence: { value, evidence: byPerson, confidence: 1 } };
}
