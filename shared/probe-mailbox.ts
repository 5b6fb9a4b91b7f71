/**
 * People answer the address on the business card. Whether such answers reach us is tried, not believed: a probe goes
 * to the sender's own address, and the mailbox's rule must bring it back to `in+SENDERTOKEN`.
 */
import type { SenderId } from './domain/ids.ts';
import type { OwnMailbox, Sender } from './domain/sender.ts';
import { openToken, sealToken } from './domain/token.ts';
import type { ParsedMail } from './inbound/parsed-mail.ts';
import type { Ports, SendOutcome } from './ports.ts';

/** In the subject, which every way of forwarding keeps. Whoever holds it has read a mail to the sender's mailbox. */
const SUBJECT = 'Relance mailbox check';
const CODE = /relance mailbox check ([a-z2-7]{18,50})(?![a-z2-7])/i;
const SUBJECT_CHARS_MAX = 300;
const TRIES = 5;
/** What an edit at the same moment may touch, long lists aside. */
const WATCHED = [
  'ownMailbox',
  'name',
  'company',
  'address',
  'phone',
  'whatsapp',
  'website',
  'postalAddress',
  'zone',
  'dailyQuota',
  'listUnsubscribe',
  'channels',
] as const;

/** Sends one probe and notes when. The old proof stands until the next one: asking is no doubt. */
export async function sendProbe(ports: Ports, sender: Sender): Promise<SendOutcome> {
  const { settings, ids, clock } = ports;
  const code = sealToken(ids.tokenKeys, 'probe', sender.id);
  // Whoever only hears probes composes no mail.
  const { composeAlert } = await import('./compose-mail.ts');
  const raw = await composeAlert({
    messageId: `<probe-${ids.fresh()}@${settings.replyDomain}>`,
    fromName: 'Relance',
    alertAddress: settings.alertAddress,
    to: sender.address,
    replyTo: [],
    references: [],
    subject: `${SUBJECT} ${code}`,
    text:
      'This mail tries out the rule of your mailbox that redirects answers to Relance. Nothing is to be done: when ' +
      'the rule works, the mail comes back by itself, and launching a campaign warns no more.\n',
    date: clock.now(),
  });
  const outcome = await ports.mailer.send({
    from: settings.alertAddress,
    to: [sender.address],
    raw,
    tags: { probe: sender.id },
  });
  if (outcome.kind !== 'refused') await noteMailbox(ports, sender.id, { probedAt: clock.now() });
  return outcome;
}

/** A mail that came by `senderId`'s own address; answers whether it was their probe. Idempotent. */
export async function hearProbe(ports: Ports, senderId: SenderId, mail: ParsedMail): Promise<boolean> {
  const code = CODE.exec(mail.subject.slice(0, SUBJECT_CHARS_MAX))?.[1];
  if (!code || openToken(ports.ids.tokenKeys, 'probe', code) !== senderId) return false;
  await noteMailbox(ports, senderId, { seenAt: ports.clock.now() });
  return true;
}

async function noteMailbox(ports: Ports, senderId: SenderId, news: OwnMailbox): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await ports.store.load('sender', senderId);
    if (!before) return;
    const after: Sender = { ...before, ownMailbox: { ...before.ownMailbox, ...news } };
    if ((await ports.store.replace('sender', before, after, WATCHED)) === 'saved') return;
  }
  throw new Error(`Sender ${senderId} is too contended: ${TRIES} edits in a row lost`);
}
