/** Everybody in a campaign: the first page at once, the others behind it while the first is read. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { EnrollmentView } from '../../../shared/api/contacts.ts';
import { useClient } from '../session/session.tsx';

const FIRST_PAGE = 50;
const PAGE = 200;

export type Enrollments = {
  readonly items: readonly EnrollmentView[];
  readonly isWhole: boolean;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly refetch: () => void;
};

export function useEnrollments(campaignId: string): Enrollments {
  const client = useClient();
  const query = useInfiniteQuery({
    queryKey: ['enrollments', campaignId],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      client.campaigns.enrollments(
        campaignId,
        pageParam ? { limit: PAGE, after: pageParam } : { limit: FIRST_PAGE },
      ),
    getNextPageParam: (page) => page.next,
    // Thousands of rows are not read again for each new reply; acting on them and coming back does.
    staleTime: 30_000,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error, data } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !error) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, error]);
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return {
    items,
    isWhole: data !== undefined && !hasNextPage,
    isLoading: query.isPending,
    error,
    refetch: () => void query.refetch(),
  };
}
