/** The application: who is here, in which language, and the one cache of everything that the API has said. */
import I18nProvider, { type I18nProviderProps } from '@cloudscape-design/components/i18n';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ApiRefusal, relanceClient } from '../../shared/client.ts';
import { deviceLanguage, type Language, LanguageContext, localeOf } from './lexicon/words.tsx';
import { NoticesProvider } from './parts/notices.tsx';
import { SessionContext } from './session/session.tsx';
import type { ConsoleConfig } from './session/sign-in.ts';
import { readStored, store } from './session/stored.ts';
import { type FreshFor, useSignedIn } from './session/use-signed-in.ts';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in-page.tsx';

const STALE_MS = 5_000;

export function App({ config }: { readonly config: ConsoleConfig }) {
  const [language, setLanguage] = useLanguageChoice();
  const messages = useCloudscapeWords(language);
  const { state, enter, leave, freshFor } = useSignedIn(config);
  const [queries] = useState(makeQueries);
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
    return { client, token, config, signOut };
  }, [state, language, config, leave, freshFor, queries]);
  if (!messages || state.kind === 'looking') return null;
  return (
    <LanguageContext.Provider value={language}>
      <I18nProvider locale={localeOf(language)} messages={[messages]}>
        {session ? (
          <SessionContext.Provider value={session}>
            <QueryClientProvider client={queries}>
              <NoticesProvider>
                <Shell onLanguage={setLanguage} />
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
    </LanguageContext.Provider>
  );
}

function useLanguageChoice() {
  const [language, set] = useState<Language>(() => {
    const stored = readStored('language');
    return stored === 'en' || stored === 'zh' ? stored : deviceLanguage();
  });
  useEffect(() => {
    document.documentElement.lang = localeOf(language);
  }, [language]);
  const choose = (choice: Language) => {
    store('language', choice);
    set(choice);
  };
  return [language, choose] as const;
}

/** Cloudscape's own words, loaded for the one language that is shown. */
function useCloudscapeWords(language: Language): I18nProviderProps.Messages | undefined {
  const [messages, setMessages] = useState<{ language: Language; words: I18nProviderProps.Messages }>();
  useEffect(() => {
    const loading =
      language === 'zh'
        ? import('@cloudscape-design/components/i18n/messages/all.zh-CN')
        : import('@cloudscape-design/components/i18n/messages/all.en-GB');
    let isWanted = true;
    void loading.then(({ default: words }) => {
      if (isWanted) setMessages({ language, words });
    });
    return () => {
      isWanted = false;
    };
  }, [language]);
  // The words of the other language stay until the new ones are there: a page must not vanish while somebody reads.
  return messages?.words;
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

const makeQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // What the API refuses it will refuse again; only a broken connection is worth another try.
        retry: (count, error) => !(error instanceof ApiRefusal && error.status < 500) && count < 2,
      },
    },
  });
