/**
 * Everything slow about a letter, done before its claim: load, render, lint, compose, freeze. What comes out is ready
 * bytes; after the claim only the gates and one SES call follow.
 */
import { composeLetter, type LetterMail } from './compose-mail.ts';
import type { Contact } from './domain/contact.ts';
import { isFollowUp } from './domain/enrollment/planning.ts';
import type { OpenEnrollment } from './domain/enrollment/state.ts';
import type { Plan } from './domain/enrollment/turn.ts';
import { type EnrollmentId, readEnrollmentId } from './domain/ids.ts';
import type { FrozenLetter } from './domain/letter/letter-text.ts';
import { lintLetter } from './domain/letter/lint-letter.ts';
import { writeLetter } from './domain/letter/write-letter.ts';
import type { WrittenLetter } from './domain/letter/written-letter.ts';
import { letterMessageId, type OutgoingMessage } from './domain/message.ts';
import { ownMessageId, sesMessageId } from './domain/message-id.ts';
import type { Sender } from './domain/sender.ts';
import type { Sequence } from './domain/sequence.ts';
import { loadCalendar } from './domain/time/calendar.ts';
import { replyAddress, unsubscribeUrl } from './domain/token.ts';
import type { OutgoingMail, Ports } from './ports.ts';

export type PreparedLetter = {
  readonly kind: 'prepared';
  readonly walk: OpenEnrollment;
  readonly step: number;
  readonly sender: Sender;
  readonly contact: Contact;
  readonly plan: Plan;
  readonly mail: Omit<OutgoingMail, 'tags'>;
};

/** `undefined`: the walk is no longer open. `invalid` names the rule that refuses the letter. */
export async function prepareLetter(
  ports: Ports,
  enrollmentId: EnrollmentId,
  step: number,
): Promise<PreparedLetter | { readonly kind: 'invalid'; readonly rule: string } | undefined> {
  const known = await loadAll(ports, enrollmentId, step);
  if (!known) return undefined;
  const { walk, contact, sender, sequence, earlier, own } = known;
  const optOutUrl = unsubscribeUrl(ports.settings.publicUrl, ports.ids.tokenKeys, enrollmentId);
  const written = writeLetter({
    sequence,
    step,
    contact,
    sender,
    earlier,
    wasAbsent: walk.wasAbsent === true,
    optOutUrl,
    ...(own ? { own } : {}),
  });
  if (written.kind === 'invalid')
    return { kind: 'invalid', rule: written.findings[0]?.rule ?? 'broken-template' };
  const { letter } = written;
  const error = lintLetter({ letter, contact, sender, optOutUrl }).find((one) => one.severity === 'error');
  if (error) return { kind: 'invalid', rule: error.rule };

  const now = ports.clock.now();
  const raw = await composeLetter(addressed(ports, known, letter, optOutUrl));
  await ports.store.put('message', {
    kind: 'out',
    id: letterMessageId(enrollmentId, step),
    contactId: contact.id,
    enrollmentId,
    campaignId: walk.campaignId,
    step,
    at: now,
    subject: letter.subject,
    text: letter.text,
    body: letter.body,
  });
  const calendar = await loadCalendar(contact);
  const plan: Plan = { steps: sequence.steps, calendar, senderZone: sender.zone };
  return {
    kind: 'prepared',
    walk,
    step,
    sender,
    contact,
    plan,
    mail: { from: sender.address, to: [contact.address], raw },
  };
}

type Known = {
  readonly walk: OpenEnrollment;
  readonly step: number;
  readonly contact: Contact;
  readonly sender: Sender;
  readonly sequence: Sequence;
  /** The letters of this walk that SES took. */
  readonly earlier: readonly OutgoingMessage[];
  /** Written for this contact: it goes as it was approved. */
  readonly own?: FrozenLetter;
};

async function loadAll(ports: Ports, enrollmentId: EnrollmentId, step: number): Promise<Known | undefined> {
  const { store } = ports;
  const named = readEnrollmentId(enrollmentId);
  const walk = named && (await store.loadState(named.contactId))?.state.enrollment;
  if (!named || walk?.id !== enrollmentId || walk.kind !== 'open') return undefined;
  const [campaign, contact, sender] = await Promise.all([
    store.load('campaign', walk.campaignId),
    store.load('contact', named.contactId),
    store.load('sender', walk.senderId),
  ]);
  const sequence = campaign && (await store.load('sequence', campaign.sequenceId, campaign.sequenceVersion));
  if (!contact || !sender || !sequence)
    throw new Error(`Enrollment ${enrollmentId} misses what its letter needs`);
  const stored = await Promise.all(
    walk.sent.map((one) => store.load('message', named.contactId, letterMessageId(enrollmentId, one.step))),
  );
  // The state item is the truth about what went out; the message record may lag behind it.
  const earlier = stored.flatMap((message, index): OutgoingMessage[] => {
    const sent = walk.sent[index];
    if (message?.kind !== 'out' || !sent) return [];
    return [{ ...message, sentAt: sent.at, ...(sent.sesId ? { sesId: sent.sesId } : {}) }];
  });
  const letters = campaign?.hasOwnLetters && (await store.load('letters', named.contactId, campaign.id));
  const own = letters ? letters.steps[String(step)] : undefined;
  return { walk, step, contact, sender, sequence, earlier, ...(own ? { own } : {}) };
}

/** Addresses, threading and opt-out headers. The id that SES gave the first letter is the one prospects answer to. */
function addressed(ports: Ports, known: Known, letter: WrittenLetter, optOutUrl: string): LetterMail {
  const { settings, ids, clock } = ports;
  const { walk, sender, contact, step, earlier, sequence } = known;
  const tokenAddress = replyAddress(settings.replyDomain, ids.tokenKeys, walk.id);
  const threads = earlier.flatMap((one) => [
    ownMessageId(walk.id, one.step, settings.replyDomain),
    ...(one.sesId ? [sesMessageId(one.sesId, settings.region)] : []),
  ]);
  const first = earlier[0]?.sesId;
  const wantsHeader =
    sender.listUnsubscribe === 'always' ||
    (sender.listUnsubscribe === 'follow-ups' && isFollowUp(sequence.steps, step));
  return {
    letter,
    sender,
    contact,
    replyTo: tokenAddress,
    returnPath: tokenAddress,
    ownMessageId: ownMessageId(walk.id, step, settings.replyDomain),
    ...(first ? { inReplyTo: sesMessageId(first, settings.region) } : {}),
    references: threads,
    ...(wantsHeader ? { listUnsubscribe: { url: optOutUrl } } : {}),
    date: clock.now(),
  };
}
