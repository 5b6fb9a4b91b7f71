/**
 * The contact's state item: the one place where a step is claimed and a reply is recorded, so that one of the two
 * is always first. About 1 KB; everything bulky lives beside it.
 */
import type { Because } from '../because.ts';
import type { CampaignId, ClaimId, ContactId, EnrollmentId, SenderId, SesId } from '../ids.ts';
import type { Instant } from '../instant.ts';

export type ContactState = {
  readonly contactId: ContactId;
  readonly standing: Standing;
  /** When any campaign last claimed a letter to this person: the cap of one letter in 24 hours. */
  readonly lastClaimAt?: Instant;
  /** The one open walk, or the last one until the next begins. */
  readonly enrollment?: Enrollment;
  /** Mails of theirs that rang since `since`: too many in a day are a loop, not a conversation. */
  readonly rang?: { readonly since: Instant; readonly mails: readonly string[] };
  /** What reached for them and is unanswered, oldest first: the ledger "not a pest", across campaigns. */
  readonly touches?: readonly Touch[];
  /** Mails that a person has said the meaning of, by the key of their holds: no reader overrules them. */
  readonly readByPerson?: readonly string[];
  /** The last 16, which a walk of two letters does not reach; older ones become timeline items. */
  readonly because: readonly Because[];
  /** How many reasons there ever were: numbers the timeline items. */
  readonly becauseCount: number;
};

/** `id` tells one touch from the next, so that hearing of it twice counts once. */
export type Touch = { readonly id: string; readonly at: Instant; readonly by: TouchChannel };
export type TouchChannel = 'letter' | 'whatsapp' | 'call';

export type Standing =
  | { readonly kind: 'open' }
  | { readonly kind: 'suppressed'; readonly why: SuppressionReason; readonly since: Instant };

export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained' | 'by-person' | 'erased';

export type Enrollment = OpenEnrollment | EndedEnrollment;

type Walk = {
  readonly id: EnrollmentId;
  readonly campaignId: CampaignId;
  readonly senderId: SenderId;
  /** One entry per accepted letter; a double would stand here as two entries of one step. */
  readonly sent: readonly SentLetter[];
  /** A letter of this walk was written for this contact alone, after the launch. */
  readonly hasOwnLetters?: true;
};

export type OpenEnrollment = Walk & {
  readonly kind: 'open';
  readonly letter: Letter;
  readonly holds: readonly Hold[];
  /** Set while the next letter follows an absence: it takes the "back from absence" variant. */
  readonly wasAbsent?: true;
  /** The letter that a person has seen and let go, by the print of its words: other words want to be seen again. */
  readonly approved?: { readonly step: number; readonly print: string };
  /** The pause that was last given back, by its beginning: hearing of the same one twice moves nothing. */
  readonly pauseGiven?: Instant;
};

export type EndedEnrollment = Walk & {
  readonly kind: 'ended';
  readonly end: End;
  readonly endedAt: Instant;
  /** A letter whose fate was open when the walk ended: mark and evidence still record it, then plan nothing. */
  readonly letter?: SendingLetter | UnknownLetter;
};

export type Letter = PlannedLetter | SendingLetter | UnknownLetter;

export type PlannedLetter = {
  readonly kind: 'planned';
  readonly step: number;
  readonly dueAt: Instant;
  /** When it was due before a closed gate postponed it: what a pause gives back counts from here. */
  readonly firstDueAt?: Instant;
};
export type SendingLetter = {
  readonly kind: 'sending';
  readonly step: number;
  readonly claim: ClaimId;
  readonly claimedAt: Instant;
  readonly firstDueAt: Instant;
  /** `lastClaimAt` as it was before: a release gives it back, or the cap would punish a letter never sent. */
  readonly capBefore?: Instant;
};
export type UnknownLetter = {
  readonly kind: 'unknown';
  readonly step: number;
  readonly claim: ClaimId;
  readonly claimedAt: Instant;
  readonly since: Instant;
  /** Stands under "needs a decision": a person was asked. */
  readonly asked?: true;
};

/** `at` is the claim's moment, so that every reporter counts the next delay from the same one. No `sesId`: a person vouched. */
export type SentLetter = { readonly step: number; readonly at: Instant; readonly sesId?: SesId };

export type Hold = {
  readonly id: string;
  readonly kind: HoldKind;
  readonly since: Instant;
  /** Absences always have one and lapse by themselves; the others end by their cause or a person. */
  readonly until?: Instant;
};
export type HoldKind = 'inbound' | 'absence' | 'approval' | 'person' | 'answered-by-sender';

export type End = { readonly kind: 'finished' } | { readonly kind: 'stopped'; readonly why: StopReason };

export type StopReason =
  | 'replied'
  | 'answered-elsewhere'
  | 'unsubscribed'
  | 'bounced'
  | 'complained'
  | 'left-company'
  | 'by-person'
  | 'failed';
