/** The facts that the state machine hears. Each names the enrollment (or contact) it belongs to outside itself. */
import type { Absence, Bounce, Intent, MailKind, Person, Phone } from '../../inbound/reading.ts';
import type { GateName } from '../gate.ts';
import type { CampaignId, ClaimId, MessageId, SenderId, SesId, TaskId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { Outcome, TaskKind } from '../task.ts';
import type { HoldKind, SuppressionReason } from './state.ts';

export type Event = SendingEvent | MailEvent | PersonEvent | { readonly kind: 'reconciled' };

export type SendingEvent =
  | {
      readonly kind: 'enrolled';
      readonly n: number;
      readonly campaignId: CampaignId;
      readonly senderId: SenderId;
    }
  /** A timer fired. `minute` is the one it was named after; `claim` is this execution's own. */
  | { readonly kind: 'step-due'; readonly step: number; readonly minute: string; readonly claim: ClaimId }
  | {
      readonly kind: 'gate-closed';
      readonly claim: ClaimId;
      readonly gate: GateName;
      readonly retryAt: Instant;
    }
  | { readonly kind: 'claim-expired'; readonly claim: ClaimId }
  /** A task step met a closed gate: it has no claim that could be released. */
  | {
      readonly kind: 'step-postponed';
      readonly step: number;
      readonly gate: GateName;
      readonly retryAt: Instant;
    }
  | {
      readonly kind: 'send-refused';
      readonly claim: ClaimId;
      readonly why: string;
      readonly retryAt: Instant;
    }
  /** SES refused the letter itself: retrying the same words cannot help. */
  | {
      readonly kind: 'send-failed';
      readonly claim: ClaimId;
      readonly why: string;
      /** SES had taken the letter, and dropped it afterwards. */
      readonly sesId?: SesId;
    }
  | { readonly kind: 'send-unknown'; readonly claim: ClaimId }
  /** The letter cannot be written or does not pass the lint: found before any claim. */
  | { readonly kind: 'letter-invalid'; readonly step: number; readonly rule: string }
  /** SES took it: told by SendRawEmail's answer or by any tagged event of that claim. */
  | { readonly kind: 'step-sent'; readonly step: number; readonly claim: ClaimId; readonly sesId: SesId };

/** `mail` is the key under which the arrival put its hold; a second reporter (SNS) has none. */
export type MailEvent =
  | { readonly kind: 'mail-arrived'; readonly mail: string }
  | {
      readonly kind: 'replied';
      readonly mail: string;
      readonly messageId: MessageId;
      /** A challenge, which asks a person to press a button. */
      readonly isMachine?: true;
      readonly says?: ReplySays;
    }
  | {
      readonly kind: 'absent';
      readonly mail: string;
      readonly messageId: MessageId;
      readonly absence: Absence;
      /** Only those that are surely numbers; the others are suggestions for a person. */
      readonly phones: readonly QuotedPhone[];
      /** The sentence that names the days. */
      readonly quote?: string;
    }
  | { readonly kind: 'auto-replied'; readonly mail: string }
  /** A machine says that the prospect has another address now. */
  | {
      readonly kind: 'address-changed';
      readonly mail: string;
      readonly messageId: MessageId;
      readonly address: string;
      readonly quote?: string;
    }
  | { readonly kind: 'mail-noted'; readonly mail: string; readonly what: string }
  | { readonly kind: 'unsubscribed'; readonly mail?: string }
  | {
      readonly kind: 'left-company';
      readonly mail: string;
      readonly messageId: MessageId;
      readonly successor?: Person;
      readonly quote?: string;
    }
  | { readonly kind: 'bounced'; readonly mail?: string; readonly bounce: Bounce }
  | { readonly kind: 'complained'; readonly mail?: string }
  | {
      readonly kind: 'answered-by-sender';
      readonly mail: string;
      /** Replies that had come by then are answered; absent: all that have come. */
      readonly writtenAt?: Instant;
      /** Ids that it names as answered, whatever any clock says: of the mail, or of the alert about it. */
      readonly answers?: readonly string[];
    }
  /** Read, but nothing vouches for it: it keeps its hold until a person agrees. */
  | {
      readonly kind: 'mail-unverified';
      readonly mail: string;
      readonly messageId: MessageId;
      /** A machine's mail: nobody waits for an answer. */
      readonly isQuiet?: true;
    };

/** What a person's mail asks of the salesperson, as far as it was understood. */
export type ReplySays = {
  readonly intent?: Intent['kind'];
  /** ISO date: "write to me again in March". */
  readonly wakeOn?: string;
  /** Whom they name instead of themselves. */
  readonly people?: readonly Person[];
  /** The sentence that says so. */
  readonly quote?: string;
  /** May be a wish for no more mail, but too doubtful or too badly vouched for to be acted on for good. */
  readonly mayOptOut?: true;
};

export type QuotedPhone = Phone & { readonly quote?: string };

export type PersonEvent =
  /** A person read the mail again: what the old reading did is taken back and the new one applied, in one step. */
  | {
      readonly kind: 'reading-corrected';
      readonly was: MailKind;
      readonly now: MailEvent;
      /** Tasks that the wrong reading of this mail made are closed. */
      readonly messageId?: MessageId;
      /** Another mail of theirs says the same: an end stays an end. */
      readonly othersStand?: boolean;
    }
  | {
      readonly kind: 'held';
      readonly hold: { readonly id: string; readonly kind: HoldKind; readonly until?: Instant };
    }
  | { readonly kind: 'released'; readonly holdId: string }
  /** A campaign, company or sender gate opened again; `since` is when it had closed. */
  | { readonly kind: 'gate-opened'; readonly gate: GateName; readonly since: Instant }
  | { readonly kind: 'stopped-by-person' }
  /** A person has seen these very words (`print`), and lets them go. */
  | { readonly kind: 'approved'; readonly step: number; readonly print: string }
  /** It would read differently today: what was approved is not what would go. */
  | { readonly kind: 'letter-changed'; readonly step: number }
  /** Somebody is about to write other words for this contact. */
  | { readonly kind: 'letter-edited'; readonly step: number }
  /** "Not this one." */
  | { readonly kind: 'declined'; readonly step: number; readonly instead: 'stop' | 'skip' }
  /** Everything of one sender goes to another, who takes the conversation on. */
  | { readonly kind: 'transferred'; readonly from: SenderId; readonly to: SenderId }
  /** Undoes an end, except unsubscribed, complained and bounced. */
  | { readonly kind: 'resumed' }
  | { readonly kind: 'suppressed'; readonly why: SuppressionReason }
  /** A person answers for it that they may be written to again; what has ended stays ended. */
  | { readonly kind: 'unsuppressed' }
  /** `claim`: which call of SES the person looked up. Their word about it says nothing of a later one. */
  | { readonly kind: 'decided'; readonly decision: 'it-went' | 'send-again'; readonly claim: ClaimId }
  | {
      readonly kind: 'task-closed';
      readonly taskId: TaskId;
      readonly task: TaskKind;
      readonly outcome: Outcome;
      readonly phone?: string;
      /** Whose number it was; absent: the contact's own. */
      readonly person?: string;
      /** When they asked to be called. */
      readonly callBackAt?: Instant;
      /** When it was closed; now where left out. */
      readonly at?: Instant;
    };
