/** A notice that must reach the salesperson (or the operator) now. At least once, deduplicated by its id. */
import type { AlertId, CampaignId, ContactId, EnrollmentId, MessageId, SenderId } from './ids.ts';
import { DAY, type Instant, MINUTE, msBetween, SECOND } from './instant.ts';

export const ALERT_KINDS = [
  /** A human being is waiting for an answer. */
  'reply',
  /** A mail that no contact could be found for. */
  'unmatched',
  /** A mail that could not be read: a person looks. */
  'unread',
  /** Read, but nothing vouches for who wrote it. */
  'unverified',
  /** So many mails of one person in a day that two machines may be talking: the rest is recorded in silence. */
  'mail-storm',
  'needs-decision',
  'sent-twice',
  'letter-failed',
  'sending-stopped',
  'fence-closed',
  /** The plan of a day, or what a week or month has brought. Nothing waits for it. */
  'digest',
  /** Somebody tries whether a channel works. Never stored. */
  'channel-test',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export type Alert = {
  readonly id: AlertId;
  readonly kind: AlertKind;
  readonly at: Instant;
  readonly senderId?: SenderId;
  readonly contactId?: ContactId;
  readonly enrollmentId?: EnrollmentId;
  readonly campaignId?: CampaignId;
  readonly messageId?: MessageId;
  /** `quiet`: delivered, but nothing waits for it. `list`: only listed, and counted in the digest. */
  readonly urgency?: 'quiet' | 'list';
  /** A code such as `daily-quota`, never a person's words. */
  readonly detail?: string;
  readonly acknowledgedAt?: Instant;
  /** How many rings after the first have been carried out: see `reply-clock.ts`. */
  readonly rung?: number;
} & Delivery;

/** What is known of the ways of one alert or notice; a way is written as in `way.ts`. */
export type Delivery = {
  /** Way → when it was taken. */
  readonly delivered: Readonly<Record<string, Instant>>;
  /** Way → its last failure: no mail address, no answer's text, only a code such as `503`. */
  readonly tried?: Readonly<Record<string, AlertTry>>;
  /** Since somebody asked to try again; the day of tries counts from here. */
  readonly triedSince?: Instant;
  /** One more with every edit, which is how two at the same moment notice each other. */
  readonly revision?: number;
};

export type AlertTry = {
  readonly at: Instant;
  readonly count: number;
  readonly why: string;
  /** Its message went to the dead letters: only a person's redrive asks again. */
  readonly isGivenUp?: true;
};

/** A channel that is down is asked for this long; then its alert is a dead letter, and still listed. */
export const ALERT_TRIED_FOR_MS = DAY;
const RETRY_MS_MIN = 30 * SECOND;
/** The longest delay that SQS knows. */
const RETRY_MS_MAX = 15 * MINUTE;

/** The pause before the next attempt grows with the alert's age, so that nothing has to be counted or remembered. */
export function alertRetryMs(ageMs: number): number {
  return Math.round(Math.min(RETRY_MS_MAX, Math.max(RETRY_MS_MIN, ageMs / 2)));
}

/** A refusal, and what follows: the pause before the next attempt, never shorter than the receiver asked for. */
export function noteFailure(
  since: Instant,
  attempt: number,
  { why, waitMs = 0 }: { readonly why: string; readonly waitMs?: number },
  now: Instant,
): { readonly noted: AlertTry; readonly pauseMs: number } {
  const ageMs = Math.max(0, msBetween(since, now));
  const noted: AlertTry =
    ageMs > ALERT_TRIED_FOR_MS
      ? { at: now, count: attempt, why, isGivenUp: true }
      : { at: now, count: attempt + 1, why };
  return { noted, pauseMs: Math.min(RETRY_MS_MAX, Math.max(waitMs, alertRetryMs(ageMs))) };
}

/**
 * Alerts older than this are not looked at any more. A week, although they are tried for a day: what broke off while
 * nobody could look is asked for once more, and becomes a dead letter where the channel is still down.
 */
export const ALERT_LOOKED_AT_MS = 7 * DAY;
/** An attempt that is overdue by this much was lost: its chain of messages has broken. */
const LOST_AFTER_MS = RETRY_MS_MAX + 5 * MINUTE;

/** Ways among these that have not been taken and that nobody seems to be trying any more. */
export function forgottenWays(
  alert: Delivery & { readonly at: Instant },
  ways: readonly string[],
  now: Instant,
): readonly string[] {
  return ways.filter((id) => {
    const last = alert.tried?.[id];
    if (alert.delivered[id] || last?.isGivenUp) return false;
    return msBetween(last?.at ?? alert.at, now) > LOST_AFTER_MS;
  });
}
