/**
 * `in+SENDERTOKEN`: what the salesperson's own mailbox redirects, forwards or copies to us. That mailbox has taken
 * the mail in, so it vouches for who wrote it. A mail by the salesperson is a copy of their own answer, unless it
 * carries somebody else's.
 */
import { normaliseAddress, type SenderId } from './domain/ids.ts';
import type { Sender } from './domain/sender.ts';
import { carriedMail } from './inbound/forwarded.ts';
import type { MailAddress, ParsedMail } from './inbound/parsed-mail.ts';
import type { Finding, Forwarded } from './inbound/reading.ts';
import { splitReply } from './inbound/reply-text.ts';
import { type Found, type Match, matchIds, walkOf } from './match-mail.ts';
import type { Ports } from './ports.ts';

const RECIPIENTS_MAX = 50;
const ANSWERED_IDS_MAX = 50;

type Inner = { readonly mail: ParsedMail; readonly forwarded: Finding<Forwarded> };

export async function throughOwnMailbox(ports: Ports, mail: ParsedMail, senderId: SenderId): Promise<Found> {
  const nobody: Found = { mail, isPrivate: true, senderId };
  const isOwn = await isFromSender(ports, mail, senderId);
  const inner = carriedIn(mail);
  // A rule that forwards everything forwards our alerts too: a prospect's words in one are no second answer.
  if (inner && isOurs(ports, inner.mail.from)) return nobody;
  const isWrapped = inner && (isOwn || !(await walkOf(ports, mail.from[0]?.address)));
  for (const one of [...(isWrapped ? [inner] : []), ...(isOwn ? [] : [{ mail, forwarded: undefined }])]) {
    if (await isFromSender(ports, one.mail, senderId)) continue;
    const match = (await matchIds(ports, one.mail)) ?? (await walkOf(ports, one.mail.from[0]?.address));
    if (!match) continue;
    const { forwarded } = one;
    return {
      mail: one.mail,
      senderId,
      match: { ...match, by: 'own-mailbox', mayAct: true },
      ...(forwarded ? { forwarded } : {}),
    };
  }
  const answered = isOwn ? await answeredBy(ports, mail) : undefined;
  return answered ? { mail, senderId, match: answered } : nobody;
}

/** The mail inside, whoever wrote words above it: those are the forwarder's. */
function carriedIn(mail: ParsedMail): Inner | undefined {
  const carried = carriedMail(mail, splitReply(mail.text));
  if (!carried) return undefined;
  const { original, forwarded } = carried;
  // An inline forward has lost the original's ids; the forwarder's mail program has kept what it answers to.
  const inherits = forwarded.value.by === 'inline';
  const references = inherits ? [...new Set([...mail.references, ...mail.inReplyTo])] : original.references;
  return { mail: { ...original, references }, forwarded };
}

/** To whom the salesperson wrote: the contact among the recipients, or the one whom the answered alert was about. */
async function answeredBy(ports: Ports, mail: ParsedMail): Promise<Match | undefined> {
  for (const recipient of [...mail.to, ...mail.cc].slice(0, RECIPIENTS_MAX)) {
    const walk = await walkOf(ports, recipient.address);
    if (walk) return { ...walk, by: 'sender-copy', mayAct: true };
  }
  for (const alertId of alertsNamedIn(ports, mail)) {
    const alert = await ports.store.load('alert', alertId);
    if (alert?.kind !== 'reply' || !alert.contactId || !alert.enrollmentId) continue;
    const { contactId, enrollmentId } = alert;
    return { contactId, enrollmentId, by: 'sender-copy', mayAct: true };
  }
  return undefined;
}

/** What a mail of the salesperson's says it answers: Message-IDs as they stand, and alerts by their own id. */
export function answeredIds(ports: Ports, mail: ParsedMail): readonly string[] {
  const ids = [...mail.inReplyTo, ...mail.references].slice(0, ANSWERED_IDS_MAX);
  return [...new Set([...ids, ...alertsNamedIn(ports, mail)])];
}

/** Alerts are sent as `<alert-way@reply domain>`. */
function alertsNamedIn(ports: Ports, mail: ParsedMail): readonly string[] {
  const end = `@${ports.settings.replyDomain.toLowerCase()}`;
  return [...mail.inReplyTo, ...mail.references].slice(0, ANSWERED_IDS_MAX).flatMap((id) => {
    const name = id.toLowerCase();
    const found = name.endsWith(end) ? /^([a-z2-7]{20})-[a-z0-9.~-]{1,80}@/.exec(name)?.[1] : undefined;
    return found ? [found] : [];
  });
}

/**
 * Written in a mailbox of the sender's: that of the letters, or one that alerts go to and are answered from; or by
 * somebody who is told while the sender does not answer, from a mailbox of theirs.
 */
export async function isFromSender(ports: Ports, mail: ParsedMail, senderId: SenderId): Promise<boolean> {
  const sender = await ports.store.load('sender', senderId);
  if (!sender) return false;
  const others = await Promise.all(standInsOf(sender).map((id) => ports.store.load('sender', id)));
  const mailboxes = [sender, ...others].flatMap((one) =>
    one ? [one.address, ...one.channels.flatMap((way) => (way.kind === 'mail' ? [way.address] : []))] : [],
  );
  const own = new Set(mailboxes.map(normaliseAddress));
  return mail.from.some((one) => own.has(normaliseAddress(one.address)));
}

const standInsOf = ({ replyClock }: Sender): readonly SenderId[] => [
  ...(replyClock?.cover ? [replyClock.cover] : []),
  ...(replyClock?.escalation ?? []).flatMap((step) => ('sender' in step ? [step.sender] : [])),
];

/** An address of the product itself: a token's, or the one that alerts come from. */
export function isOurs(ports: Ports, from: readonly MailAddress[]): boolean {
  const { replyDomain, alertAddress } = ports.settings;
  return from
    .map((one) => one.address.toLowerCase())
    .some(
      (address) =>
        address.endsWith(`@${replyDomain.toLowerCase()}`) || address === alertAddress.toLowerCase(),
    );
}
