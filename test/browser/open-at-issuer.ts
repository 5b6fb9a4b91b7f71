/** The console as on AWS: an issuer signs people in, and the content policy lets the page ask that issuer only. */
import type { Browser, Page } from 'playwright-core';
import { contentSecurityPolicy } from '../../infra/site-policy.ts';
import { beIssuer, ISSUER } from './issuer.ts';
import { DESKTOP } from './open-browser.ts';

/** The page at its door, in a context of its own. `errors`: what the browser complained of, a
 * broken policy too; `asked`: what the issuer was asked for. */
export async function openAtIssuer(
  browser: Browser,
  site: { readonly url: string; readonly tokens: readonly string[] },
): Promise<{ readonly page: Page; readonly errors: readonly string[]; readonly asked: readonly string[] }> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' });
  const page = await context.newPage();
  const asked = await beIssuer(page, site.tokens);
  const config = {
    auth: { kind: 'oidc', issuer: ISSUER, clientId: 'console', scope: 'openid email' },
  };
  await page.route(
    ({ pathname, origin }) => origin === site.url && pathname === '/config.json',
    (route) => route.fulfill({ json: config }),
  );
  await page.route(
    ({ pathname, origin }) => origin === site.url && pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const policy = contentSecurityPolicy([ISSUER]);
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': policy },
      });
    },
  );
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(site.url);
  return { page, errors, asked };
}
