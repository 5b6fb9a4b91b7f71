// Who may ask, and in what shape the answers come, also through an event of API Gateway.
import { describe, expect, it } from 'vitest';
import { api, apiApp } from '../../../functions/api.ts';
import { Health, Problem } from '../../../shared/api.ts';
import { MINUTE } from '../../../shared/domain/instant.ts';
import { CAMPAIGN, START, TOKEN, useWorld } from './api-fixture.ts';

const world = useWorld();

const eventOf = (over: object = {}) => ({
  version: '2.0',
  rawPath: '/v1/campaigns',
  rawQueryString: 'limit=1',
  headers: { authorization: `Bearer ${TOKEN}`, host: '127.0.0.1' },
  requestContext: {
    requestId: 'JKJaXmPLvHcESHA=',
    domainName: '127.0.0.1',
    http: { method: 'GET', path: '/v1/campaigns' },
  },
  isBase64Encoded: false,
  ...over,
});

describe('the token', () => {
  it.each([
    ['no token', ''],
    ['a wrong one', 'Bearer wrong'],
    ['one character too many', `Bearer ${TOKEN}x`],
    ['another scheme', `Basic ${TOKEN}`],
    ['the scheme alone', 'Bearer'],
  ])('is asked for: %s writes nothing and gets nothing', async (_what, authorization) => {
    const { app, items } = world.now();
    const before = await items();
    const response = await app.request('/v1/campaigns', {
      method: 'POST',
      headers: { Authorization: authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify(CAMPAIGN),
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(Problem.parse(await response.json()).detail).toContain('Authorization: Bearer');
    expect(await items()).toEqual(before);
  });

  it('is asked for where no such path exists, too', async () => {
    expect((await world.now().app.request('/v1/nothing')).status).toBe(401);
    expect((await world.now().ask('GET', '/v1/nothing')).status).toBe(404);
  });

  it('forgotten in the settings lets nobody in but whom the authorizer vouches for', async () => {
    const { ports } = world.now();
    const { apiToken: _forgotten, ...settings } = ports.settings;
    const open = api({ ...ports, settings });
    expect(await open(eventOf())).toMatchObject({ statusCode: 401 });
    const jwt = { claims: { sub: 'jane', scope: 'relance/read' }, scopes: null };
    const vouched = { ...eventOf().requestContext, authorizer: { jwt } };
    expect(await open(eventOf({ requestContext: vouched }))).toMatchObject({ statusCode: 200 });
  });
});

describe('an event of API Gateway', () => {
  it('is answered with its own request id', async () => {
    const answer = await api(world.now().ports)(eventOf());
    expect(answer).toMatchObject({
      statusCode: 200,
      isBase64Encoded: false,
      headers: { 'relance-request-id': 'JKJaXmPLvHcESHA=', 'cache-control': 'no-store' },
    });
    expect(JSON.parse(String(answer.body))).toEqual({ items: [] });
  });

  it('carries a body, in base64 too', async () => {
    const http = { method: 'POST', path: '/v1/campaigns' };
    const event = eventOf({
      body: Buffer.from(JSON.stringify(CAMPAIGN)).toString('base64'),
      isBase64Encoded: true,
      requestContext: { ...eventOf().requestContext, http },
    });
    expect(await api(world.now().ports)(event)).toMatchObject({ statusCode: 202 });
  });
});

describe('answers', () => {
  it('tell health without a token, and nothing of anybody', async () => {
    const { app, pass, ports } = world.now();
    const health = async () => Health.parse(await (await app.request('/v1/health')).json());
    expect((await health()).inbound).toEqual({ fence: 'closed', deadLetters: 0 });
    await ports.store.saveInbound({ markAt: START, deadLetters: 0 });
    expect((await health()).inbound).toEqual({ fence: 'open', markAt: START, deadLetters: 0 });
    pass(36 * MINUTE);
    expect((await health()).inbound.fence).toBe('closed');
  });

  it('hide what went wrong inside behind a request id', async () => {
    const { ports } = world.now();
    const store = { ...ports.store, listCampaigns: () => Promise.reject(new Error('secret of a person')) };
    const response = await apiApp({ ...ports, store }).request('/v1/campaigns', {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    expect(response.status).toBe(500);
    const problem = Problem.parse(await response.json());
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(problem.detail).toContain(problem.requestId);
  });

  it.each([
    ['/v1/campaigns?limit=0', 'limit'],
    ['/v1/campaigns?after=nonsense', 'after'],
    ['/v1/campaigns?page=2', 'page'],
    ['/v1/messages?unmatched=perhaps', 'unmatched'],
  ])('name the wrong parameter of %s', async (path, parameter) => {
    const response = await world.now().ask('GET', path);
    expect(response.status).toBe(422);
    expect(Problem.parse(await response.json()).errors).toMatchObject([{ parameter }]);
  });
});
