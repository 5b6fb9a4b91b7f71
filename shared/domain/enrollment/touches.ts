/**
 * The ledger "not a pest": what reached for a person and stands unanswered. It counts letters that SES took, WhatsApps
 * that were sent and calls that nobody took, across campaigns; any answer of theirs empties it.
 */
import type { Reason } from '../because.ts';
import { readEnrollmentId } from '../ids.ts';
import { DAY, type Instant, latest, msBetween } from '../instant.ts';
import { afterDelay } from '../time/plan.ts';
import type { Event } from './event.ts';
import { planStep } from './planning.ts';
import type { ContactState, Touch, TouchChannel } from './state.ts';
import { applied, ended, type Plan, type Turn } from './turn.ts';

export const TOUCHES_MAX = 4;
const WINDOW_MS = 60 * DAY;
/** Between touches on different channels. */
const APART = { workingDays: 2 } as const;
/** More than the limit are remembered only where somebody lifted it; the item stays small. */
const REMEMBERED_MAX = 8;

/** Of the last 60 days, oldest first. */
export const unanswered = (state: ContactState, now: Instant): readonly Touch[] =>
  (state.touches ?? []).filter((touch) => msBetween(touch.at, now) < WINDOW_MS);

export const isFull = (state: ContactState, now: Instant, plan: Plan): boolean =>
  !plan.mayPester && unanswered(state, now).length >= TOUCHES_MAX;

export const hasUnansweredWhatsapp = (state: ContactState): boolean =>
  state.touches?.some((touch) => touch.by === 'whatsapp') === true;

/** When `channel` may be used again: two working days after the last touch on another one. */
export function channelFreeAt(
  state: ContactState,
  channel: TouchChannel,
  now: Instant,
  plan: Plan,
): { readonly at: Instant; readonly reason?: Reason } {
  const last = state.touches?.findLast((touch) => touch.by !== channel);
  const at = last && afterDelay(plan.calendar, last.at, APART);
  if (!last || !at || at <= now) return { at: now };
  return { at, reason: { rule: 'other-channel', args: { by: last.by, at: last.at } } };
}

/** The turn with what its event adds to the ledger, or with an empty one where they answered. */
export function withTouches(before: ContactState, event: Event, turn: Turn, now: Instant): Turn {
  if (isAnswer(event)) {
    const { touches, ...rest } = turn.state;
    return touches ? { ...turn, state: rest } : turn;
  }
  const known = turn.state.touches ?? [];
  const news = [...lettersIn(before, turn.state), ...personal(event, now)].filter(
    (touch) => !known.some((one) => one.id === touch.id),
  );
  if (news.length === 0) return turn;
  const touches = [...known, ...news].toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(-REMEMBERED_MAX);
  return { ...turn, state: { ...turn.state, touches } };
}

/**
 * A due step that would reach for them is kept back: for good once four touches of 60 days stand unanswered, and for
 * two working days where another channel was used last. A task step keeps its own distance.
 */
export function withinLedger(state: ContactState, turn: Turn, step: number, now: Instant, plan: Plan): Turn {
  const walk = state.enrollment;
  const own = plan.steps[step];
  const reaches = own?.kind === 'letter' || (own?.kind === 'task' && own.channel !== 'custom');
  const isActing = turn.effects.some(({ kind }) => kind === 'send-letter' || kind === 'add-task');
  if (walk?.kind !== 'open' || !reaches || !isActing) return turn;
  if (isFull(state, now, plan)) {
    const count = unanswered(state, now).length;
    return applied(state, ended(walk, 'finished', now), [{ rule: 'touched-enough', args: { count } }]);
  }
  if (own.kind === 'task') return turn;
  const free = channelFreeAt(state, 'letter', now, plan);
  if (!free.reason) return turn;
  const later = planStep(walk.id, step, latest(free.at, now), plan);
  return applied(state, { ...walk, letter: later.letter }, [free.reason, ...later.reasons], later.effects);
}

function isAnswer(event: Event): boolean {
  if (event.kind === 'reading-corrected') return isAnswer(event.now);
  if (event.kind === 'task-closed') return event.outcome === 'answered' || event.outcome === 'spoke';
  return event.kind === 'replied' || event.kind === 'answered-by-sender';
}

function lettersIn(before: ContactState, after: ContactState): readonly Touch[] {
  const walk = after.enrollment;
  if (!walk || walk.sent.length === (before.enrollment?.id === walk.id ? before.enrollment.sent.length : 0))
    return [];
  const n = readEnrollmentId(walk.id)?.n;
  return walk.sent.map(({ step, at }): Touch => ({ id: `letter-${n}-${step}`, at, by: 'letter' }));
}

/** What the salesperson did by hand; a number that is not on WhatsApp reached nobody. */
function personal(event: Event, now: Instant): readonly Touch[] {
  if (event.kind !== 'task-closed') return [];
  const id = event.taskId.slice(0, 10);
  const { at = now } = event;
  if (event.task === 'whatsapp' && event.outcome === 'sent') return [{ id, at, by: 'whatsapp' }];
  return event.task === 'call' && event.outcome === 'no-answer' ? [{ id, at, by: 'call' }] : [];
}
