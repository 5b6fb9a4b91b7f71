// A campaign through the API: one call launches it, asking twice changes nothing, and every state knows its next ones.
import { describe, expect, it } from 'vitest';
import { CampaignAnswer, CampaignPage } from '../../../shared/api/campaigns.ts';
import { EnrollmentPage } from '../../../shared/api/contacts.ts';
import type { CampaignId } from '../../../shared/domain/ids.ts';
import { DAY, HOUR, plus } from '../../../shared/domain/instant.ts';
import { ANA, BEN, CAMPAIGN, idOf, SENDER, SEQUENCE, START, useWorld } from './api-fixture.ts';

const ana = idOf('ana.silva@ferragens.example');
const ben = idOf('ben@baumarkt.example');
const world = useWorld();
const campaign = async () => world.now().ports.store.load('campaign', 'autumn' as CampaignId);

async function created(body: unknown, status = 202) {
  const response = await world.now().ask('POST', '/v1/campaigns', body);
  expect(response.status, await response.clone().text()).toBe(status);
  return CampaignAnswer.parse(await response.json());
}

describe('one POST', () => {
  it('launches a campaign with its sender, sequence and contacts inline', async () => {
    const answer = await created(CAMPAIGN);
    expect(answer).toMatchObject({ accepted: 2, refused: [] });
    expect(answer.campaign).toMatchObject({
      id: 'autumn',
      senderId: 'jane',
      sequenceId: 'first-contact',
      sequenceVersion: 1,
      status: 'running',
      contactCount: 2,
    });
    const { ports, pages } = world.now();
    // A before B: the sender's quota fills in order of grade.
    expect(pages).toEqual([{ kind: 'enroll', campaignId: 'autumn', contactIds: [ben, ana] }]);
    expect(await ports.store.load('contact', ana)).toMatchObject({
      address: 'ana.silva@ferragens.example',
      companyDomain: 'ferragens.example',
      zone: 'Europe/Lisbon',
      phones: ['+351912345678'],
    });
  });

  it('launches with what is named by id, on the newest version of the sequence', async () => {
    const { ask } = world.now();
    expect((await ask('POST', '/v1/senders', SENDER)).status).toBe(201);
    expect((await ask('POST', '/v1/sequences', SEQUENCE)).status).toBe(201);
    expect((await ask('POST', '/v1/sequences', { ...SEQUENCE, name: 'Second' })).status).toBe(201);
    const answer = await created({ ...CAMPAIGN, sender: 'jane', sequence: 'first-contact' });
    expect(answer.campaign.sequenceVersion).toBe(2);
  });

  it('knows a sender who is written out again by the address, and asks where the details differ', async () => {
    const { id: _, ...sender } = SENDER;
    const first = await created({ ...CAMPAIGN, sender });
    const again = {
      ...CAMPAIGN,
      id: 'winter',
      contacts: [{ ...CAMPAIGN.contacts[0], address: 'rui@other.example' }],
    };
    expect((await created({ ...again, sender })).campaign.senderId).toBe(first.campaign.senderId);
    const other = { ...again, id: 'spring', sender: { ...sender, dailyQuota: 7 } };
    const refused = await world.now().ask('POST', '/v1/campaigns', other);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(`PATCH /v1/senders/${first.campaign.senderId}`);
  });

  it('keeps a draft and its contacts until it is launched', async () => {
    const draft = await created({ ...CAMPAIGN, launch: false }, 201);
    expect(draft).toMatchObject({ accepted: 2, campaign: { status: 'draft' } });
    expect(world.now().pages).toEqual([]);
    const response = await world.now().ask('POST', '/v1/campaigns/autumn/launch');
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ accepted: 2, campaign: { status: 'running' } });
    expect(world.now().pages).toHaveLength(1);
  });

  it('draws the ids that were not chosen', async () => {
    const { id: _sender, ...sender } = SENDER;
    const { id: _sequence, ...sequence } = SEQUENCE;
    const { id: _campaign, ...rest } = CAMPAIGN;
    const answer = await created({ ...rest, sender, sequence });
    const ids = [answer.campaign.id, answer.campaign.senderId, answer.campaign.sequenceId];
    expect(new Set(ids.filter(Boolean)).size).toBe(3);
  });

  it('under an id that exists says so and changes nothing', async () => {
    await created(CAMPAIGN);
    const before = await world.now().items();
    const response = await world.now().ask('POST', '/v1/campaigns', { ...CAMPAIGN, name: 'Another' });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('autumn exists already') });
    expect(await world.now().items()).toEqual(before);
  });
});

