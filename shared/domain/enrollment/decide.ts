/**
 * The state machine. Pure and total: every event on every state has an answer, a next state and its reasons. It
 * never asks what time it is, draws nothing and calls nobody; `shared/engine.ts` carries its orders out.
 */
import type { Because } from '../because.ts';
import { type ContactId, enrollmentIdOf } from '../ids.ts';
import { type Instant, msBetween } from '../instant.ts';
import { nextStep } from '../sequence.ts';
import { afterDelay } from '../time/plan.ts';
import * as approval from './approval.ts';
import { refusedHoldId } from './approval-hold.ts';
import type { Effect } from './effect.ts';
import type { Event, SendingEvent } from './event.ts';
import * as mails from './mails.ts';
import { taskClosed } from './outcomes.ts';
import * as persons from './persons.ts';
import { planStep, timer } from './planning.ts';
import { withReadByPerson } from './read-by-person.ts';
import * as replies from './replies.ts';
import * as sending from './sending.ts';
import type { ContactState } from './state.ts';
import { stepPostponed } from './step-task.ts';
import { withinLedger, withTouches } from './touches.ts';
import { applied, type Decision, ignored, newTask, type Plan, type Turn } from './turn.ts';
import { isUndated, ORPHANED_CLAIM_MS, TIMER_LATE_MS, UNDECIDED_MS, UNREAD_MS } from './wake.ts';
import { withdrawn } from './withdraw.ts';

/** How many reasons the state item keeps; older ones become timeline items. */
export const BECAUSE_KEPT = 16;

export const freshState = (contactId: ContactId): ContactState => ({
  contactId,
  standing: { kind: 'open' },
  because: [],
  becauseCount: 0,
});

export function decide(state: ContactState, event: Event, now: Instant, plan: Plan): Decision {
  const told = withTouches(state, event, turnOf(state, event, now, plan), now);
  const turn = approval.withApproval(told, now, plan);
  const because = turn.reasons.map((reason): Because => ({ at: now, ...reason }));
  if (turn.answer !== 'applied') return { ...turn, because };
  return { ...turn, because, ...remembered(turn, because) };
}

function turnOf(state: ContactState, event: Event, now: Instant, plan: Plan): Turn {
  switch (event.kind) {
    case 'enrolled':
      return enrolled(state, event, now, plan);
    case 'step-due':
      return withinLedger(state, sending.stepDue(state, event, now, plan), event.step, now, plan);
    case 'step-postponed':
      return stepPostponed(state, event, now, plan);
    case 'gate-closed':
    case 'claim-expired':
    case 'send-refused':
      return sending.release(state, event, now, plan);
    case 'send-failed':
      return sending.sendFailed(state, event, now);
    case 'send-unknown':
      return sending.sendUnknown(state, event, now);
    case 'letter-invalid':
      return letterInvalid(state, event, now, plan);
    case 'step-sent':
      return sending.stepSent(state, event, now, plan);
    case 'mail-arrived':
      return mails.mailArrived(state, event, now);
    case 'replied':
      return replies.replied(state, event, now);
    case 'absent':
      return mails.absent(state, event, now, plan);
    case 'auto-replied':
      return mails.noted(state, event.mail, now, plan, { rule: 'auto-reply' });
    case 'address-changed':
      return replies.addressChanged(state, event, now, plan);
    case 'mail-noted':
      return mails.noted(state, event.mail, now, plan, { rule: 'mail-noted', args: { mail: event.what } });
    case 'unsubscribed':
      return mails.unsubscribed(state, now);
    case 'left-company':
      return replies.leftCompany(state, event, now);
    case 'bounced':
      return mails.bounced(state, event, now, plan);
    case 'complained':
      return mails.complained(state, now);
    case 'answered-by-sender':
      return mails.answeredBySender(state, event, now);
    case 'mail-unverified':
      return mails.unverified(state, event, now);
    case 'reading-corrected':
      return corrected(state, event, now, plan);
    case 'held':
      return persons.held(state, event, now, plan);
    case 'released':
      return persons.released(state, event.holdId, now, plan);
    case 'gate-opened':
      return persons.gateOpened(state, event, now, plan);
    case 'approved':
      return approval.approved(state, event, now, plan);
    case 'letter-changed':
      return approval.letterChanged(state, event);
    case 'letter-edited':
      return approval.letterEdited(state, event);
    case 'declined':
      return approval.declined(state, event, now, plan);
    case 'stopped-by-person':
      return persons.stoppedBy(state, 'by-person', now, { rule: 'stopped-by-person' });
    case 'transferred':
      return persons.transferred(state, event);
    case 'resumed':
      return persons.resumed(state, now, plan);
    case 'suppressed':
      return mails.suppressed(state, event.why, 'by-person', now, {
        rule: 'suppressed',
        args: { why: event.why },
      });
    case 'unsuppressed':
      return persons.unsuppressed(state);
    case 'decided':
      return sending.decided(state, event, now, plan);
    case 'task-closed':
      return taskClosed(state, event, now, plan);
    case 'reconciled':
      return reconciled(state, now);
    default:
      return event satisfies never;
  }
}

