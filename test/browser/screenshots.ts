/**
 * `npm run screenshots`: the demo's tenth day as its salesperson sees it, in both modes and languages, on a desk and on a
 * phone. Writes `docs/images/`; with `--all DIR` every page in every look, for a person to go through.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { buildConsole } from '../../infra/build-console.ts';
import { openDemo, tenthDayOf } from '../../infra/cli/demo/play.ts';
import { startTimeline } from '../../infra/cli/demo/timeline.ts';
import { buildScenario } from '../fixtures/demo/scenario.ts';
import { DESKTOP, type Look, openBrowser, openConsole } from './open-browser.ts';

/** For the launch wizard: two as they should be, one to be warned of, one that is none. */
const PEOPLE = [
  'email,first name,last name,company,country,city,phone,grade,why',
  'rita.costa@ferragens-norte.example,Rita,Costa,Ferragens Norte,PT,Porto,+351 912 345 678,A,"Your shop in Porto repairs tools for nine schools nearby."',
  'jonas.berg@nordverktyg.example,Jonas,Berg,Nordverktyg,SE,Malmö,,B,"Your rental fleet in Malmö has grown by thirty drills this year."',
  'li.na@tools-apac.example,Na,Li,Tools APAC,SG,,+65 9123 4567,,"Your catalogue in Singapore lists no quick-release chuck yet."',
  'somebody-without-an-address,Max,Muster,Muster GmbH,DE,,,C,',
].join('\r\n');
const LAUNCH_STEPS = 5;
/** Pixels; a page that is longer is looked at in part. */
const TALL = 3_000;

const { values } = parseArgs({ options: { all: { type: 'string' } } });

const scenario = buildScenario({ seed: 1, start: '2026-11-23' });
const demo = await openDemo(
  {
    scenario,
    dir: resolve('.relance/screenshots'),
    timeline: startTimeline(scenario, { isQuiet: true }),
    consoleDir: await buildConsole(),
  },
  tenthDayOf(scenario),
);
const browser = await openBrowser();
try {
  const { client, runtime } = demo;
  const site = { url: runtime.apiUrl, token: runtime.config.apiToken };
  const { tasks } = await client.today.get();
  const campaigns = (await client.campaigns.list()).items;
  const campaign = campaigns.toSorted((a, b) => b.contactCount - a.contactCount)[0];
  const [sequence] = (await client.sequences.list()).items;
  const inbox = (await client.messages.list({ limit: 100 })).items;
  const absent = inbox.find(
    ({ read, findings }) => read === 'absence' && findings?.some(({ what }) => what === 'phone'),
  );
  const waiting = tasks.find(({ kind }) => kind === 'answer');
  const contactId = absent?.contactId ?? inbox[0]?.contactId ?? '';
  const company = (await client.contacts.get(contactId)).contact.companyDomain ?? '';
  const pages: Readonly<Record<string, string>> = {
    today: '/',
    campaigns: '/campaigns',
    campaign: `/campaigns/${campaign?.id}`,
    launch: '/launch',
    contact: `/contacts/${contactId}`,
    answer: waiting ? `/contacts/${waiting.contactId}/answer/${waiting.messageId}` : '/',
    company: `/companies/${company}`,
    inbox: '/inbox',
    sequences: '/sequences',
    sequence: `/sequences/${sequence?.id}`,
    suppressions: '/suppressions',
    settings: '/settings',
    lab: '/lab',
  };
  if (values.all) await shootAll(site, pages, resolve(values.all));
  else await shootDocs(site, pages);
} finally {
  await browser.close();
  await demo.runtime.close();
}

async function shootAll(
  site: { url: string; token: string },
  pages: Readonly<Record<string, string>>,
  dir: string,
) {
  mkdirSync(dir, { recursive: true });
  const looks: readonly (readonly [string, Look])[] = [
    ['desk', {}],
    ['desk-dark-zh', { mode: 'dark', language: 'zh' }],
    ['phone-zh', { phone: true, language: 'zh' }],
    ['phone-dark', { phone: true, mode: 'dark' }],
  ];
  for (const [lookName, look] of looks) {
    const { page, witness } = await openConsole(browser, site, look);
    const shoot = (name: string) => shootWhole(page, join(dir, `${name}-${lookName}.png`));
    for (const [name, path] of Object.entries(pages)) {
      await settle(page, path);
      await shoot(name);
      if (name === 'launch') await shootLaunch(page, shoot);
    }
    await page.evaluate('sessionStorage.clear()');
    await page.reload();
    await page.locator('h1').first().waitFor();
    await shoot('sign-in');
    for (const error of new Set(witness.errors)) console.log(lookName, error);
    for (const url of witness.offOrigin) console.log(lookName, 'off origin:', url);
    await page.context().close();
  }
}

async function shootWhole(page: Page, path: string): Promise<void> {
  const before = page.viewportSize() ?? DESKTOP;
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  await page.setViewportSize({ ...before, height: Math.min(Math.max(height, before.height), TALL) });
  await page.screenshot({ path });
  await page.setViewportSize(before);
}

/** The later steps of the launch wizard, in any language: its own buttons and options, not their words. */
async function shootLaunch(page: Page, shoot: (name: string) => Promise<void>): Promise<void> {
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(PEOPLE) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.locator('table, [role=table]').first().waitFor();
  await shoot('launch-1');
  for (let step = 2; step <= LAUNCH_STEPS; step += 1) {
    await page.locator('main button[class*=primary]:visible').last().click();
    await page.waitForLoadState('networkidle');
    if (step === 2) {
      // The sequence of the demo: the built-in one wants values that this list has not.
      await page.locator('main button[aria-haspopup=listbox]:visible').last().click();
      await page.locator('main [role=option]').nth(1).click();
    }
    // The letters of four people are written meanwhile.
    await page.locator('main button[class*=primary]:visible:not([aria-disabled=true])').last().waitFor();
    for (const accept of await page.locator('main input[type=checkbox]:visible').all()) await accept.check();
    await shoot(`launch-${step}`);
  }
}

async function shootDocs(site: { url: string; token: string }, pages: Readonly<Record<string, string>>) {
  const dir = resolve('docs/images');
  mkdirSync(dir, { recursive: true });
  const shots: readonly (readonly [file: string, page: string, look: Look])[] = [
    ['today', 'today', {}],
    ['contact', 'contact', {}],
    ['campaign', 'campaign', {}],
    ['sequence', 'sequence', { mode: 'dark' }],
    ['answer-phone', 'answer', { phone: true }],
    ['today-zh', 'today', { language: 'zh' }],
    ['contact-zh', 'contact', { mode: 'dark', language: 'zh' }],
    ['answer-phone-zh', 'answer', { phone: true, language: 'zh' }],
  ];
  for (const [file, name, look] of shots) {
    const { page } = await openConsole(browser, site, look);
    await settle(page, pages[name] ?? '/');
    // Seen again, as every day but the first: in the letters that have been loaded by then.
    await page.reload();
    await settle(page, pages[name] ?? '/');
    await page.screenshot({ path: join(dir, `${file}.png`) });
    await page.context().close();
  }
}

/** Until nothing is loading any more. */
async function settle(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(path)}`);
  await page.waitForURL((url) => url.hash === `#${path}`);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  for (const loading of await page.locator('[data-loading]').all())
    await loading.waitFor({ state: 'detached' });
  // Chats and calls are asked for row by row.
  for (const row of await page.locator('[data-task=whatsapp], [data-task=call]').all())
    await row.getByRole('link').nth(1).or(row.getByRole('button').nth(1)).first().waitFor();
}
