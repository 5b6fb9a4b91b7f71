/** When `reconcile` should look at a contact again, should everything else have been lost. Sorts the due-index. */
import { type Instant, MINUTE, plus } from '../instant.ts';
import type { ContactState, Enrollment, Hold } from './state.ts';

/** A timer may fire a minute late and its queue may be busy: nobody calls that lost. */
export const TIMER_LATE_MS = 5 * MINUTE;
export const ORPHANED_CLAIM_MS = 15 * MINUTE;
export const UNDECIDED_MS = 30 * MINUTE;
export const UNREAD_MS = 15 * MINUTE;

/** `undefined`: the contact waits for nothing (or for a person only) and leaves the index. */
export function wakeAt(state: ContactState): Instant | undefined {
  const walk = state.enrollment;
  if (!walk) return undefined;
  const moments = [letterWakeAt(walk), ...(walk.kind === 'open' ? walk.holds.map(holdWakeAt) : [])];
  return moments.filter((at) => at !== undefined).sort()[0];
}

function letterWakeAt(walk: Enrollment): Instant | undefined {
  const letter = walk.letter;
  switch (letter?.kind) {
    case 'planned':
      return walk.kind === 'open' && walk.holds.some(isUndated)
        ? undefined
        : plus(letter.dueAt, TIMER_LATE_MS);
    case 'sending':
      // As before its claim, for a claim lasts seconds: moving the entry would cost two writes a letter. Reconcile looks
      // a little early then, and `decide` says by `claimedAt` when a claim is an orphan.
      return plus(letter.firstDueAt, TIMER_LATE_MS);
    case 'unknown':
      return letter.asked || walk.kind === 'ended' ? undefined : plus(letter.since, UNDECIDED_MS);
    default:
      return undefined;
  }
}

const holdWakeAt = (hold: Hold): Instant | undefined =>
  hold.kind === 'inbound' ? plus(hold.since, UNREAD_MS) : undefined;

export const isUndated = (hold: Hold): boolean => hold.until === undefined;
