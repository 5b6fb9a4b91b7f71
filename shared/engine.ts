/**
 * One event on one enrollment: load → decide → place → effects → save. The order is the guarantee. Effects (timers, tasks,
 * alerts) come before the save and may be repeated freely; a crash after them is healed by the caller's retry. A
 * timer that overtakes the save is told "too early" or "stale" and sets the right one again. What cannot be undone,
 * the letter itself, is sent only after the save has claimed it: see `send-letter.ts`.
 */
import { announce } from './announce.ts';
import { decidePlaced, freePlaces, type HeldPlace, placesLeft, type SeenPlaces } from './decide-placed.ts';
import type { Effect } from './domain/enrollment/effect.ts';
import type { Event, MailEvent } from './domain/enrollment/event.ts';
import { newsOf } from './domain/enrollment/news.ts';
import { unlessReadByPerson } from './domain/enrollment/read-by-person.ts';
import { isMarked } from './domain/enrollment/sending.ts';
import type { ContactState } from './domain/enrollment/state.ts';
import type { Answer, Plan } from './domain/enrollment/turn.ts';
import { type EnrollmentId, readEnrollmentId, type TaskId } from './domain/ids.ts';
import type { Instant } from './domain/instant.ts';
import { lookAtPlace } from './domain/place.ts';
import { carryOut, closeTask } from './effects.ts';
import { loadKnown } from './known-walk.ts';
import { freeSlots, type HeldSlot, slotsLeft } from './offer-slots.ts';
import type { Loaded, Ports } from './ports.ts';

export type Applied = {
  readonly answer: Answer | 'unknown-enrollment';
  readonly state?: ContactState;
  /** The same with its version, where this very call has saved it: what the caller does next need not load it. */
  readonly saved?: Loaded;
  /** The order that is the caller's to carry out: at most one. */
  readonly sendLetter?: Extract<Effect, { kind: 'send-letter' }>;
};

/** A failed save loads and decides again; more rounds than this mean that something else is wrong. */
const ROUNDS_MAX = 12;

const MAIL_EVENTS: ReadonlySet<Event['kind']> = new Set<MailEvent['kind'] | 'reading-corrected'>([
  'mail-arrived',
  'replied',
  'absent',
  'auto-replied',
  'address-changed',
  'mail-noted',
  'unsubscribed',
  'left-company',
  'bounced',
  'complained',
  'answered-by-sender',
  'mail-unverified',
  'reading-corrected',
]);

/**
 * Applies one event; idempotent for the same event. Throws only on surprises (the platform then asks again).
 * A mail that answers an older walk acts on the contact: it stops what is open now. `known` spares the loading of
 * that walk's plan; `seen` the first loading of the state: whatever changed it since makes the save fail, and the
 * next round loads.
 */
export async function applyEvent(
  ports: Ports,
  enrollmentId: EnrollmentId,
  event: Event,
  known?: Plan,
  seen?: Loaded,
): Promise<Applied> {
  const named = readEnrollmentId(enrollmentId);
  if (!named) return { answer: 'unknown-enrollment' };
  const lost: Lost = { tasks: new Set(), places: [] };
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const loaded = (round === 0 && seen) || (await ports.store.loadState(named.contactId));
    if (!loaded?.state.enrollment) return { answer: 'unknown-enrollment' };
    const { state } = loaded;
    if (loaded.state.enrollment.id !== enrollmentId && !MAIL_EVENTS.has(event.kind)) {
      return aboutOlderWalk(ports, state, enrollmentId, event);
    }
    // Nearly every report of SES finds its letter marked already, and then nothing else need be read.
    if (event.kind === 'step-sent' && isMarked(loaded.state.enrollment, event))
      return { answer: 'ignored', state };
    const isKnown = known && loaded.state.enrollment.id === enrollmentId;
    const plan = isKnown ? known : (await loadKnown(ports, loaded.state.enrollment)).plan;
    const result = await decideAndSave(ports, loaded, event, ports.clock.now(), plan, lost);
    if (result) return result;
  }
  throw new Error(`Enrollment ${enrollmentId} is too contended: ${ROUNDS_MAX} saves in a row failed`);
}