describe('launching', () => {
  it('twice is no error: the second says that it runs and queues nothing', async () => {
    await created(CAMPAIGN);
    world.now().pages.length = 0;
    const before = await world.now().items();
    const response = await world.now().ask('POST', '/v1/campaigns/autumn/launch', {});
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ accepted: 0, campaign: { status: 'running' } });
    expect(world.now().pages).toEqual([]);
    expect(await world.now().items()).toEqual(before);
  });

  it('finishes a launch that died after its pages, without enrolling anybody twice', async () => {
    await created({ ...CAMPAIGN, launch: false }, 201);
    const { ask, pages, ports, timers, workOff } = world.now();
    // What a crash between the queue and the status leaves behind.
    await ports.timers.queuePage({
      kind: 'enroll',
      campaignId: 'autumn' as CampaignId,
      contactIds: [ana, ben],
    });
    const lost = [...pages];
    expect(await workOff(), 'a page whose campaign is a draft comes back').toBe(1);
    expect(timers).toEqual([]);
    await ask('POST', '/v1/campaigns/autumn/launch');
    pages.push(...lost);
    expect(await workOff()).toBe(0);
    const states = await Promise.all([ana, ben].map((id) => ports.store.loadState(id)));
    expect(states.map((one) => one?.state.enrollment?.id)).toEqual([`${ana}-1`, `${ben}-1`]);
    expect(new Set(timers.map((timer) => `${timer.enrollmentId} ${timer.dueAt}`)).size).toBe(2);
  });

  it('tries every contact again, because the world may have changed since', async () => {
    await created({ ...CAMPAIGN, launch: false }, 201);
    await world.now().ask('POST', `/v1/contacts/${ana}/suppress`);
    const before = await world.now().items();
    const refused = await world.now().ask('POST', '/v1/campaigns/autumn/launch');
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ errors: [{ contactId: ana, reason: 'suppressed' }] });
    expect(await world.now().items()).toEqual(before);
    expect(world.now().pages).toEqual([]);

    const skipped = await world.now().ask('POST', '/v1/campaigns/autumn/launch', { skipRefused: true });
    expect(skipped.status).toBe(202);
    expect(await skipped.json()).toMatchObject({
      accepted: 1,
      refused: [{ contactId: ana, reason: 'suppressed' }],
    });
    expect(world.now().pages).toEqual([{ kind: 'enroll', campaignId: 'autumn', contactIds: [ben] }]);
  });

  it.each(['paused', 'finished'] as const)(
    'a %s campaign is refused, saying what to do instead',
    async (status) => {
      await created(CAMPAIGN);
      await world.now().ask('POST', `/v1/campaigns/autumn/${status === 'paused' ? 'pause' : 'stop'}`);
      const response = await world.now().ask('POST', '/v1/campaigns/autumn/launch');
      expect(response.status).toBe(409);
      const { detail } = (await response.json()) as { detail: string };
      expect(detail).toContain(status === 'paused' ? '/v1/campaigns/autumn/resume' : 'create another');
      expect((await campaign())?.status).toBe(status);
    },
  );

  it('a draft without contacts is refused', async () => {
    await created({ ...CAMPAIGN, contacts: [], launch: false }, 201);
    const response = await world.now().ask('POST', '/v1/campaigns/autumn/launch');
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer: '/contacts' }] });
  });
});

