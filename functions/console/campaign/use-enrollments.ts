/** Everybody in a campaign: the first page at once, the others behind it while the first is read. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { EnrollmentView } from '../../../shared/api/contacts.ts';
import { useClient } from '../session/session.tsx';
import { enrollmentsQuery } from './campaign-queries.ts';

/** While a launch is still enrolling people; whom it refuses never comes, so the asking ends by itself. */
const ENROLLING_MS = 3_000;
const ASKED_MAX = 40;

export type Enrollments = {
  readonly items: readonly EnrollmentView[];
  readonly isWhole: boolean;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly refetch: () => void;
};

/** `expected`: how many will be there once the launch has enrolled all. */
export function useEnrollments(campaignId: string, expected: number): Enrollments {
  const client = useClient();
  const asking = enrollmentsQuery(client, campaignId);
  const asked = useQueryClient().getQueryState(asking.queryKey)?.dataUpdateCount ?? 0;
  const query = useInfiniteQuery({
    ...asking,
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      countOf(data?.pages ?? []) < expected && dataUpdateCount < ASKED_MAX ? ENROLLING_MS : false,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error, data } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !error) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, error]);
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return {
    items,
    isWhole: data !== undefined && !hasNextPage && (items.length >= expected || asked >= ASKED_MAX),
    isLoading: query.isPending,
    error,
    refetch: () => void query.refetch(),
  };
}

const countOf = (pages: readonly { readonly items: readonly unknown[] }[]): number =>
  pages.reduce((sum, { items }) => sum + items.length, 0);
