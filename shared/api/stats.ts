/** Figures in the API: what became of the letters, and of what was to be done. */
import * as z from 'zod';
import { GivenId } from '../api.ts';
import { STATS_BY } from '../domain/stats.ts';

export const StatsQuery = z.strictObject({
  by: z.enum(STATS_BY).default('campaign'),
  campaignId: GivenId.optional(),
});

const count = z.number().int();
const Figures = z.object({
  letters: count,
  replies: count,
  interested: count,
  absences: count,
  bounces: count,
  /** Replies that somebody had to answer, and how many were answered within 24 hours. */
  toAnswer: count,
  answeredIn24h: count,
});
export const StatsAnswer = z.object({
  by: z.enum(STATS_BY),
  items: z.array(Figures.extend({ key: z.string() })),
  /** Each letter, call and other task of these campaigns once. */
  touches: z.object({ planned: count, done: count, late: count }),
  enrollments: count,
  /** More enrollments than one answer looks at: ask campaign by campaign. */
  isCut: z.boolean(),
});
export type StatsAnswer = z.infer<typeof StatsAnswer>;

export const CampaignStats = z.object({
  contacts: count,
  byState: z.object({
    planned: count,
    sending: count,
    unknown: count,
    finished: count,
    stopped: z.record(z.string(), count),
  }),
  sent: count,
  replied: count,
  byDay: z.array(z.object({ day: z.string(), planned: count, sent: count })),
  isCut: z.boolean(),
});
export type CampaignStats = z.infer<typeof CampaignStats>;