type Of<Kind extends SendingEvent['kind']> = Extract<SendingEvent, { kind: Kind }>;

function enrolled(state: ContactState, event: Of<'enrolled'>, now: Instant, plan: Plan): Turn {
  const before = state.enrollment;
  const id = enrollmentIdOf(state.contactId, event.n);
  if (before?.id === id) {
    const again =
      before.kind === 'open' && before.letter.kind === 'planned' ? [timer(id, before.letter)] : [];
    return ignored(state, { rule: 'enrolled' }, again);
  }
  if (state.standing.kind === 'suppressed') {
    return ignored(state, { rule: 'suppressed', args: { why: state.standing.why } });
  }
  if (before?.kind === 'open') return ignored(state, { rule: 'enrolled' });
  const step = nextStep(plan.steps, 0, plan.who?.grade);
  const first = plan.steps[step];
  if (!first) return ignored(state, { rule: 'finished' });
  const planned = planStep(id, step, afterDelay(plan.calendar, now, first.delay), plan);
  const { campaignId, senderId } = event;
  const kept: Effect[] = before ? [{ kind: 'keep-walk', walk: before }] : [];
  return applied(
    state,
    { kind: 'open', id, campaignId, senderId, sent: [], letter: planned.letter, holds: [] },
    [{ rule: 'enrolled' }, ...planned.reasons],
    [...kept, ...planned.effects],
  );
}

/** One decision for both halves: a crash must not leave a sequence open that a corrected reply should stop. */
function corrected(
  state: ContactState,
  event: Extract<Event, { kind: 'reading-corrected' }>,
  now: Instant,
  plan: Plan,
): Turn {
  const keepsEnd = event.othersStand === true && state.enrollment?.kind === 'ended';
  const back = keepsEnd
    ? ignored(state, { rule: 'corrected', args: { was: event.was } })
    : withdrawn(state, event.was, event.now.mail, now, plan);
  const turn = turnOf(back.state, event.now, now, plan);
  const isChanged = back.answer === 'applied' || turn.answer === 'applied';
  return {
    answer: isChanged ? 'applied' : 'ignored',
    state: withReadByPerson(turn.state, event.now.mail),
    reasons: [...back.reasons, ...turn.reasons],
    // Timers of a walk that the second half ended again are stale and ignored when they fire.
    effects: [...back.effects, ...undone(state, event, turn), ...turn.effects],
  };
}

/** What the wrong reading asked of the salesperson is no work any more, unless the right one asks it too. */
function undone(
  state: ContactState,
  { messageId }: Extract<Event, { kind: 'reading-corrected' }>,
  turn: Turn,
): readonly Effect[] {
  const walk = state.enrollment;
  if (!walk || !messageId) return [];
  const except = turn.effects.flatMap((effect) => (effect.kind === 'add-task' ? [effect.task.id] : []));
  return [{ kind: 'close-tasks', enrollmentId: walk.id, except, messageId }];
}

