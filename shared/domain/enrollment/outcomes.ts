/** What a closed task says to the sequence: who was reached, who was not, and what is tried next. */
import type { Reason } from '../because.ts';
import { DAY, type Instant, latest, plus } from '../instant.ts';
import { afterDelay, planTouch } from '../time/plan.ts';
import type { PersonEvent } from './event.ts';
import { stoppedBy } from './persons.ts';
import { settle } from './planning.ts';
import type { ContactState, Enrollment } from './state.ts';
import { withoutPhone } from './step-task.ts';
import { applied, ignored, newTask, type Plan, type Turn } from './turn.ts';

type Closed = Extract<PersonEvent, { kind: 'task-closed' }>;

/** After a WhatsApp the next letter waits a week: two channels at once are a pest. */
const AFTER_WHATSAPP_MS = 7 * DAY;
const AFTER_CALL = { workingDays: 2 } as const;

export function taskClosed(state: ContactState, event: Closed, now: Instant, plan: Plan): Turn {
  const walk = state.enrollment;
  const reason: Reason = { rule: 'task-closed', args: { outcome: event.outcome } };
  if (!walk) return ignored(state, reason);
  switch (event.outcome) {
    case 'answered':
    case 'spoke':
      if (walk.kind === 'ended' && walk.end.kind === 'finished') {
        return applied(state, { ...walk, end: { kind: 'stopped', why: 'answered-elsewhere' } }, [reason]);
      }
      return stoppedBy(state, 'answered-elsewhere', now, { rule: 'answered-elsewhere' });
    case 'not-on-whatsapp':
      return ignored(state, reason, [callTask(state, event, nextDaytime(now, plan), now)]);
    case 'sent':
      return notBefore(state, plus(now, AFTER_WHATSAPP_MS), reason, plan);
    case 'no-answer':
      return notBefore(state, afterDelay(plan.calendar, now, AFTER_CALL), reason, plan);
    case 'call-back-at':
      return calledBack(state, event, now, reason, plan);
    case 'wrong-number':
      return wrongNumber(state, event, now, reason, plan);
    default:
      return ignored(state, reason);
  }
}

/** The next letter goes no earlier than `earliest`, and never earlier than it would have gone. */
function notBefore(state: ContactState, earliest: Instant, reason: Reason, plan: Plan): Turn {
  const walk = state.enrollment;
  if (walk?.kind !== 'open' || walk.letter.kind !== 'planned') return ignored(state, reason);
  const settled = settle(walk, latest(walk.letter.dueAt, earliest), plan);
  return applied(state, settled.walk, [reason, ...settled.reasons], settled.effects);
}

/** They, or whoever took the call, named the hour: it is kept to, and letters wait until it has passed. */
function calledBack(state: ContactState, event: Closed, now: Instant, reason: Reason, plan: Plan): Turn {
  const at = event.callBackAt ?? nextDaytime(now, plan);
  const turn = notBefore(state, afterDelay(plan.calendar, at, AFTER_CALL), reason, plan);
  return { ...turn, effects: [callTask(state, event, at, now), ...turn.effects] };
}

/** The next number that is known, or another way where they are worth the search. A stand-in's is nobody else's. */
function wrongNumber(state: ContactState, event: Closed, now: Instant, reason: Reason, plan: Plan): Turn {
  const walk = state.enrollment;
  const other = plan.who?.phones.find((phone) => phone !== event.phone);
  if (!walk || isStopped(walk)) return ignored(state, reason);
  if (other && event.person === undefined) {
    return ignored(state, reason, [callTask(state, { ...event, phone: other }, nextDaytime(now, plan), now)]);
  }
  if (other) return ignored(state, reason);
  const instead = withoutPhone(state, walk, now, plan);
  return ignored(state, reason, instead.effects);
}

const isStopped = (walk: Enrollment): boolean => walk.kind === 'ended' && walk.end.kind === 'stopped';

function callTask(state: ContactState, event: Closed, dueAt: Instant, now: Instant) {
  const walk = state.enrollment;
  if (!walk) throw new Error('A task of no enrollment');
  const { taskId, phone, person } = event;
  const task = newTask(walk, state, now, { kind: 'call', cause: taskId, dueAt, phone, person });
  return { kind: 'add-task', task } as const;
}

const nextDaytime = (now: Instant, plan: Plan): Instant =>
  planTouch({ calendar: plan.calendar, earliest: now, senderZone: plan.senderZone }).at;
