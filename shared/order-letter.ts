/** What a walk's letter is written from: loaded alike for the send and for whoever looks at it before. */
import type { OpenEnrollment } from './domain/enrollment/state.ts';
import { readEnrollmentId } from './domain/ids.ts';
import type { FrozenLetter } from './domain/letter/letter-text.ts';
import type { LetterOrder } from './domain/letter/write-letter.ts';
import { letterMessageId, type OutgoingMessage } from './domain/message.ts';
import { unsubscribeUrl } from './domain/token.ts';
import type { KnownWalk } from './known-walk.ts';
import type { Ports } from './ports.ts';

/** Its meeting hours are not offered yet. Throws nothing where the letter cannot be written. */
export async function orderLetter(
  ports: Ports,
  walk: OpenEnrollment,
  known: KnownWalk,
  step: number,
): Promise<LetterOrder> {
  const { contact, sender, sequence } = known;
  const [earlier, own] = await Promise.all([
    earlierLetters(ports, walk),
    ownLetter(ports, walk, known, step),
  ]);
  const optOutUrl = unsubscribeUrl(ports.settings.publicUrl, ports.ids.tokenKeys, walk.id);
  return {
    sequence,
    step,
    contact,
    sender,
    earlier,
    wasAbsent: walk.wasAbsent === true,
    optOutUrl,
    ...(own ? { own } : {}),
  };
}

/** The letters of this walk that SES took. */
async function earlierLetters(ports: Ports, walk: OpenEnrollment): Promise<readonly OutgoingMessage[]> {
  const contactId = readEnrollmentId(walk.id)?.contactId;
  if (!contactId) return [];
  const stored = await Promise.all(
    walk.sent.map((one) => ports.store.load('message', contactId, letterMessageId(walk.id, one.step))),
  );
  // The state item is the truth about what went out; the message record may lag behind it.
  return stored.flatMap((message, index): OutgoingMessage[] => {
    const sent = walk.sent[index];
    if (message?.kind !== 'out' || !sent) return [];
    return [{ ...message, sentAt: sent.at, ...(sent.sesId ? { sesId: sent.sesId } : {}) }];
  });
}

/** Written for this contact: it goes as it was approved. */
async function ownLetter(
  ports: Ports,
  walk: OpenEnrollment,
  { campaign, contact }: KnownWalk,
  step: number,
): Promise<FrozenLetter | undefined> {
  if (!campaign.hasOwnLetters && !walk.hasOwnLetters) return undefined;
  const letters = await ports.store.load('letters', contact.id, walk.campaignId);
  return letters?.steps[String(step)];
}
