/** What a campaign's page asks for first: asked while the page itself is still on its way, and again by the page. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Client } from '../../../shared/client.ts';

const FIRST_PAGE = 50;
const PAGE = 200;
/** Thousands of rows are not read again for each new reply; acting on them and coming back does. */
const ROWS_STALE_MS = 30_000;

export const campaignQuery = (client: Client, id: string) =>
  queryOptions({ queryKey: ['campaign', id], queryFn: () => client.campaigns.get(id) });

/** The first page is what a screen holds; the others come behind it while it is read. */
export const enrollmentsQuery = (client: Client, id: string) =>
  infiniteQueryOptions({
    queryKey: ['enrollments', id],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      client.campaigns.enrollments(id, pageParam ? { limit: PAGE, after: pageParam } : { limit: FIRST_PAGE }),
    getNextPageParam: (page) => page.next,
    staleTime: ROWS_STALE_MS,
  });
