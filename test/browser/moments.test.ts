// What the console does at a moment: as it is opened, as somebody writes, as the laboratory's clock is turned.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildConsole } from '../../infra/build-console.ts';
import {
  addressOf,
  contactsNamed,
  launched,
  letterOf,
  QUICK_SEQUENCE,
  START,
  walkOf,
} from '../end-to-end/scene.ts';
import { answerTo, aWorld, replyToOf, type World } from '../support/world.ts';
import { judged } from './judged-by-axe.ts';
import { type Look, openBrowser, openConsole } from './open-browser.ts';

let world: World;
let browser: Browser;

const open = async (look: Look = {}): Promise<Page> => {
  const site = { url: world.runtime.apiUrl, token: world.runtime.config.apiToken };
  const { page } = await openConsole(browser, site, look);
  return page;
};

beforeAll(async () => {
  world = await aWorld(START, { consoleDir: await buildConsole(), canTurn: true });
  await launched(world, { sequence: QUICK_SEQUENCE, contacts: contactsNamed('Ana', 'Bruno') ?? [] });
  browser = await openBrowser();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

it('asks for the day before the application is there, and once', async () => {
  const page = await open();
  await page.goto('about:blank');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/first-[^/]+\.js/, async (route) => {
    await released;
    await route.continue();
  });
  const today = page.waitForResponse(/\/v1\/today/);
  await page.goto(`${world.runtime.apiUrl}/#token=${world.runtime.config.apiToken}`, { waitUntil: 'commit' });
  await today;
  release();
  // The API's own clock stands below the heading once its answer is there.
  await page.getByText('17 Nov 2026').waitFor();
  expect(asked.filter((path) => path === '/v1/today')).toHaveLength(1);
  await page.context().close();
});

/**
 * The browser's own notifications, said where the test hears them, in a window that nobody looks at. A Chromium without
 * a display grants the permission when asked and goes on calling it denied: the class says what was granted.
 */
const WATCH_NOTIFICATIONS = `
  window.Notification = class extends window.Notification {
    static permission = 'granted';
    constructor(title, options) {
      super(title, options);
      console.info('notified', title, options.body);
    }
  };
  document.hasFocus = () => false;
`;

it('notifies of a new reply where that was asked for, and names nobody', async () => {
  const page = await open();
  await page.context().grantPermissions(['notifications'], { origin: world.runtime.apiUrl });
  await page.addInitScript({ content: WATCH_NOTIFICATIONS });
  await page.goto(`${world.runtime.apiUrl}/#/settings`);
  await page.reload();
  const pulse = page.waitForResponse(/\/v1\/pulse/);
  await page.getByText('Notify me when something new waits').click();
  await pulse;
  const letter = letterOf(world, addressOf('Ana'));
  const raw = answerTo(letter, { text: 'Please call me about the price list.' });
  const notified = page.waitForEvent('console', (message) => message.text().startsWith('notified'));
  await world.send({ from: letter.to, to: replyToOf(letter), raw });
  expect((await notified).text()).toBe('notified Relance Something new is waiting for you.');
  await page.context().close();
});

it('moves the plan with the clock that is turned in the laboratory', async () => {
  const page = await open();
  const contact = `/contacts/${(await walkOf(world, addressOf('Bruno'))).contactId}`;
  await page.evaluate(`location.hash = ${JSON.stringify(contact)}`);
  expect(await page.getByTestId('next-at').innerText()).toContain('18 Nov');
  await page.evaluate('location.hash = "/lab"');
  await page.getByText('Tue 17 Nov').first().waitFor();
  await page.getByRole('button', { name: '1 day on' }).click();
  await page.getByText('The clock has been turned.').waitFor();
  await page.getByText('Wed 18 Nov').first().waitFor();
  expect(world.lettersTo(addressOf('Bruno'))).toHaveLength(2);
  await page.evaluate(`location.hash = ${JSON.stringify(contact)}`);
  await page.getByText('Letter 2').first().waitFor();
  expect(await page.getByTestId('next-at').count()).toBe(0);
  await page.context().close();
});

it('has no serious finding of axe on a telephone, with the list of pages open, and at the door', async () => {
  const page = await open({ phone: true });
  await page.getByRole('button', { name: 'Open the pages' }).click();
  expect(await judged(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open the pages' }).click();
  await page.getByRole('link', { name: 'Inbox' }).click();
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  expect(await judged(page)).toEqual([]);
  await page.evaluate('sessionStorage.clear()');
  await page.reload();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await judged(page)).toEqual([]);
  await page.context().close();
});

it('stops a campaign only after asking, and then for good', async () => {
  const page = await open();
  const { campaignId } = await walkOf(world, addressOf('Bruno'));
  await page.evaluate(`location.hash = "/campaigns/${campaignId}"`);
  await page.getByRole('button', { name: 'Stop campaign' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect((await world.client.campaigns.get(campaignId)).status).toBe('running');
  await page.getByRole('button', { name: 'Stop campaign' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop campaign' }).click();
  await page.getByText('nobody of this campaign gets another letter').waitFor();
  await page.getByRole('button', { name: 'Stop campaign' }).waitFor({ state: 'detached' });
  expect((await world.client.campaigns.get(campaignId)).status).toBe('finished');
  await page.context().close();
});
