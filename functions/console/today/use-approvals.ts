/** The letters of some senders that wait for a person's word. */
import { useQueries } from '@tanstack/react-query';
import type { LetterToApprove } from '../../../shared/api/approvals.ts';
import { useClient } from '../session/session.tsx';

const SHOWN = 50;

export function useApprovals(senders: readonly string[]): readonly LetterToApprove[] {
  const client = useClient();
  return useQueries({
    queries: senders.map((senderId) => ({
      queryKey: ['approvals', senderId],
      queryFn: () => client.approvals.list({ senderId, limit: SHOWN }),
    })),
    combine: (results) => results.flatMap(({ data }) => data?.items ?? []).filter(({ waits }) => waits),
  });
}
