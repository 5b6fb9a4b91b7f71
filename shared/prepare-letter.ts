/**
 * Everything slow about a letter, done before its claim: load, render, lint, compose, freeze. What comes out is ready
 * bytes; after the claim only the gates and one SES call follow.
 */
import { composeLetter, type LetterMail } from './compose-mail.ts';
import { isFollowUp } from './domain/enrollment/planning.ts';
import type { OpenEnrollment } from './domain/enrollment/state.ts';
import { lintLetter } from './domain/letter/lint-letter.ts';
import { type LetterOrder, letterPrint, slotWishesOf, writeLetter } from './domain/letter/write-letter.ts';
import type { WrittenLetter } from './domain/letter/written-letter.ts';
import { letterMessageId, type OfferedSlot, type OutgoingMessage } from './domain/message.ts';
import { ownMessageId, sesMessageId } from './domain/message-id.ts';
import { hasListHeaders } from './domain/sender.ts';
import { loadDuty } from './domain/time/duty.ts';
import { replyAddress } from './domain/token.ts';
import type { KnownWalk } from './known-walk.ts';
import { offerSlots } from './offer-slots.ts';
import { orderLetter } from './order-letter.ts';
import type { OutgoingMail, Ports } from './ports.ts';

export type PreparedLetter = {
  readonly kind: 'prepared';
  readonly walk: OpenEnrollment;
  readonly step: number;
  readonly known: KnownWalk;
  readonly mail: Omit<OutgoingMail, 'tags'>;
};

/** `invalid` names the rule that refuses the letter; `changed`: these are not the words that somebody approved. */
export async function prepareLetter(
  ports: Ports,
  walk: OpenEnrollment,
  known: KnownWalk,
  step: number,
): Promise<
  PreparedLetter | { readonly kind: 'invalid'; readonly rule: string } | { readonly kind: 'changed' }
> {
  const { id: enrollmentId } = walk;
  const { contact, sender } = known;
  const order = await orderLetter(ports, walk, known, step);
  const { earlier, optOutUrl } = order;
  if (known.plan.wantsApproval && walk.approved?.print !== letterPrint(order)) return { kind: 'changed' };
  const written = writeLetter(order);
  if (written.kind === 'invalid')
    return { kind: 'invalid', rule: written.findings[0]?.rule ?? 'broken-template' };
  const lint = lintLetter({ letter: written.letter, contact, sender, optOutUrl });
  const error = lint.find((one) => one.severity === 'error');
  if (error) return { kind: 'invalid', rule: error.rule };
  // Only what may go takes an hour from others.
  const slots = await slotsFor(ports, walk, known, order);
  if (slots === undefined) return { kind: 'invalid', rule: 'no-slot' };
  const letter = withSlots(written.letter, order, slots);

  const now = ports.clock.now();
  const raw = await composeLetter(addressed(ports, { ...known, walk, step, earlier, optOutUrl }, letter));
  await keepPrepared(ports, {
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
    ...(slots.length === 0 ? {} : { slots }),
  });
  const mail = { from: sender.address, to: [contact.address], raw };
  return { kind: 'prepared', walk, step, known, mail };
}

/** Over what an earlier claim prepared, never over the letter that went: this call may land minutes late. */
async function keepPrepared(ports: Ports, message: OutgoingMessage): Promise<void> {
  if ((await ports.store.putNew('message', message)) === 'put') return;
  await ports.store.replace('message', message, message, ['sesId']);
}

/** Nothing is asked of the store for a letter that offers no hour. `undefined`: none is left. */
async function slotsFor(
  ports: Ports,
  walk: OpenEnrollment,
  { plan, sender }: KnownWalk,
  order: LetterOrder,
): Promise<readonly OfferedSlot[] | undefined> {
  const wishes = slotWishesOf(order);
  if (wishes.length === 0) return [];
  return offerSlots(ports, {
    senderId: walk.senderId,
    enrollmentId: walk.id,
    step: order.step,
    calendar: plan.calendar,
    duty: plan.duty ?? (await loadDuty(sender)),
    wishes,
    sendAt: ports.clock.now(),
  });
}

/** The same letter with the hours that were reserved in the place of examples. */
function withSlots(draft: WrittenLetter, order: LetterOrder, slots: readonly OfferedSlot[]): WrittenLetter {
  if (slots.length === 0) return draft;
  const written = writeLetter({ ...order, slots: new Map(slots.map(({ wish, at }) => [wish, at])) });
  if (written.kind === 'invalid') throw new Error('A letter that could be written cannot be written again');
  return written.letter;
}

type Addressed = KnownWalk & {
  readonly walk: OpenEnrollment;
  readonly step: number;
  readonly earlier: readonly OutgoingMessage[];
  readonly optOutUrl: string;
};

/** Addresses, threading and opt-out headers. The id that SES gave the first letter is the one prospects answer to. */
function addressed(ports: Ports, of: Addressed, letter: WrittenLetter): LetterMail {
  const { settings, ids, clock } = ports;
  const { walk, sender, contact, step, earlier, sequence, optOutUrl } = of;
  const tokenAddress = replyAddress(settings.replyDomain, ids.tokenKeys, walk.id);
  const threads = earlier.flatMap((one) => [
    ownMessageId(walk.id, one.step, settings.replyDomain),
    ...(one.sesId ? [sesMessageId(one.sesId, settings.region)] : []),
  ]);
  const first = earlier[0]?.sesId;
  const wantsHeader = hasListHeaders(sender, isFollowUp(sequence.steps, step));
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
