/** Figures, reckoned when asked. */
import type { statsOperations } from '../../shared/api/operations/stats.ts';
import type { CampaignStats } from '../../shared/api/stats.ts';
import { collectStats, eachEnrollment, STATS_ENROLLMENTS_MAX } from '../../shared/collect-stats.ts';
import { rosterCount } from '../../shared/domain/campaign.ts';
import type { CampaignId } from '../../shared/domain/ids.ts';
import { tally, tallyTouches } from '../../shared/domain/stats.ts';
import type { EnrollmentView } from '../../shared/ports.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { notFound } from './problem.ts';

export const statsHandlers: MakeHandlers<typeof statsOperations> = (ports) => ({
  'stats.get': async ({ query }) => {
    const campaignId = query.campaignId as CampaignId | undefined;
    if (campaignId && !(await ports.store.load('campaign', campaignId)))
      throw notFound(`Campaign ${campaignId}`);
    const { facts, isCut } = await collectStats(ports, campaignId);
    return ok({
      by: query.by,
      items: [...tally(facts, query.by)],
      touches: tallyTouches(facts, ports.clock.now()),
      enrollments: facts.length,
      isCut,
    });
  },
  'stats.campaign': async ({ params }) => {
    const campaign = await ports.store.load('campaign', params.id as CampaignId);
    if (!campaign) throw notFound(`Campaign ${params.id}`);
    const { items, isCut } = await eachEnrollment(ports, campaign.id, STATS_ENROLLMENTS_MAX);
    return ok({ contacts: rosterCount(campaign), ...standingsOf(items), isCut });
  },
});

function standingsOf(views: readonly EnrollmentView[]): Omit<CampaignStats, 'contacts' | 'isCut'> {
  const byState = { planned: 0, sending: 0, unknown: 0, finished: 0, stopped: {} as Record<string, number> };
  const days = new Map<string, { planned: number; sent: number }>();
  const count = (at: string, what: 'planned' | 'sent'): void => {
    const day = days.get(at.slice(0, 10)) ?? { planned: 0, sent: 0 };
    days.set(at.slice(0, 10), { ...day, [what]: day[what] + 1 });
  };
  let sent = 0;
  for (const { enrollment: walk } of views) {
    sent += walk.sent.length;
    for (const { at } of walk.sent) count(at, 'sent');
    if (walk.kind === 'open') {
      byState[walk.letter.kind] += 1;
      if (walk.letter.kind === 'planned') count(walk.letter.dueAt, 'planned');
    } else if (walk.end.kind === 'finished') byState.finished += 1;
    else byState.stopped[walk.end.why] = (byState.stopped[walk.end.why] ?? 0) + 1;
  }
  const byDay = [...days]
    .map(([day, counts]) => ({ day, ...counts }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  return { byState, sent, replied: byState.stopped.replied ?? 0, byDay };
}
