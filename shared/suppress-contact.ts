/** "Never write to this person again", also where they are in no campaign yet. */
import { announce } from './announce.ts';
import { decide, freshState } from './domain/enrollment/decide.ts';
import { newsOf } from './domain/enrollment/news.ts';
import type { SuppressionReason } from './domain/enrollment/state.ts';
import type { ContactId } from './domain/ids.ts';
import { carryOut } from './effects.ts';
import { applyEvent } from './engine.ts';
import type { Ports } from './ports.ts';

const ROUNDS_MAX = 12;
/** Nothing is planned for a contact without a walk. */
export const NO_PLAN = {
  steps: [],
  calendar: { zone: 'UTC', workingDays: [], holidays: {}, coveredYears: [0, 0] },
  senderZone: 'UTC',
} as const;

/** Idempotent: a standing that is suppressed already keeps its reason and its date. */
export async function suppressContact(
  ports: Ports,
  contactId: ContactId,
  why: SuppressionReason,
): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const loaded = await ports.store.loadState(contactId);
    const walk = loaded?.state.enrollment;
    if (walk) {
      await applyEvent(ports, walk.id, why === 'unsubscribed' ? { kind: why } : { kind: 'suppressed', why });
      return;
    }
    const state = loaded?.state ?? freshState(contactId);
    const decision = decide(state, { kind: 'suppressed', why }, ports.clock.now(), NO_PLAN);
    const now = ports.clock.now();
    for (const news of newsOf({ kind: 'suppressed', why }, state, decision.state, true, now)) {
      await announce(ports, news);
    }
    for (const effect of decision.effects) {
      if (effect.kind !== 'send-letter') await carryOut(ports, contactId, effect);
    }
    if (decision.state === state) return;
    if ((await ports.store.saveState(decision.state, loaded?.version, ports.ids.fresh())) === 'saved') return;
  }
  throw new Error(`Contact ${contactId} is too contended: ${ROUNDS_MAX} saves in a row failed`);
}
