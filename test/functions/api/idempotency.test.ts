// Asking twice: one key is one effect and one answer, and an edit on an old version is refused.
import { describe, expect, it } from 'vitest';
import { apiApp } from '../../../functions/api.ts';
import { DAY, MINUTE } from '../../../shared/domain/instant.ts';
import { ANA, CAMPAIGN, SENDER, SEQUENCE, TOKEN, useWorld } from './api-fixture.ts';

const world = useWorld();
const KEY = { 'Idempotency-Key': 'order-4711' };
const { id: _id, ...UNNAMED } = CAMPAIGN;
const BODY = { ...UNNAMED, contacts: [ANA], acceptWarnings: 'all' };
const post = (path: string, body: unknown, headers: Record<string, string> = KEY) =>
  world.now().ask('POST', path, body, headers);
const campaigns = async () => (await world.now().ports.store.listCampaigns()).items.length;

describe('one Idempotency-Key', () => {
  it('is one campaign and one answer, however often it is sent', async () => {
    const first = await post('/v1/campaigns', BODY);
    const again = await post('/v1/campaigns', BODY);
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(await again.text()).toBe(await first.text());
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(await campaigns()).toBe(1);
  });

  it('gets the same refusal again, even where it would be taken by now', async () => {
    const named = { ...BODY, sender: 'jane' };
    const refused = await post('/v1/campaigns', named);
    expect(refused.status).toBe(422);
    await post('/v1/senders', SENDER, {});
    const again = await post('/v1/campaigns', named);
    expect([again.status, await again.text()]).toEqual([422, await refused.text()]);
    expect((await post('/v1/campaigns', named, {})).status).toBe(202);
  });

  it('is refused for another body and for another path', async () => {
    await post('/v1/senders', SENDER);
    for (const [path, body] of [
      ['/v1/senders', { ...SENDER, name: 'Jane' }],
      ['/v1/sequences', SEQUENCE],
    ] as const) {
      const response = await post(path, body);
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ errors: [{ header: 'Idempotency-Key' }] });
    }
  });

  it('waits while the first request is under way, and for no longer than it can be alive', async () => {
    const { ports, pass } = world.now();
    const { store } = ports;
    let isKilled = true;
    const dying = apiApp({
      ...ports,
      store: {
        ...store,
        // The function dies with its work done and its answer unsaid: nothing after this call runs.
        replace: (kind, ...rest) =>
          kind === 'repeat' && isKilled ? new Promise(() => undefined) : store.replace(kind, ...rest),
      },
    });
    const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json', ...KEY };
    const asked = { method: 'POST', headers, body: JSON.stringify(BODY) };
    void dying.request('/v1/campaigns', asked);
    while ((await campaigns()) === 0) await new Promise(setImmediate);
    const early = await post('/v1/campaigns', BODY);
    expect([early.status, early.headers.get('retry-after')]).toEqual([409, '2']);
    isKilled = false;
    pass(2 * MINUTE);
    const later = await post('/v1/campaigns', BODY);
    expect(later.ok).toBe(true);
    expect(await campaigns()).toBe(1);
  });

  it('is forgotten after a day, and is nobody else’s', async () => {
    await post('/v1/senders', SENDER);
    const { ports, pass } = world.now();
    const { apiToken: _local, ...settings } = ports.settings;
    const claims = { sub: 'another', scope: 'relance/write' };
    const asked = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...KEY },
      body: JSON.stringify(SEQUENCE),
    };
    const other = await apiApp({ ...ports, settings }).request('/v1/sequences', asked, {
      event: { requestContext: { authorizer: { jwt: { claims } } } },
    });
    expect(other.status).toBe(201);
    pass(DAY);
    expect((await post('/v1/sequences', { ...SEQUENCE, name: 'Another' })).status).toBe(201);
  });

  it('that is none is named', async () => {
    const response = await post('/v1/senders', SENDER, { 'Idempotency-Key': 'two words' });
    expect(response.status).toBe(422);
  });
});

describe('an ETag', () => {
  it('lets the first of two editors win and tells the second', async () => {
    const { ask } = world.now();
    const etag = (await ask('POST', '/v1/senders', SENDER)).headers.get('etag') ?? '';
    expect((await ask('GET', '/v1/senders/jane')).headers.get('etag')).toBe(etag);
    const edit = (website: string, ifMatch: string) =>
      ask('PATCH', '/v1/senders/jane', { website }, { 'If-Match': ifMatch });
    const first = await edit('first.example', etag);
    expect(first.status).toBe(200);
    const second = await edit('second.example', etag);
    expect(second.status).toBe(412);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect((await edit('second.example', second.headers.get('etag') ?? '')).status).toBe(200);
    expect((await ask('PATCH', '/v1/senders/jane', { website: 'third.example' })).status).toBe(200);
  });

  it('of a sequence is the newest version’s', async () => {
    const { ask } = world.now();
    const etag = (await ask('POST', '/v1/sequences', SEQUENCE)).headers.get('etag') ?? '';
    const save = (name: string) => ask('POST', '/v1/sequences', { ...SEQUENCE, name }, { 'If-Match': etag });
    expect((await save('Second')).status).toBe(201);
    expect((await save('Third')).status).toBe(412);
    expect((await ask('GET', '/v1/sequences')).status).toBe(200);
  });

  it('of a contact, and one that is none', async () => {
    const { ask } = world.now();
    await post('/v1/campaigns', BODY, {});
    const { items } = await world.now().ports.store.listCompany('ferragens.example');
    const path = `/v1/contacts/${items[0]?.id}`;
    const etag = (await ask('GET', path)).headers.get('etag') ?? '';
    expect((await ask('PATCH', path, { title: 'Owner' }, { 'If-Match': etag })).status).toBe(200);
    expect((await ask('PATCH', path, { title: 'Buyer' }, { 'If-Match': etag })).status).toBe(412);
    expect((await ask('PATCH', path, { title: 'Buyer' }, { 'If-Match': 'unquoted' })).status).toBe(422);
  });
});

describe('the reference page', () => {
  it('loads nothing of others, and its policy says so', async () => {
    const { app } = world.now();
    const page = await app.request('/docs');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const sources = [...(await page.text()).matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]);
    expect(sources).toEqual(['/docs/reference.js', '/docs/start.js']);
    for (const source of sources) {
      const script = await app.request(source ?? '');
      expect([script.status, script.headers.get('content-type')]).toEqual([
        200,
        'text/javascript; charset=utf-8',
      ]);
    }
  });
});
