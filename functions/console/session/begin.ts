/** Who is here, and the first questions of their day, asked while the application is still on its way. */
import { relanceClient } from '../../../shared/client.ts';
import { type Language, localeOf } from '../lexicon/load-words.ts';
import { type ConsoleConfig, findSession, readConfig, type SignInState } from './sign-in.ts';
import { readStored } from './stored.ts';

export type Begun = {
  readonly config: ConsoleConfig;
  readonly found: SignInState;
  /** What a page will ask for, under the key by which it does. */
  readonly early: readonly (readonly [queryKey: readonly string[], answer: Promise<unknown>])[];
};

/** The sender whose day is shown; stands for everybody's. */
export const EVERYBODY = 'everybody';
export const chosenSender = (): string => readStored('sender') || EVERYBODY;

export async function begin(language: Language): Promise<Begun> {
  const config = await readConfig();
  const found = await findSession(config).then(
    (session): SignInState => (session ? { kind: 'in', session } : { kind: 'out' }),
    (error: unknown): SignInState => ({
      kind: 'out',
      why: error instanceof Error ? error.message : String(error),
    }),
  );
  const isToday = found.kind === 'in' && /^(?:#\/?)?$/.test(location.hash);
  return { config, found, early: isToday ? askForToday(found.session.token, language) : [] };
}

function askForToday(token: string, language: Language): Begun['early'] {
  const client = relanceClient({
    baseUrl: location.origin,
    token,
    language: localeOf(language),
    fetch: (request) => fetch(request),
  });
  const sender = chosenSender();
  const early = [
    [['today', sender], client.today.get(sender === EVERYBODY ? {} : { sender })],
    [['senders'], client.senders.list({ limit: 200 })],
  ] as const;
  // What fails is asked again, and then said, by the page.
  for (const [, answer] of early) answer.catch(() => undefined);
  return early;
}
