/**
 * The meeting hours of one letter: reserved before it is written, so that no hour is ever offered twice. A retry
 * offers the same ones again while they are still far enough off (DESIGN §4).
 */

import { spreadKey } from './domain/enrollment/planning.ts';
import type { Enrollment } from './domain/enrollment/state.ts';
import { type EnrollmentId, readEnrollmentId, type SenderId } from './domain/ids.ts';
import type { Instant } from './domain/instant.ts';
import { letterMessageId, type OfferedSlot } from './domain/message.ts';
import { lookAtPlace } from './domain/place.ts';
import { isStillFarEnough, parseSlotWish, resolveSlot, slotHorizon } from './domain/slot.ts';
import type { Calendar } from './domain/time/calendar.ts';
import type { Duty } from './domain/time/duty.ts';
import type { Ports } from './ports.ts';

/** Somebody else may take an hour between the look and the write. */
const TRIES_MAX = 10;

type Offer = {
  readonly senderId: SenderId;
  readonly enrollmentId: EnrollmentId;
  readonly step: number;
  /** The prospect's. */
  readonly calendar: Calendar;
  readonly duty: Duty;
  readonly wishes: readonly string[];
  readonly sendAt: Instant;
};

/** One for each wish, in their order, all reserved. `undefined`: six weeks are full. */
export async function offerSlots(ports: Ports, offer: Offer): Promise<readonly OfferedSlot[] | undefined> {
  const { calendar, senderId, enrollmentId, step, sendAt } = offer;
  const holder = spreadKey(enrollmentId, step);
  const offered: OfferedSlot[] = [];
  const before = await slotsOf(ports, enrollmentId, step);
  const lookAt = lookAtPlace(ports.clock.now());
  for (const wish of offer.wishes) {
    const last = before.find((one) => one.wish === wish)?.at;
    const isKept =
      last !== undefined &&
      isStillFarEnough(calendar, sendAt, last) &&
      (await ports.store.reserveSlot(senderId, last, holder, lookAt)) === 'reserved';
    const at = isKept ? last : await reserveNew(ports, offer, wish, holder);
    if (at === undefined) return undefined;
    offered.push({ wish, at });
  }
  // After the new ones: an hour that is given back first could be wished for again.
  const left = before.filter(({ at }) => !offered.some((one) => one.at === at));
  for (const { at } of left) await ports.store.releaseSlot(senderId, at, holder);
  return offered;
}

async function reserveNew(
  ports: Ports,
  { senderId, calendar, duty, sendAt }: Offer,
  wished: string,
  holder: string,
): Promise<Instant | undefined> {
  const wish = parseSlotWish(wished);
  if (wish === undefined) return undefined;
  const lookAt = lookAtPlace(ports.clock.now());
  for (let tried = 0; tried < TRIES_MAX; tried++) {
    const { from, to } = slotHorizon(sendAt);
    const taken = await ports.store.listSlots(senderId, from, to);
    const slot = resolveSlot({ wish, sendAt, calendar, duty, taken });
    if (slot === undefined) return undefined;
    if ((await ports.store.reserveSlot(senderId, slot.at, holder, lookAt)) === 'reserved') return slot.at;
  }
  throw new Error(`The slots of ${senderId} are too contended: ${TRIES_MAX} were taken in a row.`);
}

/** What the letter of that step offers, as it was last prepared. */
export async function slotsOf(
  ports: Ports,
  walkId: EnrollmentId,
  step: number,
): Promise<readonly OfferedSlot[]> {
  const contactId = readEnrollmentId(walkId)?.contactId;
  const letter = contactId && (await ports.store.load('message', contactId, letterMessageId(walkId, step)));
  return letter?.kind === 'out' ? (letter.slots ?? []) : [];
}

/** Ends after which nobody will meet: what the letters offered is free for others. */
const NO_MEETING: ReadonlySet<string> = new Set([
  'unsubscribed',
  'bounced',
  'complained',
  'left-company',
  'failed',
]);

export const isLost = (walk: Enrollment): boolean =>
  walk.kind === 'ended' && walk.end.kind === 'stopped' && NO_MEETING.has(walk.end.why);

export type HeldSlot = { readonly senderId: SenderId; readonly at: Instant; readonly holder: string };

/**
 * Hours that are free once the walk has ended: of the letter that was prepared but never went, and where the prospect
 * declines or is lost, of all its letters. To be watched before the save and given back after it.
 */
export async function slotsLeft(
  ports: Ports,
  before: Enrollment | undefined,
  after: Enrollment | undefined,
  isDeclined: boolean,
): Promise<readonly HeldSlot[]> {
  if (after?.kind !== 'ended' || before?.id !== after.id) return [];
  const isOver = isDeclined || (!isLost(before) && isLost(after));
  const unsent = before.kind === 'open' && before.letter.kind === 'planned' ? [before.letter.step] : [];
  const all = [...after.sent, ...(after.letter ? [after.letter] : [])].map(({ step }) => step);
  const left: HeldSlot[] = [];
  for (const step of new Set([...unsent, ...(isOver ? all : [])])) {
    const holder = spreadKey(after.id, step);
    for (const { at } of await slotsOf(ports, after.id, step))
      left.push({ senderId: after.senderId, at, holder });
  }
  return left;
}

/** A repeat does nothing. */
export async function freeSlots(ports: Ports, slots: readonly HeldSlot[]): Promise<void> {
  for (const { senderId, at, holder } of slots) await ports.store.releaseSlot(senderId, at, holder);
}
