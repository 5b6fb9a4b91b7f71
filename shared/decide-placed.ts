/**
 * Decides with the sender's places exact: `decide` stays pure, so it is asked first as if every place were free. Only
 * where the letter gets a moment of another place is one write made that takes it; where that says "full", the places
 * are read and it is asked again. An event that plans nothing costs nothing (DESIGN §3, quota and slots).
 */
import { decide } from './domain/enrollment/decide.ts';
import type { Event } from './domain/enrollment/event.ts';
import { spreadKey } from './domain/enrollment/planning.ts';
import { WINDOW_GRACE_MS } from './domain/enrollment/sending.ts';
import type { ContactState, Enrollment, Hold } from './domain/enrollment/state.ts';
import type { Decision, Plan } from './domain/enrollment/turn.ts';
import { isUndated } from './domain/enrollment/wake.ts';
import type { SenderId } from './domain/ids.ts';
import { type Instant, msBetween } from './domain/instant.ts';
import {
  fullAt,
  lookAtPlace,
  type Place,
  type Places,
  type PlacesTaken,
  placeAt,
  withFreed,
  withTaken,
} from './domain/place.ts';
import { dayOf, isoDateOf } from './domain/time/days.ts';
import type { Ports } from './ports.ts';

/** What is reserved under whose name. */
export type HeldPlace = {
  readonly senderId: SenderId;
  readonly holder: string;
  readonly step: number;
  readonly place: Place;
};

export type Placed = {
  readonly decision: Decision;
  /** Reserved for this very decision; whoever cannot save it gives it back. */
  readonly taken?: HeldPlace;
};

/** What one execution has learnt of the places of one sender: those who come later need not read it again. */
export type SeenPlaces = { taken: Readonly<Record<string, PlacesTaken>> };

/** Others may take a place between the look and the write; so often in a row means a crowd, not bad luck. */
const ROUNDS_MAX = 12;
/** The first look; a sender whose next weeks are full is looked at further ahead, twice as far each time. */
const DAYS_READ = 14;
const DAYS_READ_MAX = 60;
/** A sender so far behind gets no place: planning never looks further than 400 days, and the quota still holds. */
const DAYS_KNOWN_MAX = 300;

/**
 * Writes nothing but the place. Without `plan.limits`, or where they allow nothing at all, it is `decide`. A decision that finds no place stands without
 * one: at send time the day's quota is asked again.
 */
export async function decidePlaced(
  ports: Ports,
  state: ContactState,
  event: Event,
  now: Instant,
  plan: Plan,
  seen: SeenPlaces = { taken: {} },
): Promise<Placed> {
  const { limits } = plan;
  if (limits === undefined || limits.perDay < 1 || limits.perHour < 1) {
    return { decision: decide(state, event, now, plan) };
  }
  const placesOf = (taken: SeenPlaces['taken']): Places => ({ zone: plan.senderZone, limits, taken });
  const hasSeen = Object.keys(seen.taken).length > 0;
  let decision = decide(state, event, now, hasSeen ? { ...plan, places: placesOf(seen.taken) } : plan);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const after = decision.state.enrollment;
    const wanted = placeOf(after, plan);
    // The place of another walk is not this one's to give back.
    const own = after?.id === state.enrollment?.id ? placeOf(state.enrollment, plan) : undefined;
    if (!wanted || isSame(own, wanted) || isOnTime(state.enrollment, after)) return { decision };
    const { senderId, place, holder } = wanted;
    const answer = await ports.store.reservePlace(senderId, place, holder, limits, lookAtPlace(now));
    if (answer === 'reserved') {
      if (seen.taken[place.day]) seen.taken = withTaken(placesOf(seen.taken), place).taken;
      return { decision, taken: wanted };
    }
    if (Object.keys(seen.taken).length > DAYS_KNOWN_MAX) break;
    const read = await readFrom(ports, wanted, Math.min(DAYS_READ << round, DAYS_READ_MAX));
    seen.taken = { ...seen.taken, ...read };
    const places = placesOf(seen.taken);
    // Freed in thought only, and not for ever: a place that turns out not to be its own must not be asked for again.
    const isFreed = own !== undefined && round < ROUNDS_MAX / 2;
    const free = isFreed ? withFreed(places, own.place) : places;
    decision = decide(state, event, now, { ...plan, places: free });
    if (isStuck(decision, plan, wanted, free)) break;
  }
  return { decision };
}

