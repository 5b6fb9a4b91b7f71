// Pages of a campaign: they may come twice, late, or after the campaign has changed its mind, and nobody is written to twice.
import { beforeEach, describe, expect, it } from 'vitest';
import { enrollContacts } from '../../functions/enroll-contacts.ts';
import type { CampaignId, ContactId } from '../../shared/domain/ids.ts';
import type { CampaignPage } from '../../shared/ports.ts';
import { ANA, BEN, CAMPAIGN, idOf, START, useWorld } from './api/api-fixture.ts';

const ana = idOf('ana.silva@ferragens.example');
const ben = idOf('ben@baumarkt.example');
const autumn = 'autumn' as CampaignId;
const world = useWorld();
const page = (...contactIds: ContactId[]): CampaignPage => ({
  kind: 'enroll',
  campaignId: autumn,
  contactIds,
});
const walkOf = async (id: ContactId) => (await world.now().ports.store.loadState(id))?.state.enrollment;
const launch = (over: object = {}) => world.now().ask('POST', '/v1/campaigns', { ...CAMPAIGN, ...over });

function handle(...bodies: unknown[]) {
  const Records = bodies.map((body, at) => ({ messageId: `m${at}`, body: JSON.stringify(body) }));
  return enrollContacts(world.now().ports)({ Records });
}
const failures = async (...bodies: unknown[]) =>
  (await handle(...bodies)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

describe('a page of contacts', () => {
  beforeEach(async () => {
    await launch();
    world.now().pages.length = 0;
  });

  it('enrolls each once, however often it comes', async () => {
    for (const _time of [1, 2]) expect(await failures(page(ana, ben))).toEqual([]);
    expect(await walkOf(ana)).toMatchObject({
      kind: 'open',
      id: `${ana}-1`,
      letter: { kind: 'planned', step: 0 },
    });
    expect(await walkOf(ben)).toMatchObject({ kind: 'open', id: `${ben}-1` });
    const set = world.now().timers.map(({ enrollmentId, step, dueAt }) => `${enrollmentId} ${step} ${dueAt}`);
    expect(new Set(set).size).toBe(2);
  });

  it('enrolls each once where two runs race', async () => {
    await Promise.all([handle(page(ana, ben)), handle(page(ben, ana))]);
    expect([(await walkOf(ana))?.id, (await walkOf(ben))?.id]).toEqual([`${ana}-1`, `${ben}-1`]);
    expect(new Set(world.now().timers.map((timer) => `${timer.enrollmentId} ${timer.dueAt}`)).size).toBe(2);
  });

  it('goes on past a contact that fails, and comes back for it', async () => {
    const missing = idOf('nobody@example.com');
    expect(await failures(page(ana, missing, ben))).toEqual(['m0']);
    expect([(await walkOf(ana))?.kind, (await walkOf(ben))?.kind]).toEqual(['open', 'open']);
  });

  it('believes what its page has read only until the first save says otherwise', async () => {
    const { ports, ask } = world.now();
    const store = {
      ...ports.store,
      loadStates: async (ids: readonly ContactId[]) => {
        const read = await ports.store.loadStates(ids);
        await ask('POST', `/v1/contacts/${ben}/suppress`);
        return read;
      },
    };
    const Records = [{ messageId: 'm', body: JSON.stringify(page(ana, ben)) }];
    expect((await enrollContacts({ ...ports, store })({ Records })).batchItemFailures).toEqual([]);
    expect((await walkOf(ana))?.kind).toBe('open');
    expect(await walkOf(ben)).toBeUndefined();
  });

  it('leaves alone who was suppressed meanwhile', async () => {
    await world.now().ask('POST', `/v1/contacts/${ana}/suppress`);
    expect(await failures(page(ana))).toEqual([]);
    expect(await walkOf(ana)).toBeUndefined();
  });

  it('never begins a walk again that is over, even after a later one elsewhere', async () => {
    const { ask, workOff } = world.now();
    await handle(page(ana, ben));
    await ask('POST', '/v1/campaigns/autumn/stop');
    await workOff();
    await launch({ id: 'winter', sender: 'jane', contacts: [ANA] });
    await workOff();
    await ask('POST', `/v1/enrollments/${ana}-2/stop`);
    expect(await failures(page(ana))).toEqual([]);
    expect(await walkOf(ana)).toMatchObject({ id: `${ana}-2`, campaignId: 'winter', kind: 'ended' });
  });

  it('that comes after the stop stops what it would have begun', async () => {
    await handle(page(ana));
    await world.now().ask('POST', '/v1/campaigns/autumn/stop');
    expect(await failures(page(ana, ben))).toEqual([]);
    expect(await walkOf(ana)).toMatchObject({ kind: 'ended', end: { why: 'by-person' } });
    expect(await walkOf(ben)).toBeUndefined();
  });

  it('that runs beside the stop leaves no walk open', async () => {
    const { ports, ask } = world.now();
    const store = {
      ...ports.store,
      // The stop comes between the page's look at the campaign and its first enrollment.
      loadStates: async (ids: readonly ContactId[]) => {
        await ask('POST', '/v1/campaigns/autumn/stop');
        return ports.store.loadStates(ids);
      },
    };
    const Records = [{ messageId: 'm', body: JSON.stringify(page(ana)) }];
    await enrollContacts({ ...ports, store })({ Records });
    expect(await walkOf(ana)).toMatchObject({ kind: 'ended', end: { why: 'by-person' } });
  });
});

describe('a page that nobody could have queued', () => {
  it.each([
    ['of an unknown campaign', { kind: 'enroll', campaignId: 'nothing', contactIds: [] }],
    ['of an unknown kind', { kind: 'erase', campaignId: 'autumn', contactIds: [] }],
    ['that is no JSON object', 'hello'],
  ])('%s fails alone', async (_what, body) => {
    await launch();
    expect(await failures(page(ana), body, page(ben))).toEqual(['m1']);
    expect((await walkOf(ben))?.kind).toBe('open');
  });
});

describe('a page of enrollments whose campaign runs again', () => {
  it('walks on page by page until every enrollment has heard', async () => {
    const contacts = Array.from({ length: 60 }, (_, at) => ({
      ...BEN,
      address: `ben${at}@baumarkt.example`,
    }));
    await launch({ contacts });
    const { ask, pages, ports, pass, workOff } = world.now();
    expect(pages.map((one) => one.kind === 'enroll' && one.contactIds.length)).toEqual([50, 10]);
    await workOff();
    await ask('POST', '/v1/campaigns/autumn/pause');
    pass(86_400_000);
    await ask('POST', '/v1/campaigns/autumn/resume');
    expect(await workOff()).toBe(0);
    const heard = await Promise.all(
      contacts.map(async ({ address }) => (await ports.store.loadState(idOf(address)))?.state.enrollment),
    );
    expect(heard.filter((walk) => walk?.kind === 'open' && walk.pauseGiven === START)).toHaveLength(60);
  });
});
