/** What people say: hold, release, stop, resume, open a gate again. */
import type { Reason } from '../because.ts';
import { type Instant, msBetween, plus } from '../instant.ts';
import { nextStep } from '../sequence.ts';
import { isApprovalHold } from './approval-hold.ts';
import type { Effect } from './effect.ts';
import type { PersonEvent } from './event.ts';
import { planNext, planSoonest, settle } from './planning.ts';
import { decideTask } from './sending.ts';
import type { ContactState, EndedEnrollment, Hold, OpenEnrollment, StopReason } from './state.ts';
import { applied, ended, ignored, type Plan, type Turn } from './turn.ts';
import { isUndated } from './wake.ts';

type Of<Kind extends PersonEvent['kind']> = Extract<PersonEvent, { kind: Kind }>;

export function held(state: ContactState, event: Of<'held'>, now: Instant, plan: Plan): Turn {
  const walk = state.enrollment;
  if (walk?.kind !== 'open') return ignored(state, { rule: 'meanwhile-ended' });
  const others = walk.holds.filter((hold) => hold.id !== event.hold.id);
  const before = walk.holds.find((hold) => hold.id === event.hold.id);
  const hold: Hold = { ...event.hold, since: before?.since ?? now };
  const settled = settle({ ...walk, holds: [...others, hold] }, now, plan);
  const reason: Reason = { rule: 'held', args: { hold: hold.kind } };
  return applied(state, settled.walk, [reason, ...settled.reasons], settled.effects);
}

/** A person's hold gives back the days that it took; the others only say "from now on". */
export function released(state: ContactState, holdId: string, now: Instant, plan: Plan): Turn {
  const walk = state.enrollment;
  const hold = walk?.kind === 'open' ? walk.holds.find((one) => one.id === holdId) : undefined;
  // Who lets a letter go says which words they have seen: see `approval.ts`.
  const wantsWords = plan.wantsApproval && isApprovalHold(holdId);
  if (walk?.kind !== 'open' || !hold || wantsWords)
    return ignored(state, { rule: 'hold-ended', args: { hold: holdId } });
  const free: OpenEnrollment = { ...walk, holds: walk.holds.filter((one) => one.id !== holdId) };
  const reason: Reason = { rule: 'hold-ended', args: { hold: hold.kind } };
  const givesBack = hold.kind === 'person' && isUndated(hold);
  const settled = givesBack ? givenBack(free, hold.since, now, plan) : settle(free, now, plan);
  return applied(state, settled.walk, [reason, ...settled.reasons], settled.effects);
}

/** `now + (dueAt − since)`: what was left of the wait when it was interrupted. */
function givenBack(walk: OpenEnrollment, since: Instant, now: Instant, plan: Plan) {
  if (walk.letter.kind !== 'planned') return settle(walk, now, plan);
  const { firstDueAt, dueAt } = walk.letter;
  const leftMs = Math.max(0, msBetween(since, firstDueAt ?? dueAt));
  const again = planSoonest(walk.id, walk.letter.step, plus(now, leftMs), plan);
  return settle({ ...walk, letter: again.letter }, again.letter.dueAt, plan);
}

export function gateOpened(state: ContactState, event: Of<'gate-opened'>, now: Instant, plan: Plan): Turn {
  const walk = state.enrollment;
  const reason: Reason = { rule: 'gate-opened', args: { gate: event.gate } };
  if (walk?.kind !== 'open' || (walk.pauseGiven && walk.pauseGiven >= event.since))
    return ignored(state, reason);
  const given: OpenEnrollment = { ...walk, pauseGiven: event.since };
  const settled =
    event.gate === 'campaign' ? givenBack(given, event.since, now, plan) : settle(given, now, plan);
  return applied(state, settled.walk, [reason, ...settled.reasons], settled.effects);
}

export function stoppedBy(state: ContactState, why: StopReason, now: Instant, reason: Reason): Turn {
  const walk = state.enrollment;
  if (walk?.kind !== 'open') return ignored(state, { rule: 'meanwhile-ended' });
  const closed: Effect = { kind: 'close-tasks', enrollmentId: walk.id, except: [] };
  return applied(state, ended(walk, why, now), [reason], [closed]);
}

/** Their walk stays as it ended: only a new campaign writes to them. Who asked to be forgotten is not brought back. */
export function unsuppressed(state: ContactState): Turn {
  const { standing } = state;
  const reason: Reason = { rule: 'unsuppressed' };
  if (standing.kind !== 'suppressed' || standing.why === 'erased') return ignored(state, reason);
  const args = { why: standing.why };
  return applied({ ...state, standing: { kind: 'open' } }, state.enrollment, [{ ...reason, args }]);
}

const FINAL: readonly StopReason[] = ['unsubscribed', 'complained', 'bounced'];

/** Only a person undoes an end, and never one that the prospect (or their mail server) meant for good. */
export function resumed(state: ContactState, now: Instant, plan: Plan): Turn {
  const walk = state.enrollment;
  const cannot = ignored(state, { rule: 'meanwhile-ended' });
  if (walk?.kind !== 'ended' || state.standing.kind === 'suppressed') return cannot;
  if (walk.end.kind === 'stopped' && FINAL.includes(walk.end.why)) return cannot;
  const open = reopened(state, walk, now, plan);
  return open ? applied(state, open.walk, [{ rule: 'resumed' }, ...open.reasons], open.effects) : cannot;
}

/** The walk at its next unsent step, or with the letter of which nobody knows yet; `undefined` where none is left. */
export function reopened(state: ContactState, walk: EndedEnrollment, now: Instant, plan: Plan) {
  const { id, campaignId, senderId, sent, hasOwnLetters } = walk;
  const again = { kind: 'open', id, campaignId, senderId, sent, holds: [] } as const;
  const own = hasOwnLetters ? { hasOwnLetters } : {};
  if (walk.letter) {
    const open: OpenEnrollment = { ...again, ...own, letter: walk.letter };
    const { letter } = walk;
    // Whoever was asked whether it went was told by the end that it is no matter any more.
    const asking: Effect[] =
      letter.kind === 'unknown' && letter.asked
        ? [{ kind: 'add-task', task: decideTask(walk, state, letter.claim, now), again: true }]
        : [];
    return { walk: open, reasons: [], effects: asking };
  }
  const from = walk.sent.reduce((next, one) => Math.max(next, one.step + 1), 0);
  const step = nextStep(plan.steps, from, plan.who?.grade);
  const last = walk.sent.at(-1);
  if (!plan.steps[step]) return undefined;
  const planned =
    (last && planNext(walk.id, step, last.at, now, plan)) ?? planSoonest(walk.id, step, now, plan);
  const open: OpenEnrollment = { ...again, ...own, letter: planned.letter };
  return { walk: open, reasons: planned.reasons, effects: planned.effects };
}

/** Its letter's moment stands, and the reply address leads to the enrollment, whoever writes. */
export function transferred(state: ContactState, { from, to }: Of<'transferred'>): Turn {
  const walk = state.enrollment;
  const reason: Reason = { rule: 'transferred', args: { from, to } };
  return walk?.senderId === from
    ? applied(state, { ...walk, senderId: to }, [reason])
    : ignored(state, reason);
}
