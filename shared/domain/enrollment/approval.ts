/**
 * Approval of each letter: where the campaign asks for it, every planned letter waits under an undated hold until a
 * person has seen its very words. The hold follows the walk: whatever plans another step asks again.
 */
import type { Reason } from '../because.ts';
import type { Instant } from '../instant.ts';
import { approvalHoldId, isApprovalHold, refusedHoldId } from './approval-hold.ts';
import type { Effect } from './effect.ts';
import type { PersonEvent } from './event.ts';
import { stoppedBy } from './persons.ts';
import { settle, timer } from './planning.ts';
import { advance } from './sending.ts';
import type { ContactState, Hold, OpenEnrollment } from './state.ts';
import { applied, ignored, type Plan, type Turn } from './turn.ts';
import { isUndated } from './wake.ts';

type Of<Kind extends PersonEvent['kind']> = Extract<PersonEvent, { kind: Kind }>;

/** The turn with its planned letter held for approval, and without the holds of letters that are no longer next. */
export function withApproval(turn: Turn, now: Instant, plan: Plan): Turn {
  const walk = turn.state.enrollment;
  const isNext = turn.answer === 'applied' && walk?.kind === 'open' && walk.letter.kind === 'planned';
  if (!plan.wantsApproval || !isNext || walk.letter.kind !== 'planned') return turn;
  const { step } = walk.letter;
  const id = approvalHoldId(step);
  const isAsked = plan.steps[step]?.kind === 'letter' && walk.approved?.step !== step;
  const stands = walk.holds.find((hold) => hold.id === id);
  const others = walk.holds.filter((hold) => !isApprovalHold(hold.id));
  const hold: Hold = stands ?? { id, kind: 'approval', since: now };
  const holds = isAsked ? [...others, hold] : others;
  if (holds.length === walk.holds.length && Boolean(stands) === isAsked) return turn;
  const held: OpenEnrollment = { ...walk, holds };
  const timers: Effect[] = held.holds.some(isUndated) ? [] : [timer(walk.id, walk.letter)];
  const effects = [...turn.effects.filter(({ kind }) => kind !== 'set-timer'), ...timers];
  const reasons: Reason[] = isAsked && !stands ? [{ rule: 'held', args: { hold: 'approval' } }] : [];
  const state = { ...turn.state, enrollment: held };
  return { ...turn, state, effects, reasons: [...turn.reasons, ...reasons] };
}

/** Also lets go what the lint had refused: the words that were seen now are others. */
export function approved(state: ContactState, event: Of<'approved'>, now: Instant, plan: Plan): Turn {
  const { step, print } = event;
  const walk = nextAt(state, step);
  const reason: Reason = { rule: 'approved', args: { step } };
  if (!walk) return ignored(state, { rule: 'stale-timer' });
  const waited = walk.holds.filter(({ id }) => id === approvalHoldId(step) || id === refusedHoldId(step));
  if (waited.length === 0 && walk.approved?.step === step && walk.approved.print === print)
    return ignored(state, reason);
  const holds = walk.holds.filter((hold) => !waited.includes(hold));
  const settled = settle({ ...walk, holds, approved: { step, print } }, now, plan);
  const isMended = waited.some(({ id }) => id === refusedHoldId(step));
  const answered: Effect[] = isMended
    ? [{ kind: 'close-tasks', enrollmentId: walk.id, except: [], only: ['decide'] }]
    : [];
  return applied(state, settled.walk, [reason, ...settled.reasons], [...answered, ...settled.effects]);
}

/** What was approved does not stand any more; `withApproval` asks again. */
export function letterChanged(state: ContactState, { step }: Of<'letter-changed'>): Turn {
  const walk = nextAt(state, step);
  const reason: Reason = { rule: 'letter-changed', args: { step } };
  if (walk?.approved?.step !== step) return ignored(state, reason);
  const { approved: _, ...rest } = walk;
  return applied(state, rest, [reason]);
}

/** From now on the walk's letters are looked for before they are rendered. Said before the words are saved. */
export function letterEdited(state: ContactState, { step }: Of<'letter-edited'>): Turn {
  const walk = nextAt(state, step);
  const reason: Reason = { rule: 'letter-edited', args: { step } };
  if (!walk) return ignored(state, { rule: 'stale-timer' });
  const { approved: _, ...rest } = walk;
  const isKnown = walk.hasOwnLetters === true && walk.approved === undefined;
  return isKnown ? ignored(state, reason) : applied(state, { ...rest, hasOwnLetters: true }, [reason]);
}

/** A first letter cannot be skipped: what follows would follow up on nothing. */
export function declined(
  state: ContactState,
  { step, instead }: Of<'declined'>,
  now: Instant,
  plan: Plan,
): Turn {
  const walk = nextAt(state, step);
  const reason: Reason = { rule: 'declined', args: { step, instead } };
  if (!walk) return ignored(state, { rule: 'stale-timer' });
  if (instead === 'stop') return stoppedBy(state, 'by-person', now, reason);
  const last = walk.sent.at(-1);
  if (!last) return ignored(state, reason);
  const about = [approvalHoldId(step), refusedHoldId(step)];
  const { approved: _, ...rest } = walk;
  const free: OpenEnrollment = { ...rest, holds: walk.holds.filter(({ id }) => !about.includes(id)) };
  const next = advance(state, free, step + 1, last.at, now, plan);
  return { ...next, reasons: [reason, ...next.reasons] };
}

/** The walk whose next letter is that step's. */
function nextAt(state: ContactState, step: number): OpenEnrollment | undefined {
  const walk = state.enrollment;
  const isNext = walk?.kind === 'open' && walk.letter.kind === 'planned' && walk.letter.step === step;
  return isNext ? walk : undefined;
}