/** The letter waits, undated, for a person: wrong words are worse than late ones. */
function letterInvalid(state: ContactState, event: Of<'letter-invalid'>, now: Instant, plan: Plan): Turn {
  const walk = state.enrollment;
  const isPlanned =
    walk?.kind === 'open' && walk.letter.kind === 'planned' && walk.letter.step === event.step;
  if (!isPlanned) return ignored(state, { rule: 'stale-timer' });
  const id = refusedHoldId(event.step);
  const alert = sending.sendingAlert(state, 'letter-failed', id, now, event.rule);
  const task = newTask(walk, state, now, { kind: 'decide', cause: id, dueAt: now, text: event.rule });
  const turn = persons.held(state, { kind: 'held', hold: { id, kind: 'approval' } }, now, plan);
  return { ...turn, effects: [{ kind: 'add-task', task }, { kind: 'raise-alert', alert }, ...turn.effects] };
}

/** The safety net: whatever was lost on the way (a timer, a mark, a reading) is noticed here. */
function reconciled(state: ContactState, now: Instant): Turn {
  const walk = state.enrollment;
  const nothing = ignored(state, { rule: 'stale-timer' });
  if (!walk) return nothing;
  const unread = walk.kind === 'open' ? walk.holds.filter((hold) => hold.kind === 'inbound') : [];
  const requeued = unread
    .filter((hold) => msBetween(hold.since, now) >= UNREAD_MS)
    .map((hold): Effect => ({ kind: 'requeue-mail', mail: hold.id.slice('mail:'.length) }));
  const { letter } = walk;
  if (letter?.kind === 'sending' && msBetween(letter.claimedAt, now) >= ORPHANED_CLAIM_MS) {
    const turn = sending.toUnknown(state, letter, now, { rule: 'orphaned-claim' });
    return { ...turn, effects: [...requeued, ...turn.effects] };
  }
  if (letter?.kind === 'unknown' && !letter.asked && walk.kind === 'open') {
    if (msBetween(letter.since, now) < UNDECIDED_MS) return nothing;
    const alert = sending.sendingAlert(state, 'needs-decision', letter.claim, now);
    const task = sending.decideTask(walk, state, letter.claim, now);
    const reason = { rule: 'needs-decision', args: { step: letter.step } } as const;
    return applied(
      state,
      { ...walk, letter: { ...letter, asked: true } },
      [reason],
      [...requeued, { kind: 'add-task', task }, { kind: 'raise-alert', alert }],
    );
  }
  if (requeued.length > 0) return ignored(state, { rule: 'unread' }, requeued);
  const isLost =
    walk.kind === 'open' &&
    walk.letter.kind === 'planned' &&
    !walk.holds.some(isUndated) &&
    msBetween(walk.letter.dueAt, now) >= TIMER_LATE_MS;
  return isLost && walk.letter.kind === 'planned'
    ? ignored(state, { rule: 'timer-lost' }, [timer(walk.id, walk.letter)])
    : nothing;
}

/** Keeps the newest reasons on the item; the ones pushed out are put away before the save that drops them. */
function remembered(turn: Turn, because: readonly Because[]): Pick<Decision, 'state' | 'effects'> {
  const all = [...turn.state.because, ...because];
  const dropped = all.slice(0, Math.max(0, all.length - BECAUSE_KEPT));
  const firstNumber = turn.state.becauseCount - turn.state.because.length;
  const walk = turn.state.enrollment;
  const kept: Effect[] = walk
    ? dropped.map((one, index) => ({
        kind: 'keep-because',
        enrollmentId: walk.id,
        number: firstNumber + index,
        because: one,
      }))
    : [];
  return {
    state: {
      ...turn.state,
      because: all.slice(-BECAUSE_KEPT),
      becauseCount: turn.state.becauseCount + because.length,
    },
    effects: [...kept, ...turn.effects],
  };
}
