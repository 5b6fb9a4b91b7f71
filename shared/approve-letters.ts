/**
 * What a person says of a letter before it goes: send it as it stands, send it so, or not this one. An approval names
 * the words that were seen; it never lets go words that somebody changed meanwhile.
 */
import { mapAtMost } from './at-most.ts';
import type { ContactState } from './domain/enrollment/state.ts';
import { type EnrollmentId, readEnrollmentId } from './domain/ids.ts';
import { hasErrors, type LetterFinding } from './domain/letter/finding.ts';
import { applyEvent } from './engine.ts';
import { lookAtNext, type NextLetter } from './look-at-letter.ts';
import type { Ports } from './ports.ts';

export type LetterSeen = {
  readonly enrollmentId: EnrollmentId;
  readonly step: number;
  readonly print: string;
};

export type Approved =
  | { readonly kind: 'approved' }
  /** Its words are others by now. */
  | { readonly kind: 'changed' }
  /** The lint does not let it go. */
  | { readonly kind: 'refused'; readonly findings: readonly LetterFinding[] }
  /** Another step is next, it is on its way, or the walk is over. */
  | { readonly kind: 'not-waiting' };

const APPROVED_AT_ONCE = 5;

/** Idempotent: the same words approved again are approved. */
export async function approveLetter(ports: Ports, seen: LetterSeen): Promise<Approved> {
  const state = await stateOf(ports, seen.enrollmentId);
  const next = state && (await lookAtNext(ports, state));
  if (!next || next.step !== seen.step) return { kind: 'not-waiting' };
  if (hasErrors(next.findings))
    return { kind: 'refused', findings: next.findings.filter(({ severity }) => severity === 'error') };
  if (next.print !== seen.print) return { kind: 'changed' };
  const { step, print } = seen;
  const { answer, state: after } = await applyEvent(ports, seen.enrollmentId, {
    kind: 'approved',
    step,
    print,
  });
  const walk = after?.enrollment;
  const isApproved = walk?.kind === 'open' && walk.approved?.step === step && walk.approved.print === print;
  return answer === 'applied' || isApproved ? { kind: 'approved' } : { kind: 'not-waiting' };
}

/** One answer for each, in their order; what cannot be approved keeps nobody else waiting. */
export const approveLetters = (ports: Ports, seen: readonly LetterSeen[]): Promise<Approved[]> =>
  mapAtMost(seen, APPROVED_AT_ONCE, (one) => approveLetter(ports, one));

export type Declined = 'declined' | 'first-letter' | 'not-waiting';

/** `reason` is kept beside the contact's letters, where an erasure finds it. */
export async function declineLetter(
  ports: Ports,
  asked: {
    readonly enrollmentId: EnrollmentId;
    readonly step: number;
    readonly instead: 'stop' | 'skip';
    readonly reason: string;
  },
): Promise<Declined> {
  const { enrollmentId, step, instead, reason } = asked;
  const state = await stateOf(ports, enrollmentId);
  const walk = state?.enrollment;
  if (!state || walk?.kind !== 'open' || walk.letter.kind !== 'planned' || walk.letter.step !== step)
    return 'not-waiting';
  if (instead === 'skip' && walk.sent.length === 0) return 'first-letter';
  await keepReason(ports, state, step, reason);
  const { answer } = await applyEvent(ports, enrollmentId, { kind: 'declined', step, instead });
  return answer === 'applied' ? 'declined' : 'not-waiting';
}

async function keepReason(ports: Ports, state: ContactState, step: number, reason: string): Promise<void> {
  const { contactId, enrollment } = state;
  if (!enrollment) return;
  const { campaignId } = enrollment;
  const known = await ports.store.load('letters', contactId, campaignId);
  const kept = known ?? { contactId, campaignId, steps: {} };
  const declined = { ...kept.declined, [step]: { reason, at: ports.clock.now() } };
  await ports.store.put('letters', { ...kept, declined });
}

/** The state item, where this walk is the one that its contact is on. */
export async function stateOf(ports: Ports, enrollmentId: EnrollmentId): Promise<ContactState | undefined> {
  const named = readEnrollmentId(enrollmentId);
  const state = named && (await ports.store.loadState(named.contactId))?.state;
  return state?.enrollment?.id === enrollmentId ? state : undefined;
}

/** Of this very walk; `undefined` where nothing of it is about to go. */
export async function nextLetterOf(
  ports: Ports,
  enrollmentId: EnrollmentId,
): Promise<NextLetter | undefined> {
  const state = await stateOf(ports, enrollmentId);
  return state && lookAtNext(ports, state);
}
