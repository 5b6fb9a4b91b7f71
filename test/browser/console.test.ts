// The console in a real Chromium, over the real runtime: one browser, one world, every promise of the screen.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import { answerTo, aWorld, MINUTE_MS, replyToOf, type World } from '../support/world.ts';
import { countedActions } from './counted-actions.ts';
import { HOSTILE_MAILS } from './hostile-mails.ts';
import { judged } from './judged-by-axe.ts';
import { openAtIssuer } from './open-at-issuer.ts';
import { type Look, openBrowser, openConsole, PHONE, type Witness } from './open-browser.ts';
import { openMails } from './open-mails.ts';

const TABS_MAX = 60;
const NAMES = ['Ana', 'Bruno', 'Carla', 'Dora', 'Elsa', 'Filipe', 'Gil'] as const;

let world: World;
let browser: Browser;
let campaignId: string;
const witnesses: Witness[] = [];
const open = async (look: Look = {}): Promise<Page> => {
  const site = { url: world.runtime.apiUrl, token: world.runtime.config.apiToken };
  const { page, witness } = await openConsole(browser, site, look);
  witnesses.push(witness);
  return page;
};
const go = async (page: Page, path: string): Promise<void> => {
  await page.evaluate(`location.hash = ${JSON.stringify(path)}`);
  await page.waitForURL((url) => url.hash === `#${path}`);
};
const contactPath = async (name: string) => `/contacts/${(await walkOf(world, addressOf(name))).contactId}`;
const answerAs = (name: string, text: string, headers: readonly string[] = []) => {
  const letter = letterOf(world, addressOf(name));
  return world.send({ from: letter.to, to: replyToOf(letter), raw: answerTo(letter, { text, headers }) });
};
const MACHINE = ['Auto-Submitted: auto-replied'];

beforeAll(async () => {
  world = await aWorld(START, { consoleDir: await buildConsole(), canTurn: true });
  await world.client.sequences.save({ id: 'quick', ...(QUICK_SEQUENCE as object) } as never);
  ({ id: campaignId } = await launched(world, {
    sequence: 'quick',
    contacts: contactsNamed(...NAMES) ?? [],
  }));
  // Past ten in Lisbon: an hour at which one may call.
  await world.pass(90 * MINUTE_MS);
  browser = await openBrowser();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await world?.close();
});

describe('the day', () => {
  it('shows a reply without reload, and its answer is three actions away', async () => {
    const page = await open();
    await answerAs('Ana', 'Thank you. Please send us your price list.');
    const row = page.locator('[data-task=answer]').filter({ hasText: 'Ana Silva' });
    await row.waitFor();
    await page.waitForFunction('/^\\(\\d+\\) Relance$/.test(document.title)');
    const count = countedActions();
    await count.act(() => row.getByRole('link', { name: 'Answer Ana Silva' }).click());
    await count.act(() => page.getByLabel('Your answer').fill('Gladly: the price list follows today.'));
    await count.act(() => page.getByRole('button', { name: 'Send', exact: true }).click());
    await page.getByText('is on its way').waitFor();
    expect(count.actions).toBeLessThanOrEqual(3);
    await world.quiet();
    expect(world.lettersTo(addressOf('Ana')).at(-1)?.mail.text).toContain('price list follows today');
    await page.context().close();
  });

  it('opens WhatsApp with the paragraph in one tap, and asks what came of it', async () => {
    await answerAs(
      'Bruno',
      'I am travelling until Friday. In urgent cases call my mobile +351 912 345 678.',
      MACHINE,
    );
    const page = await open({ phone: true });
    await page.context().route('https://wa.me/**', (route) => route.fulfill({ body: 'WhatsApp' }));
    const link = page.getByRole('link', { name: 'WhatsApp to Bruno Silva' });
    await link.waitFor();
    const href = (await link.getAttribute('href')) ?? '';
    expect(href).toMatch(/^https:\/\/wa\.me\/351912345678\?text=/);
    expect(decodeURIComponent(href)).toContain('Bruno');
    const popup = page.waitForEvent('popup');
    const count = countedActions();
    await count.act(() => link.click());
    await (await popup).close();
    expect(count.actions).toBeLessThanOrEqual(2);
    await page.getByText('How did it go with Bruno Silva?').waitFor();
    // It stays until it is closed, after a reload too.
    await page.reload();
    await page.getByText('How did it go with Bruno Silva?').waitFor();
    await page.getByRole('button', { name: 'Sent', exact: true }).click();
    await page.getByText('Bruno Silva: Sent').waitFor();
    const { items } = await world.client.tasks.list();
    expect(items.filter(({ kind }) => kind === 'whatsapp')).toEqual([]);
    await page.context().close();
  });

  it('fits a telephone: nothing wider than the screen', async () => {
    const page = await open({ phone: true });
    for (const path of ['/', '/inbox', `/campaigns/${campaignId}`, await contactPath('Bruno')]) {
      await go(page, path);
      await page.locator('h1').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
    }
    await page.context().close();
  });
});

