/**
 * What SES lets the account send, shared out among its senders. Planning beyond it would only move letters, hour by hour,
 * into refusals; and alerts, which must reach people, go out by the same account.
 */
import type { SenderId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { PlaceLimits } from './place.ts';
import type { Sender } from './sender.ts';

/** As GetSendQuota says. */
export type SesAllowance = {
  /** In any 24 hours; absent: any number. */
  readonly perDay?: number;
  readonly perSecond: number;
};

export type KnownAllowance = SesAllowance & { readonly at: Instant };

/** A tenth of the day is left to alerts, digests and test letters. */
const FOR_LETTERS = 0.9;
const SECONDS_AN_HOUR = 3_600;

type Asking = Pick<Sender, 'id' | 'dailyQuota' | 'hourlyCeiling' | 'transferredTo'>;

/**
 * What each sender may have, where that is less than what they ask for: of a day that all quotas together exceed each gets
 * its part, and nobody with a quota nothing. Whoever has left asks for nothing.
 */
export function shareOut(
  { perDay, perSecond }: SesAllowance,
  senders: readonly Asking[],
): ReadonlyMap<SenderId, PlaceLimits> {
  const active = senders.filter(({ transferredTo }) => transferredTo === undefined);
  const asked = active.reduce((sum, { dailyQuota }) => sum + dailyQuota, 0);
  const part = perDay === undefined || asked === 0 ? 1 : Math.min(1, (perDay * FOR_LETTERS) / asked);
  const perHour = Math.max(1, Math.floor(perSecond * SECONDS_AN_HOUR * FOR_LETTERS));
  const shares = new Map<SenderId, PlaceLimits>();
  for (const { id, dailyQuota, hourlyCeiling } of active) {
    const own = dailyQuota < 1 ? dailyQuota : Math.max(1, Math.floor(dailyQuota * part));
    if (own < dailyQuota || perHour < (hourlyCeiling ?? dailyQuota)) shares.set(id, { perDay: own, perHour });
  }
  return shares;
}
