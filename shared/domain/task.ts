/** Work for the salesperson. Closes only with an outcome, and the outcome is an event of the state machine. */
import type { CampaignId, ContactId, EnrollmentId, MessageId, SenderId, TaskId } from './ids.ts';
import type { Instant } from './instant.ts';

export type TaskKind =
  | 'whatsapp'
  | 'call'
  | 'answer'
  | 'check-date'
  | 'find-another-way'
  | 'decide'
  /** Words that may ask for no more mail, but not surely: a person says which. */
  | 'confirm-opt-out'
  /** The prospect writes from another address now: a new contact, never written to by itself. */
  | 'new-address'
  /** What was agreed with somebody interested, on its day. */
  | 'next-step'
  /** They asked to be written to again, and the day has come. */
  | 'wake'
  /** Somebody of a company answered: what becomes of its other people who are written to? */
  | 'company-held'
  | 'custom';

export type Task = {
  readonly id: TaskId;
  readonly kind: TaskKind;
  readonly contactId: ContactId;
  readonly enrollmentId: EnrollmentId;
  readonly campaignId: CampaignId;
  readonly senderId: SenderId;
  /** Inside the prospect's own daytime. */
  readonly dueAt: Instant;
  readonly createdAt: Instant;
  /** E.164; whose it is says `person` (absent: the contact's own). */
  readonly phone?: string;
  readonly person?: string;
  /** The mail that gave rise to it. */
  readonly messageId?: MessageId;
  readonly text?: string;
  /** The mail address of `person`, or the prospect's new one. */
  readonly address?: string;
  /** The sentence of the mail that it rests on. */
  readonly quote?: string;
  /** ISO date on which they asked to be written to again. */
  readonly wakeOn?: string;
  /** Of a first WhatsApp: the day on which it takes a place of its sender's, ISO. */
  readonly placeDay?: string;
  readonly status: 'open' | 'closed';
  readonly outcome?: Outcome;
  /** What the outcome says besides its name. */
  readonly details?: OutcomeDetails;
  /** Why it is done although the ledger "not a pest" advises against it. */
  readonly override?: { readonly reason: string; readonly at: Instant };
  readonly closedAt?: Instant;
  /** The due time that other systems have been told of. */
  readonly announcedAt?: Instant;
};

export type NextStep = 'meeting' | 'sample' | 'quote';

export type OutcomeDetails = {
  readonly note?: string;
  /** Of `call-back-at`: the hour that they named. */
  readonly callBackAt?: Instant;
  /** Of `interested`. */
  readonly next?: NextStep;
  /** ISO date: when that next step is, or on which day `later` begins. */
  readonly on?: string;
  /** Of `wrong-person`: whom they named. */
  readonly referredTo?: ContactId;
};

export const OUTCOMES = {
  whatsapp: ['sent', 'not-on-whatsapp', 'answered'],
  call: ['spoke', 'no-answer', 'wrong-number', 'call-back-at'],
  answer: ['interested', 'later', 'wrong-person', 'no', 'won', 'lost'],
  'check-date': ['done'],
  'find-another-way': ['found', 'given-up'],
  decide: ['it-went', 'send-again', 'stop'],
  'confirm-opt-out': ['yes', 'no'],
  'new-address': ['added', 'dismissed'],
  'next-step': ['done', 'won', 'lost'],
  wake: ['written', 'given-up'],
  'company-held': ['release', 'leave'],
  custom: ['done'],
} as const satisfies Record<TaskKind, readonly string[]>;

export type Outcome = (typeof OUTCOMES)[TaskKind][number];
