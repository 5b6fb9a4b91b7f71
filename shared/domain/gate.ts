/**
 * "Do not write now" for more than one contact. Read in one consistent batch after the claim and before the send;
 * any closed gate releases the claim.
 */
import type { Reason } from './because.ts';
import type { CampaignStatus } from './campaign.ts';
import type { ContactId, SenderId } from './ids.ts';
import { HOUR, type Instant, MINUTE, msBetween, plus } from './instant.ts';

export type GateName = 'campaign' | 'company' | 'sender' | 'fence';

export type Gates = {
  readonly campaign: { readonly status: CampaignStatus; readonly isStopped?: true };
  readonly company?: CompanyGate;
  readonly sender: { readonly pausedUntil?: Instant; readonly paused?: boolean };
  readonly inbound?: Inbound;
};

export type CompanyGate = {
  readonly suppressed?: boolean;
  /** Somebody there has answered: the others wait until a person says what becomes of them. */
  readonly heldSince?: Instant;
  /** Whoever answered first. */
  readonly heldBy?: ContactId;
  /** The sender who writes to this company; nobody else does. */
  readonly owner?: SenderId;
};

/** The inbound path's sign of life: how old the newest mark is that came through it, and what lies dead beside it. */
export type Inbound = {
  readonly markAt?: Instant;
  readonly deadLetters: number;
  /** When a mark last came through so late that the path must have stood still. */
  readonly behindAt?: Instant;
};

export type ClosedGate = { readonly gate: GateName; readonly retryAt: Instant; readonly why: Reason };

/** A mark older than this may mean that replies wait unread. */
export const FENCE_STALE_MS = 35 * MINUTE;
/** A mark that takes longer has waited behind something, and mails with it. */
const MARK_LATE_MS = 5 * MINUTE;
/** Of what comes through at once after a standstill some fails: its three receives lie 90 seconds apart. */
const CATCHING_UP_MS = 6 * MINUTE;
/** The fence opens by itself, so it is asked often. */
export const FENCE_RETRY_MS = 15 * MINUTE;
/** Resuming a sender tells nobody: their letters find out by themselves. */
export const SENDER_RETRY_MS = HOUR;
/** A person opens these, and opening tells every enrollment: the retry is only the net below that. */
export const GATE_RETRY_MS = 6 * HOUR;

/** The first closed gate, or `undefined`. The fence binds follow-ups only: nobody can have answered before the first letter. */
function closedGate(gates: Gates, isFollowUp: boolean, now: Instant): ClosedGate | undefined {
  const closed = (gate: GateName, retryAt: Instant, detail: string): ClosedGate => ({
    gate,
    retryAt: retryAt > now ? retryAt : plus(now, GATE_RETRY_MS),
    why: { rule: 'gate-closed', args: { gate, detail } },
  });
  const later = plus(now, GATE_RETRY_MS);
  if (gates.campaign.status !== 'running') return closed('campaign', later, gates.campaign.status);
  if (gates.company?.suppressed) return closed('company', later, 'suppressed');
  if (gates.company?.heldSince) return closed('company', later, 'held');
  const isPaused = gates.sender.paused && !(gates.sender.pausedUntil && gates.sender.pausedUntil <= now);
  if (isPaused) return closed('sender', gates.sender.pausedUntil ?? plus(now, SENDER_RETRY_MS), 'paused');
  if (isFollowUp && isFenceClosed(gates.inbound, now)) {
    return closed('fence', plus(now, FENCE_RETRY_MS), 'inbound');
  }
  return undefined;
}

/**
 * What a walk finds before it. `shut`: no gate of a stopped campaign or of a suppressed company ever opens again, and
 * whoever waited there would wait for ever.
 */
export type Passage =
  | { readonly kind: 'open' }
  | ({ readonly kind: 'closed' } & ClosedGate)
  | ({ readonly kind: 'shut' } & ClosedGate);

export function passageOf(gates: Gates, isFollowUp: boolean, now: Instant): Passage {
  const closed = closedGate(gates, isFollowUp, now);
  if (!closed) return { kind: 'open' };
  const { campaign, company } = gates;
  const isShut =
    (campaign.status === 'finished' && campaign.isStopped === true) || company?.suppressed === true;
  return { kind: isShut ? 'shut' : 'closed', ...closed };
}

/** What a mark says that was sent at `at` and comes through `now`. */
export const heardMark = (at: Instant, now: Instant): Partial<Inbound> =>
  msBetween(at, now) > MARK_LATE_MS ? { behindAt: now } : { markAt: at };

export function isFenceClosed(inbound: Inbound | undefined, now: Instant): boolean {
  if (!inbound?.markAt) return true;
  // After a standstill only a mark counts that was sent when everything before it had had its time.
  if (inbound.behindAt && inbound.markAt < plus(inbound.behindAt, CATCHING_UP_MS)) return true;
  return inbound.deadLetters > 0 || msBetween(inbound.markAt, now) > FENCE_STALE_MS;
}
