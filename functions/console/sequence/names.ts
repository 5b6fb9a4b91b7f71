/** What people call a sequence; its id where the list does not have it (yet). */
import { useQuery } from '@tanstack/react-query';
import { useClient } from '../session/session.tsx';

export function useSequenceNames(): (id: string) => string {
  const client = useClient();
  const { data } = useQuery({
    queryKey: ['sequences'],
    queryFn: () => client.sequences.list({ limit: 200 }),
  });
  // Every version is listed, the newest last: its name is today's.
  const names = new Map((data?.items ?? []).map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
