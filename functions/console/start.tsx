/** The application's own beginning, with everything at hand that was asked for before it was there. */
import './console.css';
import { QueryClient } from '@tanstack/react-query';
import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiRefusal } from '../../shared/client.ts';
import { App } from './app.tsx';
import type { LoadedWords } from './lexicon/load-words.ts';
import type { Begun } from './session/begin.ts';

const STALE_MS = 5_000;

export function start(root: HTMLElement, words: LoadedWords, { early, ...begun }: Begun): void {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // What the API refuses it will refuse again; only a broken connection is worth another try.
        retry: (count, error) => !(error instanceof ApiRefusal && error.status < 500) && count < 2,
      },
    },
  });
  // One that failed is not kept: the page that needs it asks again, and says what is wrong.
  for (const [queryKey, answer] of early)
    void queries.prefetchQuery({ queryKey, queryFn: () => answer, retry: false });
  // In small pieces: on a telephone the first tap must not wait for the last row.
  startTransition(() => createRoot(root).render(<App {...begun} queries={queries} firstWords={words} />));
}
