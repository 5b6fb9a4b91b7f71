/** A task step, when it is due: whom to call or write to, or what is done instead where no number is known. */
import type { Reason } from '../because.ts';
import type { Instant } from '../instant.ts';
import type { TaskStep } from '../sequence.ts';
import { isForGrade } from '../sequence.ts';
import type { Task } from '../task.ts';
import { planTouch } from '../time/plan.ts';
import type { Effect } from './effect.ts';
import type { SendingEvent } from './event.ts';
import { planSoonest, settle } from './planning.ts';
import type { ContactState, Enrollment, OpenEnrollment } from './state.ts';
import { channelFreeAt, hasUnansweredWhatsapp } from './touches.ts';
import { applied, ignored, newTask, type Plan, type Turn } from './turn.ts';

type Made = { readonly effects: readonly Effect[]; readonly reasons: readonly Reason[] };

/** At most one task. Its id hangs on the step: a timer that fires twice makes one. */
export function stepTask(
  state: ContactState,
  walk: OpenEnrollment,
  step: TaskStep & { readonly index: number },
  now: Instant,
  plan: Plan,
): Made {
  // The grade may have changed since the step was planned.
  if (!isForGrade(step, plan.who?.grade)) return { effects: [], reasons: [] };
  const cause = `step-${step.index}`;
  if (step.channel === 'custom') {
    return made(newTask(walk, state, now, { kind: 'custom', cause, dueAt: now, text: step.text }));
  }
  const phone = plan.who?.phones[0];
  if (plan.who && !phone) return withoutPhone(state, walk, now, plan);
  const isRepeat = step.channel === 'whatsapp' && hasUnansweredWhatsapp(state);
  const kind = isRepeat ? 'call' : step.channel;
  const free = channelFreeAt(state, kind, now, plan);
  const { at: dueAt } = planTouch({
    calendar: plan.calendar,
    earliest: free.at,
    senderZone: plan.senderZone,
    spread: `${walk.id}-${step.index}`,
  });
  const task = newTask(walk, state, now, { kind, cause, dueAt, phone, text: step.text });
  const why: Reason[] = isRepeat ? [{ rule: 'whatsapp-unanswered' }] : [];
  return made(task, [...why, ...(free.reason ? [free.reason] : [])]);
}

/** Asked for once a walk, however many steps would call. The many are not worth the search. */
export function withoutPhone(state: ContactState, walk: Enrollment, now: Instant, plan: Plan): Made {
  const grade = plan.who?.grade;
  const why: Reason = { rule: 'no-phone' };
  if (grade !== 'A' && grade !== 'B') return { effects: [], reasons: [why] };
  const task = newTask(walk, state, now, { kind: 'find-another-way', cause: 'no-phone', dueAt: now });
  return made(task, [why]);
}

const made = (task: Task, why: readonly Reason[] = []): Made => ({
  effects: [{ kind: 'add-task', task }],
  reasons: [...why, { rule: 'task-made', args: { task: task.kind } }],
});

/** Behind a closed gate a task waits like a letter; what a pause gives back counts from when it was first due. */
export function stepPostponed(
  state: ContactState,
  event: Extract<SendingEvent, { kind: 'step-postponed' }>,
  _now: Instant,
  plan: Plan,
): Turn {
  const walk = state.enrollment;
  const letter = walk?.letter;
  const isWaiting = walk?.kind === 'open' && letter?.kind === 'planned' && letter.step === event.step;
  if (!isWaiting) return ignored(state, { rule: 'stale-timer' });
  const again = planSoonest(walk.id, letter.step, event.retryAt, plan);
  const waiting = { ...again.letter, firstDueAt: letter.firstDueAt ?? letter.dueAt };
  const settled = settle({ ...walk, letter: waiting }, waiting.dueAt, plan);
  const why: Reason = { rule: 'gate-closed', args: { gate: event.gate } };
  return applied(state, settled.walk, [why, ...again.reasons, ...settled.reasons], settled.effects);
}