describe('a running campaign', () => {
  it('pauses, resumes and gives back the days that the pause took', async () => {
    await created(CAMPAIGN);
    const { ask, pages, pass, ports, workOff } = world.now();
    await workOff();
    const due = async () => {
      const walk = (await ports.store.loadState(ana))?.state.enrollment;
      return walk?.letter?.kind === 'planned' ? walk.letter.dueAt : undefined;
    };
    const dueBefore = (await due()) ?? START;
    pass(HOUR / 2);
    expect((await ask('POST', '/v1/campaigns/autumn/pause')).status).toBe(200);
    const since = (await campaign())?.statusSince;
    pass(2 * DAY);
    expect((await ask('POST', '/v1/campaigns/autumn/pause')).status).toBe(200);
    expect((await campaign())?.statusSince).toBe(since);
    expect((await ask('POST', '/v1/campaigns/autumn/resume')).status).toBe(202);
    expect(pages).toEqual([{ kind: 'gate-opened', campaignId: 'autumn', since }]);
    expect(await workOff()).toBe(0);
    expect(((await due()) ?? START) >= plus(dueBefore, 2 * DAY)).toBe(true);
  });

  it('keeps the page of a resume that died waiting until the campaign really runs', async () => {
    await created(CAMPAIGN);
    const { ask, ports, workOff } = world.now();
    await workOff();
    await ask('POST', '/v1/campaigns/autumn/pause');
    const since = (await campaign())?.statusSince ?? START;
    await ports.timers.queuePage({ kind: 'gate-opened', campaignId: 'autumn' as CampaignId, since });
    expect(await workOff()).toBe(1);
  });

  it('stops every open enrollment, also when asked twice', async () => {
    await created(CAMPAIGN);
    const { ask, ports, workOff } = world.now();
    await workOff();
    expect((await ask('POST', '/v1/campaigns/autumn/stop')).status).toBe(202);
    expect((await ask('POST', '/v1/campaigns/autumn/stop')).status).toBe(200);
    expect(await workOff()).toBe(0);
    const walks = await Promise.all(
      [ana, ben].map(async (id) => (await ports.store.loadState(id))?.state.enrollment),
    );
    expect(walks).toMatchObject([
      { kind: 'ended', end: { kind: 'stopped', why: 'by-person' } },
      { kind: 'ended', end: { kind: 'stopped', why: 'by-person' } },
    ]);
    expect((await ask('POST', '/v1/campaigns/autumn/resume')).status).toBe(409);
  });

  it('takes further contacts and enrolls them alone', async () => {
    await created({ ...CAMPAIGN, contacts: [ANA] });
    const { ask, pages, workOff } = world.now();
    await workOff();
    const response = await ask('POST', '/v1/campaigns/autumn/contacts', { contacts: [BEN] });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ accepted: 1, campaign: { contactCount: 2 } });
    expect(pages).toEqual([{ kind: 'enroll', campaignId: 'autumn', contactIds: [ben] }]);
  });

  it('shows its enrollments page by page, with reasons in the asked language', async () => {
    await created(CAMPAIGN);
    await world.now().workOff();
    const found: string[] = [];
    let after = '';
    for (let pages = 0; pages < 10; pages++) {
      const path = `/v1/campaigns/autumn/enrollments?limit=1${after && `&after=${after}`}`;
      const response = await world
        .now()
        .ask('GET', path, undefined, { 'Accept-Language': 'zh-CN,zh;q=0.9,en;q=0.8' });
      const page = EnrollmentPage.parse(await response.json());
      for (const one of page.items) {
        expect(one).toMatchObject({ state: 'planned', step: 0, holds: [], sent: [] });
        expect(one.reasons[0]).toMatchObject({ rule: 'enrolled', text: '已加入活动' });
        found.push(one.name ?? '');
      }
      if (!page.next) break;
      after = page.next;
    }
    expect(found.toSorted()).toEqual(['Ana Silva', 'Ben Braun']);
  });

  it('is listed', async () => {
    await created(CAMPAIGN);
    const page = CampaignPage.parse(await (await world.now().ask('GET', '/v1/campaigns')).json());
    expect(page.items.map(({ id }) => id)).toEqual(['autumn']);
    expect((await world.now().ask('GET', '/v1/campaigns/winter')).status).toBe(404);
  });
});
