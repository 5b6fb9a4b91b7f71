/** The application: who is here, in which language, and the one cache of everything that the API has said. */
import I18nProvider from '@cloudscape-design/components/i18n';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { relanceClient } from '../../shared/client.ts';
import { type Language, type LoadedWords, loadWords, localeOf } from './lexicon/load-words.ts';
import { WordsContext } from './lexicon/words.tsx';
import { NoticesProvider } from './parts/notices.tsx';
import type { Begun } from './session/begin.ts';
import { SessionContext } from './session/session.tsx';
import { store } from './session/stored.ts';
import { type FreshFor, useSignedIn } from './session/use-signed-in.ts';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in-page.tsx';

export function App(props: {
  readonly config: Begun['config'];
  readonly found: Begun['found'];
  readonly queries: QueryClient;
  readonly firstWords: LoadedWords;
}) {
  const { config, queries } = props;
  const [words, chooseLanguage] = useChosenWords(props.firstWords);
  const { language } = words;
  const { state, enter, leave, freshFor } = useSignedIn(config, props.found);
  const session = useMemo(() => {
    if (state.kind !== 'in') return undefined;
    const { token } = state.session;
    const client = relanceClient({
      baseUrl: location.origin,
      token,
      language: localeOf(language),
      fetch: (request) => fetchRenewing(request, token, freshFor),
    });
    const signOut = () => {
      // The next person at this desk sees nothing of this one's.
      queries.clear();
      void leave();
    };
    return { client, token, config, signOut, chooseLanguage };
  }, [state, language, config, leave, freshFor, queries, chooseLanguage]);
  return (
    <WordsContext.Provider value={words}>
      <I18nProvider locale={localeOf(language)} messages={[words.cloudscape]}>
        {session ? (
          <SessionContext.Provider value={session}>
            <QueryClientProvider client={queries}>
              <NoticesProvider>
                <Shell />
              </NoticesProvider>
            </QueryClientProvider>
          </SessionContext.Provider>
        ) : (
          <SignIn
            config={config}
            {...(state.kind === 'out' && state.why ? { why: state.why } : {})}
            onToken={enter}
          />
        )}
      </I18nProvider>
    </WordsContext.Provider>
  );
}

/** The words before stay until the new ones are there: a page must not vanish while somebody reads. */
function useChosenWords(first: LoadedWords) {
  const [words, set] = useState(first);
  const choose = useCallback((language: Language) => {
    store('language', language);
    void loadWords(language).then(set);
  }, []);
  return [words, choose] as const;
}

/** A request whose token has just ended is asked once more with the next one: nobody loses what they were sending. */
async function fetchRenewing(request: Request, token: string, freshFor: FreshFor): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
  if (response.status !== 401) return response;
  const fresh = await freshFor(token);
  if (fresh === undefined) return response;
  again.headers.set('authorization', `Bearer ${fresh}`);
  return fetch(again);
}
