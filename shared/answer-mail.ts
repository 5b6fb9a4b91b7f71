/**
 * A person answers from here instead of from their mailbox: the answer leaves by SES into the prospect's thread, is
 * kept among the contact's mails, and counts as the sender's own answer, which stops the clock.
 */
import { composeAnswer } from './compose-mail.ts';
import { derivedId, type MessageId, normaliseAddress } from './domain/ids.ts';
import { arrivalIdOf, type IncomingMessage, type OutgoingMessage } from './domain/message.ts';
import { replyAddress } from './domain/token.ts';
import { applyEvent } from './engine.ts';
import { findWalk } from './find-walk.ts';
import type { Ports } from './ports.ts';

const SUBJECT_CHARS_MAX = 250;

export type Answering =
  /** `message.sentAt` is missing where SES said neither yes nor no. */
  | { readonly kind: 'answered'; readonly message: OutgoingMessage }
  | { readonly kind: 'refused'; readonly detail: string };

/** `id` names the attempt: the same one again finds the answer that has left already, and sends nothing. */
export async function answerMail(
  ports: Ports,
  message: IncomingMessage,
  text: string,
  id: string,
): Promise<Answering> {
  const { enrollmentId } = message;
  const found = enrollmentId && (await findWalk(ports, enrollmentId));
  if (!found) return refused('The mail belongs to no enrollment: assign it to a contact first.');
  const { contactId, walk } = found;
  const [contact, sender, state] = await Promise.all([
    ports.store.load('contact', contactId),
    ports.store.load('sender', walk.senderId),
    ports.store.loadState(contactId),
  ]);
  if (!contact || !sender) throw new Error(`Enrollment ${walk.id} misses its contact or its sender`);
  if (state?.state.standing.kind === 'suppressed') {
    return refused('This person is suppressed and is never written to from here.');
  }
  // Nothing vouches for an unverified From: the answer goes where the letters went.
  const to = (!message.unverified && message.from && normaliseAddress(message.from)) || contact.address;
  const answer: OutgoingMessage = {
    kind: 'out',
    id: derivedId('answer', message.id, id) as MessageId,
    contactId,
    enrollmentId: walk.id,
    campaignId: walk.campaignId,
    step: walk.sent.at(-1)?.step ?? 0,
    answers: message.id,
    at: ports.clock.now(),
    subject: `Re: ${(message.subject ?? '').replace(/^(?:re\s{0,2}:\s{0,2}){1,5}/i, '')}`.slice(
      0,
      SUBJECT_CHARS_MAX,
    ),
    text,
  };
  if ((await ports.store.putNew('message', answer)) === 'exists') {
    const before = await ports.store.load('message', contactId, answer.id);
    const known = before?.kind === 'out' ? before : answer;
    // The run that sent it may have died before anybody heard that the mail is answered.
    if (known.sentAt) await heard(ports, message, known);
    return { kind: 'answered', message: known };
  }
  const token = replyAddress(ports.settings.replyDomain, ports.ids.tokenKeys, walk.id);
  const { rfcMessageId, references = [] } = message;
  const parent = rfcMessageId && `<${rfcMessageId}>`;
  const raw = await composeAnswer({
    messageId: `<${answer.id}@${ports.settings.replyDomain}>`,
    sender,
    to,
    replyTo: token,
    ...(parent ? { inReplyTo: parent } : {}),
    references: [...references.map((one) => `<${one}>`), ...(parent ? [parent] : [])],
    subject: answer.subject,
    text,
    date: answer.at,
  });
  const outcome = await ports.mailer.send({
    from: sender.address,
    to: [to],
    raw,
    tags: { answer: answer.id },
  });
  if (outcome.kind === 'refused') {
    await ports.store.remove('message', contactId, answer.id);
    return refused(`The answer did not leave: SES refused it (${outcome.why}). Nothing was changed.`);
  }
  const left: OutgoingMessage =
    outcome.kind === 'accepted' ? { ...answer, sentAt: ports.clock.now(), sesId: outcome.sesId } : answer;
  await ports.store.put('message', left);
  await heard(ports, message, left);
  return { kind: 'answered', message: left };
}

/** Idempotent: the walk knows each answer by its id. */
async function heard(ports: Ports, message: IncomingMessage, answer: OutgoingMessage): Promise<void> {
  const { rawKey, rfcMessageId } = message;
  const names = [arrivalIdOf(rawKey), ...(rfcMessageId ? [rfcMessageId] : [])];
  await applyEvent(ports, answer.enrollmentId, {
    kind: 'answered-by-sender',
    mail: answer.id,
    answers: [message.id, ...names],
  });
}

const refused = (detail: string): Answering => ({ kind: 'refused', detail });
