/**
 * What became of one call that brought contacts into a campaign, kept with it: how many came in, and everybody who did not,
 * by opaque id and reason code. The words are found when it is read, so that it holds no people's data.
 */
import { type CampaignId, type ContactId, derivedId } from './ids.ts';
import type { Instant } from './instant.ts';

/** Why somebody is not taken. */
export type RefusalReason =
  | 'invalid-address'
  | 'invalid-phone'
  | 'unknown-zone'
  | 'unknown-country'
  | 'unknown-language'
  | 'duplicate'
  | 'suppressed'
  | 'suppressed-domain'
  | 'in-this-campaign'
  | 'in-another-campaign'
  | 'another-owner'
  | 're-enrolled-too-soon'
  | 'letter'
  | 'missing-profile';

export type LaunchReport = {
  readonly campaignId: CampaignId;
  readonly id: string;
  readonly at: Instant;
  readonly call: 'create' | 'add' | 'launch';
  readonly accepted: number;
  readonly refusedCount: number;
  /** Up to `REPORTED_REFUSALS_MAX` of them, in the order of the call. */
  readonly refused: readonly ReportedRefusal[];
};

export type ReportedRefusal = {
  /** Its place in the call, from 0; of a launch, in the campaign. */
  readonly index: number;
  readonly contactId?: ContactId;
  readonly pointer: string;
  readonly reason: RefusalReason;
};

/** Some 120 bytes each: the item stays below DynamoDB's 400 KB. */
export const REPORTED_REFUSALS_MAX = 2_500;

/** A campaign is created once and launched once: whoever tries again writes the same report anew. */
export const reportIdOf = (campaignId: CampaignId, call: LaunchReport['call'], callId: string): string =>
  call === 'add' ? derivedId('report', campaignId, callId) : call;
