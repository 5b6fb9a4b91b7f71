/** What every page needs of the person before it: the API in their name and language. */
import { createContext, useContext } from 'react';
import type { Client } from '../../../shared/client.ts';
import type { Language } from '../lexicon/load-words.ts';
import type { ConsoleConfig } from './sign-in.ts';

export type Session = {
  readonly client: Client;
  readonly token: string;
  readonly config: ConsoleConfig;
  readonly signOut: () => void;
  readonly chooseLanguage: (language: Language) => void;
};

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A page was shown before anybody signed in');
  return session;
}

export const useClient = (): Client => useSession().client;