/** Begins a walk; the state item is made on first use. `loaded`: as the caller found it, `seen`: what it knows of places. */
export async function enroll(
  ports: Ports,
  enrollmentId: EnrollmentId,
  {
    fresh,
    loaded,
    seen,
  }: { readonly fresh: ContactState; readonly loaded: Loaded | undefined; readonly seen: SeenPlaces },
  event: Extract<Event, { kind: 'enrolled' }>,
  plan: Plan,
): Promise<Applied> {
  const lost: Lost = { tasks: new Set(), places: [], seen };
  for (let round = 0; round < ROUNDS_MAX; round++) {
    // What the caller found may be old by now: then the save says so, and it is read again.
    const found = round === 0 ? loaded : await ports.store.loadState(fresh.contactId);
    const start = found ?? { state: fresh, version: undefined };
    const result = await decideAndSave(ports, start, event, ports.clock.now(), plan, lost);
    if (result) return result;
  }
  throw new Error(`Enrollment ${enrollmentId} is too contended: ${ROUNDS_MAX} saves in a row failed`);
}

/** What the rounds that lost have put, and which the round that won may not want. */
type Lost = { readonly tasks: Set<TaskId>; readonly places: HeldPlace[]; readonly seen?: SeenPlaces };

async function decideAndSave(
  ports: Ports,
  loaded: Omit<Loaded, 'version'> & { readonly version: string | undefined },
  told: Event,
  now: Instant,
  plan: Plan,
  lost: Lost,
): Promise<Applied | undefined> {
  const event = unlessReadByPerson(loaded.state, told);
  const { decision, taken } = await decidePlaced(ports, loaded.state, event, now, plan, lost.seen);
  if (taken) lost.places.push(taken);
  for (const news of newsOf(event, loaded.state, decision.state, decision.answer === 'applied', now)) {
    await announce(ports, news);
  }
  for (const effect of decision.effects) {
    if (effect.kind === 'send-letter') continue;
    if (effect.kind === 'add-task') lost.tasks.add(effect.task.id);
    await carryOut(ports, loaded.state.contactId, effect);
  }
  const sendLetter = decision.effects.find((effect) => effect.kind === 'send-letter');
  const [before, after] = [loaded.state.enrollment, decision.state.enrollment];
  // Nothing slow may follow a claim; and the place that a late one leaves is one of a day gone by.
  const left: Room | undefined = sendLetter
    ? undefined
    : {
        places: placesLeft(before, after, plan),
        slots: await slotsLeft(ports, before, after, isDeclining(event)),
      };
  let saved: Loaded | undefined;
  if (decision.state !== loaded.state) {
    if (left) await watch(ports, left, now);
    const writeId = ports.ids.fresh();
    const answer = await ports.store.saveState(decision.state, loaded.version, writeId);
    if (answer === 'conflict') return undefined;
    saved = { state: decision.state, version: writeId };
  }
  for (const effect of decision.effects) if (effect.kind === 'add-task') lost.tasks.delete(effect.task.id);
  for (const taskId of lost.tasks) await closeTask(ports, loaded.state.contactId, taskId);
  if (left) {
    await freePlaces(ports, after, plan, [...left.places, ...lost.places]);
    await freeSlots(ports, left.slots);
  }
  return {
    answer: decision.answer,
    state: decision.state,
    ...(saved ? { saved } : {}),
    ...(sendLetter ? { sendLetter } : {}),
  };
}

type Room = { readonly places: readonly HeldPlace[]; readonly slots: readonly HeldSlot[] };

/** Before the save: should this run die after it, reconcile finds what it would have given back. */
async function watch(ports: Ports, { places, slots }: Room, now: Instant): Promise<void> {
  const lookAt = lookAtPlace(now);
  for (const { senderId, place, holder } of places)
    await ports.store.watchPlace(senderId, place.day, holder, lookAt);
  for (const { senderId, at, holder } of slots) await ports.store.watchSlot(senderId, at, holder, lookAt);
}

const isDeclining = (event: Event): boolean =>
  event.kind === 'replied' && event.says?.intent === 'not-interested';

/** Evidence of an older walk still makes its SES id lead home; nothing else of it moves anything. */
async function aboutOlderWalk(
  ports: Ports,
  state: ContactState,
  enrollmentId: EnrollmentId,
  event: Event,
): Promise<Applied> {
  if (event.kind === 'step-sent') {
    const { step, sesId } = event;
    const at = ports.clock.now();
    await carryOut(ports, state.contactId, { kind: 'record-sent', enrollmentId, step, sesId, at });
  }
  return { answer: 'ignored', state };
}
