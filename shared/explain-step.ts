/**
 * "Next letter: why then?" for a walk as it stands, and the whole plan of contacts before their launch. Both ask the
 * very functions that plan and send (DESIGN §4); nothing is written.
 */
import type { Reason } from './domain/because.ts';
import { type Campaign, overridesOf } from './domain/campaign.ts';
import type { Contact } from './domain/contact.ts';
import type { ContactState, OpenEnrollment } from './domain/enrollment/state.ts';
import { isUndated } from './domain/enrollment/wake.ts';
import { type EnrollmentId, enrollmentIdOf, readEnrollmentId } from './domain/ids.ts';
import { epochMs, type Instant } from './domain/instant.ts';
import { type Places, placeAt, withFreed } from './domain/place.ts';
import { limitsOf, type Sender } from './domain/sender.ts';
import type { Sequence } from './domain/sequence.ts';
import { loadCalendar } from './domain/time/calendar.ts';
import { isoDateOf } from './domain/time/days.ts';
import { loadDuty } from './domain/time/duty.ts';
import { explainNextLetter } from './domain/time/next-letter.ts';
import { type PreviewStep, previewSchedule } from './domain/time/preview.ts';
import { wallAt } from './domain/time/wall.ts';
import { loadKnown } from './known-walk.ts';
import type { Ports } from './ports.ts';

/** Beyond that nobody plans a launch, and one batch of reads is enough. */
const DAYS_READ = 90;

export type NextStep = {
  readonly step: number;
  /** The moment that the timer is set for; absent while something holds it without a date. */
  readonly at?: Instant;
  readonly reasons: readonly Reason[];
  /** The prospect's, and the sender's. */
  readonly zone: string;
  readonly senderZone: string;
};

/** `undefined` where nothing is planned: the walk has ended, or its letter is on the way. */
export async function explainNext(
  ports: Ports,
  state: ContactState,
  walk: OpenEnrollment,
): Promise<NextStep | undefined> {
  const { letter } = walk;
  if (letter.kind !== 'planned') return undefined;
  const { plan, sender, contact } = await loadKnown(ports, walk);
  const about = { step: letter.step, zone: contact.zone, senderZone: sender.zone };
  const holding = walk.holds.find(isUndated);
  if (holding) return { ...about, reasons: [{ rule: 'held', args: { hold: holding.kind } }] };
  const now = ports.clock.now();
  const isLetter = plan.steps[letter.step]?.kind === 'letter';
  const places = isLetter ? await placesFrom(ports, sender, now) : undefined;
  const { overrides } = plan;
  const found = explainNextLetter({
    walkId: walk.id,
    steps: plan.steps,
    step: letter.step,
    from: walk.sent.at(-1)?.at ?? now,
    now,
    calendar: plan.calendar,
    heldUntil: walk.holds.flatMap(({ until }) => (until === undefined ? [] : [until])),
    duty: plan.duty,
    // Its own place is no reason against itself.
    places: places && withFreed(places, placeAt(places.zone, letter.dueAt)),
    ...(overrides ? { overrides } : {}),
  });
  // What it was planned by may look different now: a gate was closed, a place is gone. Then what was said at the time counts.
  const reasons = found.at === letter.dueAt ? found.reasons : recordedFor(state, letter.dueAt);
  return { ...about, at: letter.dueAt, reasons };
}

/** What was written down when the letter got its moment. */
function recordedFor(state: ContactState, dueAt: Instant): readonly Reason[] {
  const planned = state.because.findLast(({ rule, args }) => rule === 'planned' && args?.due === dueAt);
  return state.because
    .filter(({ at }) => at === (planned ?? state.because.at(-1))?.at)
    .map(({ at: _, ...reason }) => reason);
}

/** Every step of each contact if nobody answers, by contact; in the order of `contacts`. */
export async function planContacts(
  ports: Ports,
  contacts: readonly Contact[],
  parts: { readonly sender: Sender; readonly sequence: Sequence } & Pick<Campaign, 'seasons'>,
): Promise<readonly (readonly PreviewStep[])[]> {
  const { sender, sequence } = parts;
  const launchAt = ports.clock.now();
  const known = await Promise.all(
    contacts.map(async (contact) => ({
      walkId: await nextWalkId(ports, contact),
      calendar: await loadCalendar(contact),
      ...(contact.grade ? { grade: contact.grade } : {}),
    })),
  );
  const { steps } = previewSchedule({
    steps: sequence.steps,
    contacts: known,
    launchAt,
    duty: await loadDuty(sender),
    places: await placesFrom(ports, sender, launchAt),
    overrides: overridesOf(parts),
  });
  return known.map(({ walkId }) => steps.filter((one) => one.walkId === walkId));
}

/** The minute hangs on the walk's id: the one that a launch would begin. */
async function nextWalkId(ports: Ports, { id }: Contact): Promise<EnrollmentId> {
  const current = (await ports.store.loadState(id))?.state.enrollment;
  return enrollmentIdOf(id, (current ? (readEnrollmentId(current.id)?.n ?? 0) : 0) + 1);
}

async function placesFrom(ports: Ports, sender: Sender, now: Instant): Promise<Places | undefined> {
  const limits = limitsOf(sender);
  if (limits.perDay < 1 || limits.perHour < 1) return undefined;
  const today = wallAt(sender.zone, epochMs(now)).day;
  const days = Array.from({ length: DAYS_READ }, (_, n) => isoDateOf(today + n));
  return { zone: sender.zone, limits, taken: await ports.store.readPlaces(sender.id, days) };
}
