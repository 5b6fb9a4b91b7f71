/** The operations that answer figures. */
import { EXAMPLE_CAMPAIGN } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import { CampaignStats, StatsAnswer, StatsQuery } from '../stats.ts';

export const statsOperations = {
  'stats.get': {
    summary: 'Letters, replies and touches by campaign, step, country, source, grade or week',
    description:
      'Reckoned from the enrollments when asked: of one campaign, or of the newest 20. Up to 10,000 enrollments in one answer.',
    scope: 'read',
    query: StatsQuery,
    answers: { 200: StatsAnswer },
    example: { query: { by: 'country', campaignId: EXAMPLE_CAMPAIGN } },
  },
  'stats.campaign': {
    summary: 'Where the enrollments of a campaign stand',
    scope: 'read',
    answers: { 200: CampaignStats },
    example: { params: { id: EXAMPLE_CAMPAIGN } },
  },
} satisfies OperationsOf<'stats'>;
