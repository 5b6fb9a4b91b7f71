/** Who writes: one salesperson with a name, an address and a working day of their own. */
import type { Channel } from './channel.ts';
import type { SenderId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { PlaceLimits } from './place.ts';
import type { ReplyClock } from './reply-clock.ts';
import type { Window } from './time/rules.ts';

export type Sender = {
  readonly id: SenderId;
  readonly name: string;
  readonly company: string;
  /** The From address; its domain is a verified SES identity. */
  readonly address: string;
  readonly phone?: string;
  readonly whatsapp?: string;
  readonly website?: string;
  /** Stands below every letter: CAN-SPAM §5(a)(5) asks for a valid postal address in B2B mail too. */
  readonly postalAddress: string;
  /** IANA name. */
  readonly zone: string;
  /** ISO 3166-1 alpha-2 and region: whose public holidays the sender keeps. */
  readonly country?: string;
  readonly region?: string;
  /** ISO weekdays; their country's where left out. */
  readonly workingDays?: readonly number[];
  /** Local wall time; 09:00–18:00 where left out. */
  readonly hours?: Window;
  /** Reachable by phone until then on working days, `HH:MM`. */
  readonly eveningUntil?: string;
  /** Own leave, ISO dates. */
  readonly daysOff?: readonly string[];
  /** Letters per day of the sender's own zone. */
  readonly dailyQuota: number;
  /** Letters per hour of the sender's own wall; no ceiling but the quota where left out. */
  readonly hourlyCeiling?: number;
  /** What SES allows, where that is less than asked for; found out by `reconcile`, never given. */
  readonly sesAllows?: PlaceLimits;
  readonly listUnsubscribe: 'always' | 'follow-ups' | 'never';
  /** Whether answers to the sender's own address find their way here; absent: nobody has tried. */
  readonly ownMailbox?: OwnMailbox;
  /** They have left: whom everything went to. Nobody launches as them any more. */
  readonly transferredTo?: SenderId;
  /** Where alerts go. At least one. */
  readonly channels: readonly Channel[];
  /** Who is told next while an answer waits; absent: nobody. */
  readonly replyClock?: ReplyClock;
  /** Sent at their own morning; none where left out. */
  readonly digests?: readonly DigestPeriod[];
  /** In which Relance speaks to them; English where left out. */
  readonly language?: 'en' | 'zh';
};

export const DIGEST_PERIODS = ['daily', 'weekly', 'monthly'] as const;
export type DigestPeriod = (typeof DIGEST_PERIODS)[number];

export type OwnMailbox = {
  /** When a probe was last sent to the sender's own address. */
  readonly probedAt?: Instant;
  /** When one came back from there: answers to that address stop the sequence too. */
  readonly seenAt?: Instant;
};

const NO_LIMITS: PlaceLimits = { perDay: Number.POSITIVE_INFINITY, perHour: Number.POSITIVE_INFINITY };

/** Their places of a day and an hour: a sender without a ceiling may write the day's letters in one hour. */
export const limitsOf = ({
  dailyQuota,
  hourlyCeiling,
  sesAllows = NO_LIMITS,
}: Pick<Sender, 'dailyQuota' | 'hourlyCeiling' | 'sesAllows'>): PlaceLimits => ({
  perDay: Math.min(dailyQuota, sesAllows.perDay),
  perHour: Math.min(hourlyCeiling ?? dailyQuota, sesAllows.perHour),
});

/**
 * Above 5,000 mails a day Gmail and Yahoo ask for one-click opt-out in every mail (their sender guidelines of 2024).
 * The quota is what counts: whoever may write as many is held to it on quiet days, too.
 */
const BULK_LETTERS_A_DAY = 5_000;

/** Whether a letter carries the opt-out headers of RFC 8058; the opt-out sentence stands in each anyway. */
export const hasListHeaders = (
  { listUnsubscribe, dailyQuota }: Pick<Sender, 'listUnsubscribe' | 'dailyQuota'>,
  isFollowUp: boolean,
): boolean =>
  listUnsubscribe === 'always' ||
  dailyQuota > BULK_LETTERS_A_DAY ||
  (listUnsubscribe === 'follow-ups' && isFollowUp);
