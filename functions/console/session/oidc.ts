/**
 * OpenID Connect for a page that can keep no secret: authorization code with PKCE (RFC 7636), state (RFC 9700 §4.7),
 * renewal where the issuer gives a refresh token, and sign-out at the issuer too.
 */
export type OidcConfig = {
  readonly kind: 'oidc';
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  /** What a token must be meant for; the first of access and ID token that is, goes to the API. */
  readonly audience?: readonly string[];
  /** Cognito's sign-in pages: its discovery document names no end of a session. */
  readonly domain?: string;
};

/** Kept for this tab only. `expiresAt` in epoch ms. */
export type SignedIn = { readonly token: string; readonly expiresAt?: number; readonly refresh?: string };

type Issuer = {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint?: string;
};
type TokenAnswer = {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly expires_in?: number;
};

const PENDING = 'relance.pending';
const here = (): string => location.origin + location.pathname;

async function discover(issuer: string): Promise<Issuer> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`The issuer answered ${response.status}`);
  return (await response.json()) as Issuer;
}

/** Leaves the page for the issuer's. */
export async function beginSignIn(auth: OidcConfig): Promise<void> {
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

/** Whether this address is the issuer's answer, good or bad. */
export function isReturning(): boolean {
  const query = new URLSearchParams(location.search);
  return query.has('code') || query.has('error');
}

/** Back from the issuer; the code leaves the address bar at once. Throws with the issuer's own reason. */
export async function finishSignIn(auth: OidcConfig): Promise<SignedIn> {
  const query = new URLSearchParams(location.search);
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? '{}') as Partial<
    Record<'verifier' | 'state' | 'hash', string>
  >;
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, '', location.pathname + (pending.hash ?? ''));
  const refused = query.get('error');
  if (refused) throw new Error(query.get('error_description') ?? refused);
  // An answer to a question that this tab never asked is somebody else's.
  if (!pending.verifier || query.get('state') !== pending.state)
    throw new Error('This sign-in was not begun here.');
  return askForToken(auth, {
    grant_type: 'authorization_code',
    code: query.get('code') ?? '',
    redirect_uri: here(),
    code_verifier: pending.verifier,
  });
}

/** A new token in place of one that ends; `undefined` where the issuer gave nothing to renew by, or takes it no more. */
export async function renew(auth: OidcConfig, before: SignedIn): Promise<SignedIn | undefined> {
  if (before.refresh === undefined) return undefined;
  try {
    const session = await askForToken(auth, { grant_type: 'refresh_token', refresh_token: before.refresh });
    return { refresh: before.refresh, ...session };
  } catch {
    return undefined;
  }
}

async function askForToken(auth: OidcConfig, given: Readonly<Record<string, string>>): Promise<SignedIn> {
  const response = await fetch((await discover(auth.issuer)).token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({ ...given, client_id: auth.clientId }),
  });
  if (!response.ok) throw new Error(`The issuer answered ${response.status}`);
  const answer = (await response.json()) as TokenAnswer;
  return {
    token: tokenMeantFor(auth.audience ?? [], answer),
    ...(answer.expires_in ? { expiresAt: Date.now() + answer.expires_in * 1_000 } : {}),
    ...(answer.refresh_token ? { refresh: answer.refresh_token } : {}),
  };
}

/** Many issuers give a single-page client an access token for their own API only; the ID token is then the one for us. */
function tokenMeantFor(audience: readonly string[], answer: TokenAnswer): string {
  const candidates = [answer.access_token, ...(answer.id_token ? [answer.id_token] : [])];
  return (
    candidates.find((token) => audiencesOf(token).some((one) => audience.includes(one))) ??
    answer.access_token
  );
}

/** The API checks the signature; here it is only asked which token is which. */
function audiencesOf(token: string): readonly string[] {
  try {
    const payload = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const { aud, client_id } = JSON.parse(atob(payload)) as { aud?: string | string[]; client_id?: string };
    return [...(Array.isArray(aud) ? aud : aud ? [aud] : []), ...(client_id ? [client_id] : [])];
  } catch {
    return [];
  }
}

/** Where the browser must go for the issuer's own session to end too; `undefined`: the issuer has no such page. */
export async function signOutAddress(auth: OidcConfig): Promise<string | undefined> {
  const end = auth.domain ? `${auth.domain}/logout` : (await discover(auth.issuer)).end_session_endpoint;
  if (!end) return undefined;
  const url = new URL(end);
  url.searchParams.set('client_id', auth.clientId);
  url.searchParams.set(auth.domain ? 'logout_uri' : 'post_logout_redirect_uri', here());
  return url.href;
}

const RANDOM_BYTES = 32;
const randomText = (): string => base64url(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
