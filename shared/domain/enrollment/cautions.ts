/** Why the salesperson had better not reach for somebody just now: the ledger's word on one task. */
import type { Reason } from '../because.ts';
import type { Instant } from '../instant.ts';
import type { Task } from '../task.ts';
import type { ContactState } from './state.ts';
import { channelFreeAt, hasUnansweredWhatsapp, isFull, unanswered } from './touches.ts';
import type { Plan } from './turn.ts';

/**
 * Empty: go ahead. A stand-in is asked, not pestered. Where their own note gave the number, it is their wish to be
 * reached there, so the two days between channels do not bind.
 */
export function cautionsFor(state: ContactState, task: Task, now: Instant, plan: Plan): readonly Reason[] {
  const channel = task.kind === 'whatsapp' || task.kind === 'call' ? task.kind : undefined;
  if (!channel || task.person !== undefined || task.override || task.status === 'closed') return [];
  const count = unanswered(state, now).length;
  const apart = task.messageId ? undefined : channelFreeAt(state, channel, now, plan).reason;
  const isRepeat = channel === 'whatsapp' && hasUnansweredWhatsapp(state);
  return [
    ...(isFull(state, now, plan) ? [{ rule: 'touched-enough', args: { count } } as const] : []),
    ...(isRepeat ? [{ rule: 'whatsapp-unanswered' } as const] : []),
    ...(apart ? [apart] : []),
  ];
}