/**
 * What the walk has no more: the place it had before where its letter moved to another day, waits for a person or will
 * never go. To be watched before the save and given back after it.
 */
export function placesLeft(
  before: Enrollment | undefined,
  after: Enrollment | undefined,
  plan: Plan,
): readonly HeldPlace[] {
  const own = before?.id === after?.id ? placeOf(before, plan) : undefined;
  const isUsed = after?.sent.some(({ step }) => step === own?.step) === true;
  const isKept = own === undefined || isUsed || isSameDay(own, placeOf(after, plan));
  return plan.limits === undefined || isKept ? [] : [own];
}

/** Gives back what was left, and what was taken for decisions that were not saved. */
export async function freePlaces(
  ports: Ports,
  after: Enrollment | undefined,
  plan: Plan,
  places: readonly HeldPlace[],
): Promise<void> {
  const kept = placeOf(after, plan);
  for (const one of places) {
    if (!isSameDay(one, kept)) await ports.store.releasePlace(one.senderId, one.place.day, one.holder);
  }
}

/** What its letter has or should have: none for a task, nor for a letter that a person holds without a date. */
export function placeOf(
  walk: Enrollment | undefined,
  plan: Pick<Plan, 'steps' | 'senderZone'>,
): HeldPlace | undefined {
  const letter = walk?.letter;
  if (!walk || !letter || plan.steps[letter.step]?.kind !== 'letter') return undefined;
  if (walk.kind === 'open' && letter.kind === 'planned' && walk.holds.some(givesPlaceBack)) return undefined;
  return {
    senderId: walk.senderId,
    holder: spreadKey(walk.id, letter.step),
    step: letter.step,
    place: placeAt(plan.senderZone, letter.kind === 'planned' ? letter.dueAt : letter.claimedAt),
  };
}

/** A mail is read within minutes: most are automatic notices, and no letter should lose its hour to one. */
const givesPlaceBack = (hold: Hold): boolean => isUndated(hold) && hold.kind !== 'inbound';

/** A claim in its own quarter of an hour goes by the place that it has, even if an hour struck meanwhile. */
function isOnTime(before: Enrollment | undefined, after: Enrollment | undefined): boolean {
  if (before?.letter?.kind !== 'planned' || after?.letter?.kind !== 'sending') return false;
  return msBetween(before.letter.dueAt, after.letter.claimedAt) <= WINDOW_GRACE_MS;
}

const isSameDay = (a: HeldPlace | undefined, b: HeldPlace | undefined): boolean =>
  a?.holder === b?.holder && a?.senderId === b?.senderId && a?.place.day === b?.place.day;

const isSame = (a: HeldPlace | undefined, b: HeldPlace | undefined): boolean =>
  isSameDay(a, b) && a?.place.hour === b?.place.hour;

/** It wants the same full place again: it is not a moment that anything could move. */
function isStuck(decision: Decision, plan: Plan, before: HeldPlace, places: Places): boolean {
  const again = placeOf(decision.state.enrollment, plan);
  return isSame(again, before) && fullAt(places, before.place) !== undefined;
}

/** Every day that was asked for, the free ones too, or a day freed meanwhile would stay full in what is known. */
async function readFrom(
  ports: Ports,
  { senderId, place }: HeldPlace,
  count: number,
): Promise<Readonly<Record<string, PlacesTaken>>> {
  // From the day before: one day of the prospect's may be two of the sender's.
  const first = dayOf(place.day) - 1;
  const days = Array.from({ length: count }, (_, n) => isoDateOf(first + n));
  const read = await ports.store.readPlaces(senderId, days);
  return Object.fromEntries(days.map((day) => [day, read[day] ?? { used: 0, hours: {} }]));
}
