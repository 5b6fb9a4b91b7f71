/**
 * `npm run bench-console [-- --people=2000]`: a campaign of so many, launched through the API on the real runtime; how
 * long until its first rows stand there, and until a filter has answered. Ends with 1 where a promise is not kept.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { buildConsole } from '../../infra/build-console.ts';
import { aCampaign, aContact, aWorld, MINUTE_MS } from '../support/world.ts';
import { openBrowser, openConsole } from './open-browser.ts';

const FIRST_ROWS_MS_MAX = 1_000;
const FILTER_MS_MAX = 300;
const ROUNDS = 5;
const PER_CALL = 1_000;
const ENROLLING_MINUTES_MAX = 60;
/** Countries whose rows are filtered for. */
const COUNTRIES = ['PT', 'ES', 'IT', 'GR'] as const;

const { values } = parseArgs({ options: { people: { type: 'string', default: '2000' } } });
const people = Number(values.people);

const world = await aWorld('2026-11-17T03:00:00Z', { consoleDir: await buildConsole() });
const browser = await openBrowser();
try {
  const campaignId = await launch();
  const site = { url: world.runtime.apiUrl, token: world.runtime.config.apiToken };
  const { page } = await openConsole(browser, site);
  const first: number[] = [];
  const filtered: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    first.push(await firstRows(page, campaignId));
    await page.getByText(`(${people})`, { exact: true }).waitFor();
    filtered.push(await filter(page));
  }
  report('first rows', first, FIRST_ROWS_MS_MAX);
  report('a filter', filtered, FILTER_MS_MAX);
} finally {
  await browser.close();
  await world.close();
}

/** Hours before anybody's window opens: every row is a planned one. */
async function launch(): Promise<string> {
  const contacts = Array.from({ length: people }, (_, n) =>
    aContact({
      address: `buyer${n}@firm${n}.example`,
      firstName: `Rita${n}`,
      lastName: 'Costa',
      company: `Firm ${n}`,
      country: COUNTRIES[n % COUNTRIES.length] ?? 'PT',
      fields: { why: `Your shop number ${n} repairs tools for ${n + 3} schools nearby.` },
    }),
  );
  const acceptWarnings = 'all';
  const { campaign } = await world.client.campaigns.create(
    aCampaign({ contacts: contacts.slice(0, PER_CALL), launch: false, acceptWarnings }),
  );
  for (let from = PER_CALL; from < people; from += PER_CALL)
    await world.client.campaigns.addContacts(campaign.id, {
      contacts: contacts.slice(from, from + PER_CALL),
      acceptWarnings,
    });
  const begun = performance.now();
  await world.client.campaigns.launch(campaign.id, { acceptWarnings });
  for (let minute = 0; minute < ENROLLING_MINUTES_MAX && (await enrolled(campaign.id)) < people; minute += 1)
    await world.pass(MINUTE_MS);
  console.log(`${people} people enrolled in ${Math.round(performance.now() - begun)} ms`);
  return campaign.id;
}

async function enrolled(campaignId: string): Promise<number> {
  let count = 0;
  let after: string | undefined;
  do {
    const page = await world.client.campaigns.enrollments(campaignId, {
      limit: 200,
      ...(after ? { after } : {}),
    });
    count += page.items.length;
    after = page.next;
  } while (after);
  return count;
}

/** From the tap on the campaign to its first row, in a page that has nothing of it yet. */
async function firstRows(page: Page, campaignId: string): Promise<number> {
  await page.evaluate('location.hash = "/settings"');
  await page.reload();
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  const ms = timeUntil(page, `document.querySelector('tbody a[href*="/contacts/"]')`);
  await page.evaluate(`location.hash = "/campaigns/${campaignId}"`);
  return ms;
}

/** From the key that confirms the filter to its count. */
async function filter(page: Page): Promise<number> {
  const input = page.getByRole('combobox', { name: /^Find by/ });
  await input.fill('Portugal');
  const found = `${Math.ceil(people / COUNTRIES.length)} found`;
  const ms = timeUntil(page, `document.body.textContent.includes(${JSON.stringify(found)})`);
  await input.press('Enter');
  return ms;
}

/** Asked anew with every frame, on the page's own clock, so that no test driver's patience is measured. */
function timeUntil(page: Page, condition: string): Promise<number> {
  return page.evaluate(`new Promise((resolve) => {
    const begun = performance.now();
    const look = () => (${condition}) ? resolve(performance.now() - begun) : requestAnimationFrame(look);
    look();
  })`) as Promise<number>;
}

function report(what: string, times: readonly number[], max: number): void {
  const sorted = times.map(Math.round).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  console.log(`${what}: median ${median} ms of ${sorted.join(', ')} (promised: under ${max})`);
  if (median >= max) process.exitCode = 1;
}
