// The opt-out link: looking changes nothing, asking stops for good, and nobody can ask for somebody else.
import { beforeEach, describe, expect, it } from 'vitest';
import { unsubscribe, unsubscribeApp } from '../../functions/unsubscribe.ts';
import type { EnrollmentId } from '../../shared/domain/ids.ts';
import { sealToken } from '../../shared/domain/token.ts';
import { ANA, CAMPAIGN, idOf, useWorld } from './api/api-fixture.ts';

const ana = idOf('ana.silva@ferragens.example');
const walkId = `${ana}-1` as EnrollmentId;
const world = useWorld();
const tokenFor = (purpose: 'reply' | 'unsubscribe', id = walkId) =>
  sealToken(world.now().ports.ids.tokenKeys, purpose, id);
const request = (token: string, init: RequestInit = {}) =>
  unsubscribeApp(world.now().ports).request(`/u/${token}`, init);

beforeEach(async () => {
  await world.now().ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts: [ANA] });
  await world.now().workOff();
});

describe('the page', () => {
  it('shows a button and changes nothing, however often scanners look', async () => {
    const before = await world.now().items();
    for (const method of ['GET', 'HEAD', 'GET'])
      expect((await request(tokenFor('unsubscribe'), { method })).status).toBe(200);
    expect(await world.now().items()).toEqual(before);
    const page = await (await request(tokenFor('unsubscribe'))).text();
    expect(page).toContain('<form method="post">');
    expect(page).not.toMatch(/<script|https?:|ferragens/);
  });

  it.each([
    ['pt-BR,pt;q=0.9', 'lang="pt"', 'ltr'],
    ['ar', 'lang="ar"', 'rtl'],
    ['zh-TW', 'lang="zh-Hant"', 'ltr'],
    ['xx, <script>', 'lang="en"', 'ltr'],
    ['', 'lang="en"', 'ltr'],
  ])("speaks the reader's language: %s", async (accept, language, direction) => {
    const page = await (
      await request(tokenFor('unsubscribe'), { headers: { 'Accept-Language': accept } })
    ).text();
    expect(page).toContain(language);
    expect(page).toContain(`dir="${direction}"`);
    expect(page).not.toContain('<script');
  });

  it('lets nothing in and leaves no trace', async () => {
    const { headers } = await request(tokenFor('unsubscribe'));
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('set-cookie')).toBeNull();
  });
});

describe('asking', () => {
  it.each([
    ['by the button', undefined, undefined],
    ['by one click', 'List-Unsubscribe=One-Click', 'application/x-www-form-urlencoded'],
    [
      'by one click as a form of parts',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--',
      'multipart/form-data; boundary=b',
    ],
  ])('%s stops and suppresses, without redirect or cookie, and may be repeated', async (_how, body, type) => {
    for (const _time of [1, 2]) {
      const response = await request(tokenFor('unsubscribe'), {
        method: 'POST',
        redirect: 'manual',
        ...(body ? { body, headers: { 'Content-Type': type ?? '' } } : {}),
      });
      expect(response.status).toBe(200);
      expect(response.headers.get('location')).toBeNull();
      expect(response.headers.get('set-cookie')).toBeNull();
    }
    const state = (await world.now().ports.store.loadState(ana))?.state;
    expect(state?.standing).toMatchObject({ kind: 'suppressed', why: 'unsubscribed' });
    expect(state?.enrollment).toMatchObject({ end: { kind: 'stopped', why: 'unsubscribed' } });
  });

  it('is heard for a walk that nobody remembers', async () => {
    const stranger = idOf('stranger@example.com');
    const token = tokenFor('unsubscribe', `${stranger}-3` as EnrollmentId);
    expect((await request(token, { method: 'POST' })).status).toBe(200);
    const state = (await world.now().ports.store.loadState(stranger))?.state;
    expect(state?.standing).toMatchObject({ kind: 'suppressed', why: 'unsubscribed' });
  });

  it.each([
    ['a forged token', () => `${tokenFor('unsubscribe').slice(0, -2)}ak`],
    ['a reply token', () => tokenFor('reply')],
    ['no token', () => 'x'],
    ['a long one', () => 'a'.repeat(5_000)],
  ])('with %s is a page that says so, and nothing else', async (_what, token) => {
    const before = await world.now().items();
    for (const method of ['GET', 'POST']) {
      const response = await request(token(), { method });
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('This link is not complete');
    }
    expect(await world.now().items()).toEqual(before);
  });

  it('works through an event of API Gateway', async () => {
    const rawPath = `/u/${tokenFor('unsubscribe').toUpperCase()}`;
    const event = {
      version: '2.0',
      rawPath,
      rawQueryString: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from('List-Unsubscribe=One-Click').toString('base64'),
      isBase64Encoded: true,
      requestContext: { domainName: 'relance.example.com', http: { method: 'POST', path: rawPath } },
    };
    expect(await unsubscribe(world.now().ports)(event)).toMatchObject({ statusCode: 200 });
    expect((await world.now().ports.store.loadState(ana))?.state.standing.kind).toBe('suppressed');
  });
});
