/** A notice that must reach the salesperson (or the operator) now. At least once, deduplicated by its id. */
import type { AlertId, CampaignId, ContactId, EnrollmentId, MessageId, SenderId } from './ids.ts';
import type { Instant } from './instant.ts';

export type AlertKind =
  /** A human being is waiting for an answer. */
  | 'reply'
  /** A mail that no contact could be found for. */
  | 'unmatched'
  /** A mail that could not be read: a person looks. */
  | 'unread'
  /** Read, but nothing vouches for who wrote it. */
  | 'unverified'
  /** So many mails of one person in a day that two machines may be talking: the rest is recorded in silence. */
  | 'mail-storm'
  | 'needs-decision'
  | 'sent-twice'
  | 'letter-failed'
  | 'sending-stopped'
  | 'fence-closed';

export type Alert = {
  readonly id: AlertId;
  readonly kind: AlertKind;
  readonly at: Instant;
  readonly senderId?: SenderId;
  readonly contactId?: ContactId;
  readonly enrollmentId?: EnrollmentId;
  readonly campaignId?: CampaignId;
  readonly messageId?: MessageId;
  /** Delivered, but nothing waits for it: no ring, no escalation. */
  readonly urgency?: 'quiet';
  /** A code such as `daily-quota`, never a person's words. */
  readonly detail?: string;
  /** Channel id → when it took the alert. */
  readonly delivered: Readonly<Record<string, Instant>>;
  readonly acknowledgedAt?: Instant;
};
