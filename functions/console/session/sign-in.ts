/**
 * Who is here. On one's own machine the token comes in the address that `npm start` prints; on AWS by OpenID Connect,
 * against the issuer that the deployment names. What is kept is kept for this tab.
 */
import { finishSignIn, isReturning, type OidcConfig, renew, type SignedIn } from './oidc.ts';

export type ConsoleConfig = {
  readonly auth: { readonly kind: 'token' } | OidcConfig;
  /** Only the local runtime has a laboratory. */
  readonly local?: boolean;
};

export type SignInState =
  | { readonly kind: 'out'; readonly why?: string }
  | { readonly kind: 'in'; readonly session: SignedIn };

const TOKEN = 'relance.token';

export async function readConfig(): Promise<ConsoleConfig> {
  // The page has asked for it already, in its head; it is served as not to be kept.
  const response = await fetch('./config.json');
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as ConsoleConfig;
}

/** From the address, from this tab, or back from the issuer; `undefined`: somebody has to sign in. */
export async function findSession({ auth }: ConsoleConfig): Promise<SignedIn | undefined> {
  const given = /^#token=([\x21-\x7e]{8,500})$/.exec(location.hash)?.[1];
  if (given && auth.kind === 'token') {
    // Out of the address bar at once: an address is copied, bookmarked and shown on screens.
    history.replaceState(null, '', `${location.pathname}#/`);
    return keep({ token: given });
  }
  if (auth.kind === 'oidc' && isReturning()) return keep(await finishSignIn(auth));
  const kept = sessionStorage.getItem(TOKEN);
  const session = kept ? (JSON.parse(kept) as SignedIn) : undefined;
  if (session?.expiresAt === undefined || session.expiresAt > Date.now()) return session;
  return renewed({ auth }, session);
}

/** The session with a fresh token, or `undefined` where somebody has to sign in again. */
export async function renewed({ auth }: ConsoleConfig, session: SignedIn): Promise<SignedIn | undefined> {
  const fresh = auth.kind === 'oidc' ? await renew(auth, session) : undefined;
  return fresh && keep(fresh);
}

export function keep(session: SignedIn): SignedIn {
  sessionStorage.setItem(TOKEN, JSON.stringify(session));
  return session;
}

export const forget = (): void => sessionStorage.removeItem(TOKEN);
