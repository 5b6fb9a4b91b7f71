/** The application: who is here, in which language, and the one cache of everything that the API has said. */
import I18nProvider, { type I18nProviderProps } from '@cloudscape-design/components/i18n';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { ApiRefusal, relanceClient } from '../../shared/client.ts';
import { deviceLanguage, type Language, LanguageContext, localeOf } from './lexicon/words.tsx';
import { NoticesProvider } from './parts/notices.tsx';
import { SessionContext } from './session/session.tsx';
import { type ConsoleConfig, findSession, forget, type SignedIn } from './session/sign-in.ts';
import { readStored, store } from './session/stored.ts';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in-page.tsx';

type State =
  | { readonly kind: 'looking' }
  | { readonly kind: 'out'; readonly why?: string }
  | { readonly kind: 'in'; readonly session: SignedIn };

const STALE_MS = 5_000;

export function App({ config }: { readonly config: ConsoleConfig }) {
  const [language, setLanguage] = useLanguageChoice();
  const [state, setState] = useState<State>({ kind: 'looking' });
  const messages = useCloudscapeWords(language);
  const leave = useCallback((why?: string) => {
    forget();
    setState({ kind: 'out', ...(why ? { why } : {}) });
  }, []);
  const [queries] = useState(() => makeQueries(() => leave('expired')));
  useEffect(() => {
    findSession(config).then(
      (session) => setState(session ? { kind: 'in', session } : { kind: 'out' }),
      (error: unknown) =>
        setState({ kind: 'out', why: error instanceof Error ? error.message : String(error) }),
    );
  }, [config]);
  const session = useMemo(() => {
    if (state.kind !== 'in') return undefined;
    const { token } = state.session;
    const client = relanceClient({
      baseUrl: location.origin,
      token,
      language: localeOf(language),
      fetch: (request) => fetch(request),
    });
    return { client, token, config, signOut: () => leave() };
  }, [state, language, config, leave]);
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
            onToken={(token) => setState({ kind: 'in', session: token })}
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

function makeQueries(onExpired: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiRefusal && error.status === 401) onExpired();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // What the API refuses it will refuse again; only a broken connection is worth another try.
        retry: (count, error) => !(error instanceof ApiRefusal && error.status < 500) && count < 2,
      },
    },
  });
}
