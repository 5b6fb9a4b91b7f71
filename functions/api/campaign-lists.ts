/** What a campaign lists: its enrollments, of one state where asked, and what its launches took and refused. */
import type { EnrollmentState, LaunchReportView } from '../../shared/api/campaigns.ts';
import type { CampaignId } from '../../shared/domain/ids.ts';
import type { LaunchReport, RefusalReason } from '../../shared/domain/launch-report.ts';
import type { EnrollmentView, Page, PageAsked, Ports } from '../../shared/ports.ts';

const PAGE_DEFAULT = 50;
/** Looked through in one call; what is further on has its own page. */
const PAGES_MAX = 25;

/** Never more than the limit; a page that found few of the state is not the last while it has a `next`. */
export async function listByState(
  ports: Ports,
  campaignId: CampaignId,
  { limit = PAGE_DEFAULT, after }: PageAsked,
  state: EnrollmentState | undefined,
): Promise<Page<EnrollmentView>> {
  const items: EnrollmentView[] = [];
  let from = after;
  for (let pages = 0; pages < PAGES_MAX && items.length < limit; pages++) {
    const asked = { limit: limit - items.length, ...(from ? { after: from } : {}) };
    const found = await ports.store.listEnrollments(campaignId, asked);
    items.push(...found.items.filter((view) => state === undefined || stateOf(view) === state));
    from = found.next;
    if (!from || state === undefined) break;
  }
  return { items, ...(from ? { next: from } : {}) };
}

function stateOf({ enrollment: walk }: EnrollmentView): EnrollmentState {
  if (walk.kind === 'ended') return walk.end.kind;
  return walk.letter.kind === 'planned' && walk.holds.length > 0 ? 'held' : walk.letter.kind;
}

/** What is known without the contact: the words of the call itself named the field and the value. */
const WORDS: Readonly<Record<RefusalReason, string>> = {
  'invalid-address': 'This was no mail address that can be written to.',
  'invalid-phone': 'A telephone number of theirs was none.',
  'unknown-zone': 'There is no such time zone.',
  'unknown-country': 'There is no such country.',
  'unknown-language': 'There is no such language.',
  duplicate: 'The same address stood further up in the call.',
  suppressed: 'They are never written to again.',
  'suppressed-domain': 'Their company is never written to again.',
  'in-this-campaign': 'They were in this campaign already.',
  'in-another-campaign': 'Another campaign was under way with them.',
  'another-owner': 'Their company is another sender’s.',
  're-enrolled-too-soon': 'Their last campaign was less than 90 days ago.',
  letter: 'A letter to them had an error: its preview says which.',
  'missing-profile': 'Their data was gone.',
};

export const reportView = ({
  campaignId: _campaign,
  refused,
  ...report
}: LaunchReport): LaunchReportView => ({
  ...report,
  refused: refused.map((one) => ({ ...one, detail: WORDS[one.reason] })),
});
