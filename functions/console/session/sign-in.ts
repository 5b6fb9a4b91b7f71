/**
 * Who is here. On one's own machine the token comes in the address that `npm start` prints; on AWS by OpenID Connect,
 * authorization code with PKCE (RFC 7636), against the issuer that the deployment names.
 */
export type ConsoleConfig = {
  readonly auth:
    | { readonly kind: 'token' }
    | { readonly kind: 'oidc'; readonly issuer: string; readonly clientId: string; readonly scope: string };
  /** Only the local runtime has a laboratory. */
  readonly local?: boolean;
};

export type SignedIn = { readonly token: string; readonly expiresAt?: number };

const TOKEN = 'relance.token';
const PENDING = 'relance.pending';

export async function readConfig(): Promise<ConsoleConfig> {
  const response = await fetch('./config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as ConsoleConfig;
}

/** From the address, from this tab, or back from the issuer; `undefined`: somebody has to sign in. */
export async function findSession(config: ConsoleConfig): Promise<SignedIn | undefined> {
  const given = /^#token=([\x21-\x7e]{8,500})$/.exec(location.hash)?.[1];
  if (given) {
    // Out of the address bar at once: an address is copied, bookmarked and shown on screens.
    history.replaceState(null, '', `${location.pathname}#/`);
    return keep({ token: given });
  }
  if (config.auth.kind === 'oidc' && new URLSearchParams(location.search).has('code'))
    return keep(await exchangeCode(config.auth));
  const kept = sessionStorage.getItem(TOKEN);
  const session = kept ? (JSON.parse(kept) as SignedIn) : undefined;
  return session?.expiresAt !== undefined && session.expiresAt <= Date.now() ? undefined : session;
}

export function keep(session: SignedIn): SignedIn {
  sessionStorage.setItem(TOKEN, JSON.stringify(session));
  return session;
}

export const forget = (): void => sessionStorage.removeItem(TOKEN);

type Oidc = Extract<ConsoleConfig['auth'], { kind: 'oidc' }>;
type Issuer = { readonly authorization_endpoint: string; readonly token_endpoint: string };

const discover = async (issuer: string): Promise<Issuer> => {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`The issuer answered ${response.status}`);
  return (await response.json()) as Issuer;
};

const here = (): string => location.origin + location.pathname;

/** Leaves the page for the issuer's. */
export async function beginSignIn(auth: Oidc): Promise<void> {
  const verifier = randomText();
  const state = randomText();
  sessionStorage.setItem(PENDING, JSON.stringify({ verifier, state, hash: location.hash }));
  const url = new URL((await discover(auth.issuer)).authorization_endpoint);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const asked = {
    response_type: 'code',
    client_id: auth.clientId,
    redirect_uri: here(),
    scope: auth.scope,
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  location.assign(url);
}

async function exchangeCode(auth: Oidc): Promise<SignedIn> {
  const query = new URLSearchParams(location.search);
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? '{}') as Partial<
    Record<'verifier' | 'state' | 'hash', string>
  >;
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, '', location.pathname + (pending.hash ?? ''));
  // RFC 9700 §4.7: an answer to a question that this tab never asked is somebody else's.
  if (!pending.verifier || query.get('state') !== pending.state)
    throw new Error('This sign-in was not begun here.');
  const response = await fetch((await discover(auth.issuer)).token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: auth.clientId,
      code: query.get('code') ?? '',
      redirect_uri: here(),
      code_verifier: pending.verifier,
    }),
  });
  if (!response.ok) throw new Error(`The issuer answered ${response.status}`);
  const answer = (await response.json()) as { readonly access_token: string; readonly expires_in?: number };
  return {
    token: answer.access_token,
    ...(answer.expires_in ? { expiresAt: Date.now() + answer.expires_in * 1_000 } : {}),
  };
}

const RANDOM_BYTES = 32;
const randomText = (): string => base64url(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
