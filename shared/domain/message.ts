/** Any mail, out or in, as the contact's timeline shows it. Raw inbound bytes stay in the bucket under `rawKey`. */
import type { Reading } from '../inbound/reading.ts';
import type { CampaignId, ContactId, EnrollmentId, MessageId, SesId } from './ids.ts';
import type { Instant } from './instant.ts';

export type Message = OutgoingMessage | IncomingMessage;

export type OutgoingMessage = {
  readonly kind: 'out';
  readonly id: MessageId;
  readonly contactId: ContactId;
  readonly enrollmentId: EnrollmentId;
  readonly campaignId: CampaignId;
  /** Of an answer: the step whose letter began the thread. */
  readonly step: number;
  /** Written by a person, as an answer to this mail of theirs. */
  readonly answers?: MessageId;
  /** When it was composed; `sentAt` once SES took it. */
  readonly at: Instant;
  readonly sentAt?: Instant;
  readonly sesId?: SesId;
  readonly subject: string;
  readonly text: string;
  /** The letter's own words, without signature, opt-out and quote: what a follow-up quotes. */
  readonly body?: string;
  /** The meeting hours that it offers: reserved for this letter until they are past or given back. */
  readonly slots?: readonly OfferedSlot[];
};

/** `wish`: as the letter asked for it, `tuesday 11:00`. */
export type OfferedSlot = { readonly wish: string; readonly at: Instant };

export type IncomingMessage = {
  readonly kind: 'in';
  readonly id: MessageId;
  /** Absent: no contact was found ("unmatched"). */
  readonly contactId?: ContactId;
  readonly enrollmentId?: EnrollmentId;
  /** `company`: somebody else of that company, under the letter's subject; probable, until a person agrees. */
  readonly matchedBy?:
    | 'token'
    | 'message-id'
    | 'sender'
    | 'company'
    | 'own-mailbox'
    | 'sender-copy'
    | 'person';
  /** Only held and listed: neither token nor our own id nor aligned authentication vouches for it. */
  readonly unverified?: true;
  /** SES found a virus in it: the original is never handed on, its words are. */
  readonly hasVirus?: true;
  /** When a person last said what it is. */
  readonly correctedAt?: Instant;
  readonly at: Instant;
  readonly from?: string;
  readonly subject?: string;
  readonly rawKey: string;
  readonly reading: Reading;
  /** The RFC 5322 id and references, for an answer in the thread. */
  readonly rfcMessageId?: string;
  readonly references?: readonly string[];
};

/** One letter, one record: preparing it again overwrites what never went out. */
export const letterMessageId = (enrollmentId: EnrollmentId, step: number): MessageId =>
  `letter-${enrollmentId}-${step}` as MessageId;

/** SES's id of an inbound mail, which names its hold: the last part of the key under which it was stored. */
export const arrivalIdOf = (rawKey: string): string => rawKey.slice(rawKey.lastIndexOf('/') + 1);

/** No reader came through it: what it says a person must find out. */
export const isUnread = ({ reading }: IncomingMessage): boolean =>
  reading.kind.evidence.some((one) => one.from === 'structure' && one.what === NOT_READ);
export const NOT_READ = 'not read';
