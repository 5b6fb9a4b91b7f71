/** "This person may be written to again": never silently where they themselves had said no. */
import { decide } from './domain/enrollment/decide.ts';
import type { SuppressionReason } from './domain/enrollment/state.ts';
import type { ContactId } from './domain/ids.ts';
import { carryOut } from './effects.ts';
import type { Ports } from './ports.ts';
import { NO_PLAN } from './suppress-contact.ts';

export type UnsuppressReason = 'they-asked' | 'recorded-by-mistake' | 'address-works';
export type Unsuppressed =
  /** Now, or they were not suppressed. */
  | { readonly kind: 'open' }
  | { readonly kind: 'wants-reason'; readonly why: SuppressionReason }
  | { readonly kind: 'forgotten' };

const ROUNDS_MAX = 12;
/** An address that works says nothing about its owner's word. */
const OF_THEIR_OWN: ReadonlySet<SuppressionReason> = new Set(['unsubscribed', 'complained']);

/** Idempotent. Whoever says no again afterwards is suppressed again. */
export async function unsuppressContact(
  ports: Ports,
  contactId: ContactId,
  reason: UnsuppressReason | undefined,
): Promise<Unsuppressed> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const loaded = await ports.store.loadState(contactId);
    if (loaded?.state.standing.kind !== 'suppressed') return { kind: 'open' };
    const { why } = loaded.state.standing;
    if (why === 'erased') return { kind: 'forgotten' };
    const isSaid = reason === 'they-asked' || reason === 'recorded-by-mistake';
    if (OF_THEIR_OWN.has(why) && !isSaid) return { kind: 'wants-reason', why };
    const decision = decide(loaded.state, { kind: 'unsuppressed' }, ports.clock.now(), NO_PLAN);
    for (const effect of decision.effects) {
      if (effect.kind !== 'send-letter') await carryOut(ports, contactId, effect);
    }
    const saved = await ports.store.saveState(decision.state, loaded.version, ports.ids.fresh());
    if (saved === 'saved') return { kind: 'open' };
  }
  throw new Error(`Contact ${contactId} is too contended: ${ROUNDS_MAX} saves in a row failed`);
}
