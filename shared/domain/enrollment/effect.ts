/** The orders that the state machine gives. All but `send-letter` come before the save and may be repeated freely. */
import type { Alert } from '../alert.ts';
import type { Because } from '../because.ts';
import type { ClaimId, EnrollmentId, MessageId, SenderId, SesId, TaskId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { Fate } from '../sending-health.ts';
import type { Task, TaskKind } from '../task.ts';
import type { EndedEnrollment } from './state.ts';

export type Effect =
  | {
      readonly kind: 'set-timer';
      readonly enrollmentId: EnrollmentId;
      readonly step: number;
      readonly dueAt: Instant;
    }
  /** `again`: where the walk's end closed it unanswered, it is open once more. */
  | { readonly kind: 'add-task'; readonly task: Task; readonly again?: true }
  /** A stop closes the enrollment's open tasks. */
  | {
      readonly kind: 'close-tasks';
      readonly enrollmentId: EnrollmentId;
      readonly except: readonly TaskId[];
      /** Kinds whose question outlives the stop. */
      readonly keep?: readonly TaskKind[];
      /** Nothing but these. */
      readonly only?: readonly TaskKind[];
      /** Only those that this mail gave rise to. */
      readonly messageId?: MessageId;
    }
  /** The salesperson has answered: the alerts and tasks of what had come by `upTo`, or is named, wait no more. */
  | {
      readonly kind: 'acknowledge-replies';
      readonly upTo: Instant;
      readonly answers: readonly string[];
    }
  /** A person of a company has answered: its other people wait until somebody says what becomes of them. */
  | {
      readonly kind: 'hold-company';
      readonly enrollmentId: EnrollmentId;
      readonly messageId: MessageId;
      readonly at: Instant;
    }
  /** A letter of this sender bounced for good, or was called spam: their rates decide whether they go on. */
  | {
      readonly kind: 'note-fate';
      readonly senderId: SenderId;
      readonly enrollmentId: EnrollmentId;
      readonly fate: Fate;
      readonly at: Instant;
    }
  | { readonly kind: 'raise-alert'; readonly alert: Alert }
  /** Makes the SES id lead back to the enrollment and dates the message record. */
  | {
      readonly kind: 'record-sent';
      readonly enrollmentId: EnrollmentId;
      readonly step: number;
      readonly sesId: SesId;
      readonly at: Instant;
    }
  /** A reason that no longer fits the state item. */
  | {
      readonly kind: 'keep-because';
      readonly enrollmentId: EnrollmentId;
      readonly number: number;
      readonly because: Because;
    }
  /** A mail whose hold stands unread goes through the inbound queue again. */
  | { readonly kind: 'requeue-mail'; readonly mail: string }
  /** An ended walk makes room for the next: its copy is put if absent. */
  | { readonly kind: 'keep-walk'; readonly walk: EndedEnrollment }
  | {
      readonly kind: 'send-letter';
      readonly enrollmentId: EnrollmentId;
      readonly step: number;
      readonly claim: ClaimId;
      readonly claimedAt: Instant;
    };
