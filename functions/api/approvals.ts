/** /v1/approvals, and what one letter's approval answers. */
import type { ApprovalsAnswer, LetterToApprove } from '../../shared/api/approvals.ts';
import type { approvalOperations } from '../../shared/api/operations/approvals.ts';
import { type Approved, approveLetters } from '../../shared/approve-letters.ts';
import { displayName } from '../../shared/domain/contact.ts';
import type { CampaignId, EnrollmentId, SenderId } from '../../shared/domain/ids.ts';
import { campaignApprovals, senderApprovals } from '../../shared/list-approvals.ts';
import type { NextLetter } from '../../shared/look-at-letter.ts';
import { clockView } from './enrollment-view.ts';
import { type MakeHandlers, ok } from './handler.ts';
import { letterView } from './previews.ts';

export const approvalHandlers: MakeHandlers<typeof approvalOperations> = (ports) => ({
  'approvals.list': async ({ query: { campaignId, senderId, ...asked } }) => {
    const page =
      campaignId === undefined
        ? await senderApprovals(ports, senderId as SenderId, asked)
        : await campaignApprovals(ports, campaignId as CampaignId, asked);
    return ok({ ...page, items: page.items.map(letterToApprove) });
  },
  'approvals.approve': async ({ body: { approve } }) => {
    const seen = approve.map((one) => ({ ...one, enrollmentId: one.enrollmentId as EnrollmentId }));
    const outcomes = await approveLetters(ports, seen);
    const items = outcomes.map((outcome, at): ApprovalsAnswer['items'][number] => {
      const { enrollmentId = '', step = 0 } = approve[at] ?? {};
      const detail = refusalOf(outcome);
      return { enrollmentId, step, outcome: outcome.kind, ...(detail ? { detail } : {}) };
    });
    return ok({ items });
  },
});

/** What keeps a letter from being approved, and what mends it; `undefined`: nothing. */
export function refusalOf(outcome: Approved): string | undefined {
  switch (outcome.kind) {
    case 'approved':
      return undefined;
    case 'changed':
      return 'The letter reads differently by now: look at it again and approve its new "print".';
    case 'refused':
      return outcome.findings.map(({ part, fix }) => `${part}: ${fix}`).join(' ');
    case 'not-waiting':
      return 'Nothing of this step is to be approved: it has gone, another step is next, or the walk is over.';
    default:
      return outcome satisfies never;
  }
}

export function letterToApprove(next: NextLetter): LetterToApprove {
  const { walk, contact, sender, step, waits, print, at } = next;
  const when = at && { at, theirs: clockView(contact.zone, at), ours: clockView(sender.zone, at) };
  const context = walk.wasAbsent ? 'back-from-absence' : 'no-answer';
  return {
    enrollmentId: walk.id,
    contactId: contact.id,
    name: displayName(contact),
    ...(contact.company ? { company: contact.company } : {}),
    campaignId: walk.campaignId,
    senderId: walk.senderId,
    step,
    waits,
    ...(print ? { print } : {}),
    ...when,
    letter: letterView({ ...next, context }),
  };
}
