/** Takes back what a wrong reading did: reopens what it ended, frees what it held or suppressed, and nothing else. */
import type { MailKind } from '../../inbound/reading.ts';
import type { Instant } from '../instant.ts';
import { mailHold } from './mails.ts';
import { reopened } from './persons.ts';
import { settle } from './planning.ts';
import type { ContactState, StopReason, SuppressionReason } from './state.ts';
import { applied, ignored, type Plan, type Turn } from './turn.ts';

/** What each kind of reading may have done to the walk and to the contact's standing. */
const ENDS: Partial<Record<MailKind, readonly StopReason[]>> = {
  reply: ['replied'],
  unknown: ['replied'],
  challenge: ['replied'],
  'left-company': ['left-company'],
  // Too badly vouched for to suppress anybody, it stops as any answer does.
  unsubscribe: ['unsubscribed', 'replied'],
  bounce: ['bounced'],
  complaint: ['complained'],
};
const SUPPRESSES: Partial<Record<MailKind, SuppressionReason>> = {
  unsubscribe: 'unsubscribed',
  bounce: 'bounced',
  complaint: 'complained',
};

/** `mail`: the key under which the arrival put its hold, where it still has one. */
export function withdrawn(
  state: ContactState,
  was: MailKind,
  mail: string | undefined,
  now: Instant,
  plan: Plan,
): Turn {
  const reason = { rule: 'corrected', args: { was } } as const;
  const { standing } = state;
  const isFreed = standing.kind === 'suppressed' && standing.why === SUPPRESSES[was];
  const free: ContactState = isFreed ? { ...state, standing: { kind: 'open' } } : state;
  const walk = free.enrollment;
  if (walk?.kind === 'ended') {
    const isItsEnd = walk.end.kind === 'stopped' && ENDS[was]?.includes(walk.end.why) === true;
    const open = isItsEnd ? reopened(free, walk, now, plan) : undefined;
    if (open) return applied(free, open.walk, [reason, ...open.reasons], open.effects);
    // Nothing is left to send: it ended as it would have without the mail.
    if (isItsEnd && !walk.letter) return applied(free, { ...walk, end: { kind: 'finished' } }, [reason]);
    return isFreed ? applied(free, walk, [reason]) : ignored(state, reason);
  }
  if (walk?.kind !== 'open') return isFreed ? applied(free, walk, [reason]) : ignored(state, reason);
  const holds = walk.holds.filter(
    (hold) => !(hold.kind === 'absence' && was === 'absence') && !(mail && hold.id === mailHold(mail)),
  );
  if (holds.length === walk.holds.length)
    return isFreed ? applied(free, walk, [reason]) : ignored(state, reason);
  const settled = settle({ ...walk, holds }, now, plan);
  return applied(free, settled.walk, [reason, ...settled.reasons], settled.effects);
}
