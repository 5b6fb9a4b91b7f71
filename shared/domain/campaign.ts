/** One sequence version + one sender + contacts. `draft → running ⇄ paused → finished`. */
import type { CampaignId, ContactId, SenderId, SequenceId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { StepRules } from './time/rules.ts';

export type CampaignStatus = 'draft' | 'running' | 'paused' | 'finished';

export type Campaign = {
  readonly id: CampaignId;
  readonly name: string;
  readonly senderId: SenderId;
  readonly sequenceId: SequenceId;
  readonly sequenceVersion: number;
  readonly status: CampaignStatus;
  /** When the present status began; a pause is given back from here. */
  readonly statusSince: Instant;
  readonly createdAt: Instant;
  /** Finished by a person, and so for good. Without it a campaign ended because nobody in it had a letter left. */
  readonly isStopped?: true;
  /** Where its contacts stand. A page that is not named here belongs to a request that died, and is never read. */
  readonly roster?: readonly RosterPage[];
  /** The last of these pages: what a change compares, for a condition on all of them outgrows DynamoDB's limits. */
  readonly rosterTip?: string;
  /** Some of its contacts have letters of their own, which are looked for before each letter is written. */
  readonly hasOwnLetters?: true;
  /** Why its contacts may be touched more than four times in 60 days without an answer. */
  readonly pesterReason?: string;
  /** Why its contacts may be begun with again within 90 days of their last walk. */
  readonly reEnrollReason?: string;
  /** Fingerprints of the lint warnings that somebody has accepted: each is asked about once. */
  readonly acceptedWarnings?: readonly string[];
  /** A person looks at each letter before it goes; without it a launch approves what it posted. */
  readonly approval?: 'each';
  /** `ignore`: Ramadan, August, Christmas and the like keep no letter of it back. Else each step's own rules say. */
  readonly seasons?: 'avoid' | 'ignore';
};

export type RosterPage = { readonly page: string; readonly count: number };

/** One page of a campaign's contacts, so that a launch can find them again. Pages never change. */
export type Roster = {
  readonly campaignId: CampaignId;
  readonly page: string;
  readonly contactIds: readonly ContactId[];
};

/** How many contacts a campaign has. */
export const rosterCount = (campaign: Campaign): number =>
  (campaign.roster ?? []).reduce((sum, page) => sum + page.count, 0);

const NEXT: Readonly<Record<CampaignStatus, readonly CampaignStatus[]>> = {
  draft: ['running', 'finished'],
  running: ['paused', 'finished'],
  paused: ['running', 'finished'],
  finished: [],
};

/** Whether a campaign may change to `to`. Staying where it is is always allowed: asking twice is no error. */
export const mayBecome = (from: CampaignStatus, to: CampaignStatus): boolean =>
  from === to || NEXT[from].includes(to);

/** What a campaign says about the rules of all its steps. */
export const overridesOf = ({ seasons }: Pick<Campaign, 'seasons'>): Partial<StepRules> =>
  seasons === 'ignore' ? { seasons } : {};
