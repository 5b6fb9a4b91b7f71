// The typed client against the real API in-process: each call reaches its route and brings back what it promises.
import { describe, expect, it } from 'vitest';
import { ApiRefusal, type Client, relanceClient } from '../../shared/client.ts';
import { ANA, BEN, CAMPAIGN, idOf, SENDER, SEQUENCE, TOKEN, useWorld } from '../functions/api/api-fixture.ts';

const ana = idOf('ana.silva@ferragens.example');
const world = useWorld();
const client = (token = TOKEN, language?: string): Client =>
  relanceClient({
    fetch: (request) => world.now().app.fetch(request),
    baseUrl: 'http://127.0.0.1:4280',
    token,
    ...(language ? { language } : {}),
  });
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof ApiRefusal ? error : Promise.reject(error)),
  );

describe('the client', () => {
  it('takes a campaign from its sender to its end', async () => {
    const { senders, sequences, campaigns, contacts, enrollments } = client();
    await senders.create(SENDER);
    await sequences.save({ ...SEQUENCE, steps: [...SEQUENCE.steps] });
    const { contacts: _inline, ...rest } = CAMPAIGN;
    await campaigns.create({ ...rest, sender: 'jane', sequence: 'first-contact', launch: false });
    expect((await campaigns.addContacts('autumn', { contacts: [ANA] as never })).accepted).toBe(1);
    expect((await campaigns.launch('autumn')).campaign.status).toBe('running');
    await world.now().workOff();
    expect((await contacts.get(ana)).next?.step).toBe(0);
    expect((await campaigns.enrollments('autumn', { limit: 5 })).items).toHaveLength(1);
    expect((await enrollments.hold(`${ana}-1`)).holds).toHaveLength(1);
    expect((await enrollments.release(`${ana}-1`)).holds).toEqual([]);
    expect((await campaigns.pause('autumn')).campaign.status).toBe('paused');
    expect((await campaigns.resume('autumn')).campaign.status).toBe('running');
    expect((await campaigns.stop('autumn')).campaign.status).toBe('finished');
    expect((await contacts.timeline(ana)).items.length).toBeGreaterThan(2);
    expect((await campaigns.list()).items.map(({ id }) => id)).toEqual(['autumn']);
  });

  it('changes a sender and lists the others', async () => {
    const { senders, suppressions, tasks, alerts, messages, health } = client();
    await senders.create(SENDER);
    expect((await senders.change('jane', { website: 'acme.example' })).website).toBe('acme.example');
    expect((await senders.change('jane', { website: null })).website).toBeUndefined();
    expect((await senders.pause('jane')).id).toBe('jane');
    expect((await senders.resume('jane')).id).toBe('jane');
    expect((await suppressions.add({ domain: 'example.com' })).suppressed).toBe(true);
    expect((await suppressions.remove('example.com')).suppressed).toBe(false);
    expect(
      await Promise.all([tasks.list(), alerts.list(), messages.list({ unmatched: 'true', limit: 3 })]),
    ).toEqual([{ items: [] }, { items: [] }, { items: [] }]);
    expect((await health.get()).status).toBe('ok');
  });

  it('throws the problem that the API answers, fields and all', async () => {
    const contacts = [{ ...BEN, country: 'Germany' }] as never;
    const refusal = await refusalOf(client().campaigns.create({ ...CAMPAIGN, contacts } as never));
    expect(refusal).toMatchObject({ status: 422, problem: { errors: [{ pointer: '/contacts/0/country' }] } });
    expect(await refusalOf(client('wrong').campaigns.list())).toMatchObject({ status: 401 });
    expect(await refusalOf(client().contacts.get('nobody'))).toMatchObject({ status: 404 });
  });

  it('says what it can where something else answered', async () => {
    const fetch = () =>
      new Response('<h1>Bad Gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } });
    const behind = relanceClient({ fetch, baseUrl: 'http://127.0.0.1:4280', token: TOKEN });
    expect(await refusalOf(behind.campaigns.list())).toMatchObject({
      status: 502,
      problem: { type: 'about:blank' },
    });
  });

  it('asks for the words of reasons in its own language', async () => {
    await world.now().ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts: [ANA] });
    await world.now().workOff();
    const reasons = (await client(TOKEN, 'zh-CN').contacts.get(ana)).next?.reasons;
    expect(reasons?.[0]?.text).toBe('已加入活动');
  });

  it('never lets an id become another path', async () => {
    expect(await refusalOf(client().senders.get('../campaigns'))).toMatchObject({ status: 404 });
    expect(await refusalOf(client().contacts.get('a/timeline?x=1'))).toMatchObject({ status: 404 });
  });
});