describe('one person', () => {
  it('follows a corrected absence with the plan', async () => {
    await answerAs('Carla', 'I am out of the office until Thursday, 19 November.', MACHINE);
    const page = await open();
    await go(page, await contactPath('Carla'));
    const before = await page.getByTestId('next-at').innerText();
    await page.getByRole('button', { name: 'This is read wrong…' }).click();
    const date = page.getByRole('textbox', { name: 'First day back' });
    await date.fill('2026/12/07');
    await page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await page.getByText('Corrected; the plan follows.').waitFor();
    // Tuesday the 8th would be their second day, but is a public holiday in Portugal.
    await page.getByTestId('next-at').filter({ hasText: '9 Dec' }).waitFor();
    expect(before).not.toContain('Dec');
    await page.context().close();
  });

  it('is held, released, stopped and resumed, and each can be taken back', async () => {
    const page = await open();
    await go(page, await contactPath('Dora'));
    const state = async () =>
      (await walkOf(world, addressOf('Dora'))) as { state: string; holds: readonly unknown[] };
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    await page.getByText('Held: nothing goes out').waitFor();
    expect((await state()).holds).toHaveLength(1);
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await page.getByRole('button', { name: 'Hold', exact: true }).waitFor();
    expect((await state()).holds).toHaveLength(0);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Stopped: this person gets no further letter.').waitFor();
    expect((await state()).state).toBe('stopped');
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await page.getByText('Resumed.').waitFor();
    expect((await state()).state).toBe('planned');
    await page.context().close();
  });

  it('is held by the keyboard alone', async () => {
    const page = await open();
    await go(page, await contactPath('Elsa'));
    await page.getByRole('button', { name: 'Hold', exact: true }).waitFor();
    const focused = () => page.evaluate('document.activeElement?.textContent?.trim() ?? ""');
    for (let tab = 0; tab < TABS_MAX && (await focused()) !== 'Hold'; tab += 1)
      await page.keyboard.press('Tab');
    expect(await focused()).toBe('Hold');
    await page.keyboard.press('Enter');
    await page.getByText('Held: nothing goes out').waitFor();
    await page.context().close();
  });
});

