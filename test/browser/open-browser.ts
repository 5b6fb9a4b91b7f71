/** One real Chromium, the one that comes with npm: no download, no display, no graphics card. */

import sparticuz from '@sparticuz/chromium';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Longer than anything takes on two slow cores; what is not there by then will not come. */
const PATIENCE_MS = 45_000;

/** Made for Lambda: one process would end with its first window, and no web security would prove nothing. */
const NOT_HERE = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
]);

/** `debuggingPort`: where another tool may drive it. */
export async function openBrowser(options: { readonly debuggingPort?: number } = {}): Promise<Browser> {
  sparticuz.setGraphicsMode = false;
  const { debuggingPort } = options;
  return chromium.launch({
    args: [
      ...sparticuz.args.filter((one) => !NOT_HERE.has(one)),
      ...(debuggingPort ? [`--remote-debugging-port=${debuggingPort}`] : []),
    ],
    executablePath: await sparticuz.executablePath(),
    headless: true,
  });
}

/** What a page did that it must not do. */
export type Witness = { readonly errors: string[]; readonly offOrigin: string[] };

export type Look = {
  readonly mode?: 'light' | 'dark';
  readonly language?: 'en' | 'zh';
  readonly phone?: boolean;
};

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Signed in, in a context of its own; everything it asks and says wrong is kept in `witness`. */
export async function openConsole(
  browser: Browser,
  site: { readonly url: string; readonly token: string },
  look: Look = {},
): Promise<{ readonly page: Page; readonly witness: Witness }> {
  const { mode = 'light', language = 'en', phone = false } = look;
  const context = await browser.newContext({
    viewport: phone ? PHONE : DESKTOP,
    hasTouch: phone,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  // The frames of mails have no origin, and so no storage.
  await context.addInitScript({
    content: `if (self.origin !== 'null') {
      localStorage.setItem('relance.mode', ${JSON.stringify(mode)});
      if (!localStorage.getItem('relance.language')) localStorage.setItem('relance.language', ${JSON.stringify(language)});
    }`,
  });
  const page = await context.newPage();
  const witness: Witness = { errors: [], offOrigin: [] };
  page.on('console', (message) => {
    if (message.type() === 'error') witness.errors.push(message.text());
  });
  page.on('pageerror', (error) => witness.errors.push(String(error)));
  const { origin } = new URL(site.url);
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(?:data|blob|about):/.test(url)) witness.offOrigin.push(url);
  });
  await page.goto(`${site.url}/#token=${site.token}`);
  await page.locator('h1').first().waitFor();
  return { page, witness };
}
