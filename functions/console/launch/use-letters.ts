/** Every letter to everybody on the list, asked for twenty people at a time; what has come is shown meanwhile. */
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useClient } from '../session/session.tsx';
import { contactsOf, type LaunchPlan, type Letters } from './launch-plan.ts';

const AT_ONCE = 20;
/** The launch checks everybody; a person looks at so many, and the first hundreds show every kind of fault. */
export const LOOKED_AT_MAX = 200;

export function useLetters(plan: LaunchPlan, isWanted: boolean): Letters {
  const client = useClient();
  const contacts = useMemo(() => contactsOf(plan).slice(0, LOOKED_AT_MAX), [plan]);
  const pages = Array.from({ length: Math.ceil(contacts.length / AT_ONCE) }, (_, page) =>
    contacts.slice(page * AT_ONCE, (page + 1) * AT_ONCE),
  );
  return useQueries({
    queries: pages.map((page) => ({
      queryKey: ['letters', plan.senderId, plan.sequenceId, page],
      queryFn: () =>
        client.campaigns.preview({
          sender: plan.senderId ?? '',
          ...(plan.sequenceId ? { sequence: plan.sequenceId } : {}),
          contacts: [...page],
        }),
      enabled: isWanted && plan.senderId !== undefined,
      staleTime: 60_000,
    })),
    combine: (results): Letters => ({
      people: results.flatMap(({ data }) => data?.contacts ?? []),
      total: contacts.length,
      isLoading: isWanted && results.some(({ isPending, isFetching }) => isPending && isFetching),
      error: results.find(({ error }) => error)?.error,
    }),
  });
}