describe('a campaign', () => {
  it('holds and releases several people at once', async () => {
    const page = await open();
    await go(page, `/campaigns/${campaignId}`);
    for (const name of ['Filipe Silva', 'Gil Silva'])
      await page.getByRole('checkbox', { name: `Choose ${name}` }).check();
    await page.getByRole('button', { name: 'Hold', exact: true }).click();
    await page.getByText('Held: 2').waitFor();
    expect((await walkOf(world, addressOf('Gil'))).holds).toHaveLength(1);
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await page.getByText('Released: 2').waitFor();
    expect((await walkOf(world, addressOf('Gil'))).holds).toHaveLength(0);
    await page.context().close();
  });

  it('goes from a CSV of twenty to its launch in at most twelve actions', async () => {
    const page = await open();
    const rows = Array.from({ length: 20 }, (_, n) =>
      [
        `buyer${n}@firm${n}.example`,
        `Rita${'abcdefghijklmnopqrst'[n]}`,
        'Costa',
        `Firm ${n}`,
        'PT',
        `Your shop number ${n} in Braga repairs tools for ${n + 3} schools nearby.`,
      ].join(','),
    );
    const csv = ['email,first name,last name,company,country,why', ...rows].join('\r\n');
    const count = countedActions();
    await count.act(() => go(page, '/launch'));
    await count.act(() =>
      page
        .locator('input[type=file]')
        .setInputFiles({ name: 'braga.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }),
    );
    await page.getByText('People read').waitFor();
    const next = () => page.getByRole('button', { name: 'Next', exact: true }).click();
    await count.act(next);
    await count.act(() => page.getByRole('button', { name: /^Sequence/ }).click());
    await count.act(() => page.getByRole('option', { name: 'Two quick letters' }).click());
    await count.act(next);
    await page
      .getByText(/can be written to|left out/)
      .first()
      .waitFor();
    const accept = page.getByRole('checkbox', { name: 'I have seen these and accept them' });
    if (await accept.isVisible()) await count.act(() => accept.check());
    await count.act(next);
    await count.act(next);
    await count.act(() => page.getByRole('button', { name: 'Launch', exact: true }).click());
    await page.getByText('Launched: 20 people').waitFor();
    expect(count.actions).toBeLessThanOrEqual(12);
    await page.context().close();
  });
});

describe('the inbox', () => {
  it('gives a mail of nobody known to whom it belongs', async () => {
    const raw = [
      'From: somebody@elsewhere.example',
      `To: hello@reply.export.example`,
      'Subject: A question from Gil',
      'Message-ID: <one@elsewhere.example>',
      `Date: ${new Date(world.clock.now()).toUTCString()}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      'I write from my other mailbox. Do you have a catalogue?',
      '',
    ].join('\r\n');
    await world.send({ from: 'somebody@elsewhere.example', to: 'hello@reply.export.example', raw });
    const page = await open();
    await go(page, '/inbox');
    await page.getByRole('tab', { name: 'Unmatched' }).click();
    await page.getByRole('button', { name: 'Whose is it?' }).first().click();
    await page.getByLabel('Find the contact').fill(addressOf('Gil'));
    await page.getByRole('button', { name: `It is of ${addressOf('Gil')}` }).click();
    await page.getByText('Given to its contact.').waitFor();
    const { items } = await world.client.messages.list({ unmatched: 'true' });
    expect(items.filter(({ subject }) => subject === 'A question from Gil')).toEqual([]);
    await page.context().close();
  });
});

describe('who is never written to', () => {
  it('is listed, added one by one or from a file, and a company is let in again', async () => {
    const page = await open();
    await go(page, '/suppressions');
    await page.getByLabel('Mail address, or the mail domain of a company').fill('rival.example');
    await page.getByRole('button', { name: 'Never write again' }).click();
    const row = page.getByRole('row').filter({ hasText: '@rival.example' });
    await row.getByText('Stopped by a person').waitFor();
    const csv = ['Email', 'no.more@ferragens.example', 'second.example', 'nonsense'].join('\r\n');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'never.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByText('On the list: 2').waitFor();
    await page.getByText('Not understood: 1').waitFor();
    await page.getByRole('button', { name: 'Allow again: rival.example' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await row.waitFor();
    const { items } = await world.client.suppressions.list();
    expect(items.map(({ domain }) => domain)).toEqual(
      expect.arrayContaining(['rival.example', 'second.example']),
    );
    await page.context().close();
  });
});

describe('a sender', () => {
  it('is paused and writes again, and the page says which', async () => {
    const page = await open();
    await go(page, '/settings');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Resume', exact: true }).waitFor();
    const paused = async () => (await world.client.senders.list()).items[0]?.paused;
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    expect(await paused()).toBe(undefined);
    await page.context().close();
  });
});

describe('a mail', () => {
  it('opens formatted without asking anybody else for anything', async () => {
    const page = await open();
    expect(await openMails(page, HOSTILE_MAILS)).toBe(HOSTILE_MAILS.length);
    await page.context().close();
  });
});

describe('the language', () => {
  it('changes on the spot and stays', async () => {
    const page = await open();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('中文');
    await page.getByRole('heading', { level: 1, name: '今天' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '今天' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
    await page.context().close();
  });
});

describe('signing in', () => {
  it('goes by code and PKCE to the issuer and back, renews what the API refuses, and leaves there too', async () => {
    const tokens = ['a-token-that-has-just-been-revoked', world.runtime.config.apiToken];
    const { page, errors, asked } = await openAtIssuer(browser, { url: world.runtime.apiUrl, tokens });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await go(page, `/campaigns/${campaignId}`);
    await page.getByRole('link', { name: 'Gil Silva' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('token');
    expect(asked.filter((path) => path === '/token')).toHaveLength(2);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(asked).toContain('/leave');
    expect(await page.evaluate('sessionStorage.getItem("relance.token")')).toBe(null);
    // The refused token is the API's 401; nothing else, and nothing of the policy.
    expect(errors.filter((error) => !error.includes('401'))).toEqual([]);
    await page.context().close();
  });

  it('takes no answer to a question that it never asked', async () => {
    const tokens = [world.runtime.config.apiToken];
    const { page, asked } = await openAtIssuer(browser, { url: world.runtime.apiUrl, tokens });
    await page.goto(`${world.runtime.apiUrl}/?code=stolen&state=somebody-elses`);
    await page.getByText('This sign-in was not begun here.').waitFor();
    expect(asked).not.toContain('/token');
    await page.context().close();
  });
});

describe('every page', () => {
  it('has no serious or critical finding of axe, light and dark', async () => {
    const page = await open();
    const paths = [
      '/',
      '/campaigns',
      `/campaigns/${campaignId}`,
      '/launch',
      await contactPath('Carla'),
      `/companies/${addressOf('Carla').split('@')[1]}`,
      '/inbox',
      '/sequences',
      '/sequences/quick',
      '/suppressions',
      '/settings',
      '/lab',
    ];
    const found: string[] = [];
    for (const path of paths) {
      await go(page, path);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      for (const mode of ['light', 'dark'] as const) {
        await page.evaluate(`document.body.classList.toggle('awsui-dark-mode', ${mode === 'dark'})`);
        // Colours are all that a mode changes.
        const rules = mode === 'dark' ? `, runOnly: ['color-contrast']` : '';
        found.push(...(await judged(page, rules)).map((finding) => `${path} ${mode} ${finding}`));
      }
    }
    expect(found).toEqual([]);
    await page.context().close();
  });

  it('has asked nobody else for anything, and had nothing to complain of', () => {
    expect(witnesses.flatMap(({ offOrigin }) => offOrigin)).toEqual([]);
    expect(witnesses.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
