/**
 * New replies appear by themselves, and nobody pays for it who is not looking: one small question every few seconds,
 * only while the tab is visible, rarer when nobody has touched it for a while. Only when the answer has changed is
 * anything else asked for.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useWords } from '../lexicon/words.tsx';
import { useClient, useSession } from '../session/session.tsx';
import { readStored } from '../session/stored.ts';

/** The local runtime costs nothing; on AWS a question is a Lambda invocation and two reads. */
const LOCAL_MS = 1_500;
const AWS_MS = 10_000;
const UNTOUCHED_MS = 5 * 60_000;
const UNTOUCHED_PAUSE_MS = 60_000;

/** How many tasks are open; refreshes everything shown when something new has come. */
export function usePulse(): number {
  const client = useClient();
  const { config } = useSession();
  const queries = useQueryClient();
  const t = useWords();
  const touchedAt = useLastTouch();
  const { data } = useQuery({
    queryKey: ['pulse'],
    queryFn: () => client.today.pulse(),
    refetchIntervalInBackground: false,
    refetchInterval: () =>
      Date.now() - touchedAt.current > UNTOUCHED_MS ? UNTOUCHED_PAUSE_MS : config.local ? LOCAL_MS : AWS_MS,
  });
  const seen = useRef<string>(undefined);
  useEffect(() => {
    if (!data) return;
    document.title = data.openTasks > 0 ? `(${data.openTasks}) ${t('app.name')}` : t('app.name');
    if (seen.current !== undefined && seen.current !== data.mark) {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'pulse' });
      if (document.hidden || !document.hasFocus()) notify(t('notify.new'));
    }
    seen.current = data.mark;
  }, [data, queries, t]);
  return data?.openTasks ?? 0;
}

function useLastTouch() {
  const at = useRef(Date.now());
  useEffect(() => {
    const touched = () => {
      at.current = Date.now();
    };
    const kinds = ['pointerdown', 'keydown', 'focus'] as const;
    for (const kind of kinds) addEventListener(kind, touched);
    return () => {
      for (const kind of kinds) removeEventListener(kind, touched);
    };
  }, []);
  return at;
}

/** Says only that there is something: a lock screen is no place for a prospect's words. */
function notify(text: string): void {
  if (readStored('notify') !== 'on' || !('Notification' in window) || Notification.permission !== 'granted')
    return;
  new Notification('Relance', { body: text, tag: 'relance' });
}
