/**
 * Places and meeting hours that died with a run. Whoever takes or leaves one has it watched first; an hour later, when
 * nothing of that run can still write, what the walk says is compared with what it holds, and the rest is given back.
 */
import { placeOf } from './decide-placed.ts';
import type { Enrollment } from './domain/enrollment/state.ts';
import type { ContactId, EnrollmentId, TaskId } from './domain/ids.ts';
import type { Instant } from './domain/instant.ts';
import { placeAt } from './domain/place.ts';
import { findWalk } from './find-walk.ts';
import { type Ground, loadGround } from './known-walk.ts';
import { isLost, slotsOf } from './offer-slots.ts';
import type { Watched } from './place-store.ts';
import type { Ports } from './ports.ts';
import { holdsWhatsappPlace, readWhatsappHolder } from './put-task.ts';

/** Days and hours looked at in one run; what is left waits a quarter of an hour. */
const WATCHED_MAX = 500;

/** Answers how many came back, or would have: to give back what was given back already changes nothing. */
export async function giveBackForgotten(ports: Ports, now: Instant): Promise<number> {
  const groundOf = groundKeeper(ports);
  const failures: unknown[] = [];
  let given = 0;
  for (const watched of await ports.store.listWatched(now, WATCHED_MAX)) {
    try {
      given +=
        watched.kind === 'slot'
          ? await lookAtSlot(ports, watched)
          : await lookAtDay(ports, watched, now, groundOf);
      await ports.store.unwatch(watched, now);
    } catch (error) {
      // One that fails, whatever the reason, must not keep those behind it for ever.
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new Error(`${failures.length} watched places failed`, { cause: failures[0] });
  return given;
}

type GroundOf = (walk: Enrollment) => Promise<Ground>;

async function lookAtDay(
  ports: Ports,
  { senderId, day, seen }: Extract<Watched, { kind: 'places' }>,
  now: Instant,
  groundOf: GroundOf,
): Promise<number> {
  // Whoever came again since is under way.
  const busy = new Set(seen.filter(({ lookAt }) => lookAt > now).map(({ holder }) => holder));
  const asked = new Set(seen.map(({ holder }) => holder).filter((holder) => !busy.has(holder)));
  let given = 0;
  for (const holder of asked) {
    const whatsapp = readWhatsappHolder(holder);
    const isHeld = whatsapp
      ? await isTaskPlace(ports, whatsapp, day)
      : await isLetterPlace(ports, { senderId, day, holder }, groundOf);
    if (isHeld) continue;
    await ports.store.releasePlace(senderId, day, holder);
    given += 1;
  }
  return given;
}

async function isTaskPlace(
  ports: Ports,
  { contactId, taskId }: { readonly contactId: ContactId; readonly taskId: TaskId },
  day: string,
): Promise<boolean> {
  const task = await ports.store.load('task', contactId, taskId);
  return task !== undefined && task.placeDay === day && holdsWhatsappPlace(task);
}

async function isLetterPlace(
  ports: Ports,
  {
    senderId,
    day,
    holder,
  }: Pick<Extract<Watched, { kind: 'places' }>, 'senderId' | 'day'> & { holder: string },
  groundOf: GroundOf,
): Promise<boolean> {
  const { walkId, step } = readHolder(holder);
  const walk = (await findWalk(ports, walkId))?.walk;
  const sent = walk?.sent.find((one) => one.step === step);
  if (!walk || (!sent && walk.letter?.step !== step)) return false;
  const { sequence, sender } = await groundOf(walk);
  // A letter that went has used its place.
  if (sent) return placeAt(sender.zone, sent.at).day === day;
  const held = placeOf(walk, { steps: sequence.steps, senderZone: sender.zone });
  return held?.senderId === senderId && held.place.day === day;
}

async function lookAtSlot(ports: Ports, slot: Extract<Watched, { kind: 'slot' }>): Promise<number> {
  if (await isOffered(ports, slot)) return 0;
  await ports.store.releaseSlot(slot.senderId, slot.at, slot.holder, slot.lookAt);
  return 1;
}

async function isOffered(ports: Ports, { at, holder, isLeft }: Extract<Watched, { kind: 'slot' }>) {
  const { walkId, step } = readHolder(holder);
  const walk = (await findWalk(ports, walkId))?.walk;
  if (!walk || (walk.kind === 'ended' && (isLeft || isLost(walk)))) return false;
  // What has gone, or may have, offers the hour that stood in it: another run's record may have landed over that since.
  if (walk.sent.some((one) => one.step === step)) return true;
  if (walk.letter?.step !== step) return false;
  return walk.letter.kind !== 'planned' || (await slotsOf(ports, walkId, step)).some((one) => one.at === at);
}

/** The inverse of `spreadKey`. */
function readHolder(holder: string): { readonly walkId: EnrollmentId; readonly step: number } {
  const at = holder.lastIndexOf('-');
  return { walkId: holder.slice(0, at) as EnrollmentId, step: Number(holder.slice(at + 1)) };
}

/** Reads campaign, sequence and sender once a run. */
function groundKeeper(ports: Ports): GroundOf {
  const known = new Map<string, Promise<Ground>>();
  return ({ campaignId, senderId }) => {
    const key = `${campaignId} ${senderId}`;
    const ground = known.get(key) ?? loadGround(ports, campaignId, senderId);
    known.set(key, ground);
    return ground;
  };
}
