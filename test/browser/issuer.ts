/** An OpenID Connect issuer as a browser meets it, as strict about PKCE as RFC 7636 asks; everybody is let in. */
import { createHash, randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';

/** Its requests are answered before they leave the browser: `https`, which the loopback could not offer. */
export const ISSUER = 'https://issuer.example';

/** `tokens`: what it gives, one after the other; the last one again and again. Answers the paths that it was asked for. */
export async function beIssuer(page: Page, tokens: readonly string[]): Promise<readonly string[]> {
  const challenges = new Map<string, string>();
  const asked: string[] = [];
  let given = 0;
  const answer = (
    pathname: string,
    query: URLSearchParams,
    form: URLSearchParams,
  ): object | URL | undefined => {
    asked.push(pathname);
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return {
          authorization_endpoint: `${ISSUER}/authorize`,
          token_endpoint: `${ISSUER}/token`,
          end_session_endpoint: `${ISSUER}/leave`,
        };
      case '/authorize': {
        const code = randomBytes(16).toString('hex');
        challenges.set(code, query.get('code_challenge') ?? '');
        return back(query.get('redirect_uri'), { code, state: query.get('state') ?? '' });
      }
      case '/leave':
        return back(query.get('post_logout_redirect_uri'), {});
      default: {
        if (!isProved(challenges, form)) return undefined;
        const token = tokens[Math.min(given, tokens.length - 1)];
        given += 1;
        return { access_token: token, refresh_token: REFRESH, expires_in: 3600, token_type: 'Bearer' };
      }
    }
  };
  await page.route(`${ISSUER}/**`, async (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    const body = answer(pathname, searchParams, new URLSearchParams(route.request().postData() ?? ''));
    const headers = { 'access-control-allow-origin': '*' };
    // A page that goes on by itself: of a 302 the next request would not be seen here.
    if (body instanceof URL) await route.fulfill({ contentType: 'text/html', body: goOn(body) });
    else if (body) await route.fulfill({ json: body, headers });
    else await route.fulfill({ status: 400, json: { error: 'invalid_grant' }, headers });
  });
  return asked;
}

const REFRESH = 'again';

/** A code is good once, and only for whoever knows what its challenge was made of. */
function isProved(challenges: Map<string, string>, form: URLSearchParams): boolean {
  if (form.get('grant_type') === 'refresh_token') return form.get('refresh_token') === REFRESH;
  const code = form.get('code') ?? '';
  const challenge = challenges.get(code);
  challenges.delete(code);
  const digest = createHash('sha256').update(form.get('code_verifier') ?? '');
  return challenge === digest.digest('base64url');
}

const goOn = (to: URL): string => `<script>location.replace(${JSON.stringify(to.href)})</script>`;

function back(address: string | null, query: Readonly<Record<string, string>>): URL {
  const url = new URL(address ?? '');
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
