// One company, one salesperson, one conversation: owner, holds after an answer, transfer, and beginning again.
import { beforeEach, describe, expect, it } from 'vitest';
import { TransferAnswer } from '../../../shared/api/senders.ts';
import type { MailEvent } from '../../../shared/domain/enrollment/event.ts';
import { replyAlertId } from '../../../shared/domain/enrollment/ringing.ts';
import {
  type CampaignId,
  type ClaimId,
  type EnrollmentId,
  enrollmentIdOf,
  type MessageId,
  type SenderId,
  type SesId,
} from '../../../shared/domain/ids.ts';
import { DAY, minuteName } from '../../../shared/domain/instant.ts';
import { applyEvent } from '../../../shared/engine.ts';
import { ANA, CAMPAIGN, idOf, SENDER, START, useWorld } from './api-fixture.ts';

const world = useWorld();
const RUI = { ...ANA, address: 'rui@ferragens.example', firstName: 'Rui' };
const EVA = { ...ANA, address: 'eva@ferragens.example', firstName: 'Eva' };
const PAUL = { ...SENDER, id: 'paul', name: 'Paul Li', address: 'paul@acme.example' };
const DOMAIN = 'ferragens.example';
const ana = idOf('ana.silva@ferragens.example');
const walkOf = (address: string, n = 1): EnrollmentId => enrollmentIdOf(idOf(address), n);
const ask = (method: string, path: string, body?: unknown) => world.now().ask(method, path, body);
const store = () => world.now().ports.store;
const openTasks = async () => (await store().listTasks({ open: true })).items;
const walkNow = async (address: string) => (await store().loadState(idOf(address)))?.state.enrollment;

const launch = async (over: object = {}) => {
  const response = await ask('POST', '/v1/campaigns', { ...CAMPAIGN, acceptWarnings: 'all', ...over });
  await world.now().workOff();
  return response;
};
const tell = (event: MailEvent, id = walkOf('ana.silva@ferragens.example')) =>
  applyEvent(world.now().ports, id, event);
const replied = (name = 'm1') =>
  tell({ kind: 'replied', mail: name, messageId: `message-${name}` as MessageId });

describe('an owner', () => {
  beforeEach(() => launch({ contacts: [ANA] }));

  it('is the sender who wrote first', async () => {
    expect(await store().loadCompany(DOMAIN)).toEqual({ owner: 'jane' });
  });

  it.each([true, false])('is named to whoever else wants the company (launch: %s)', async (isLaunched) => {
    const response = await launch({ id: 'winter', sender: PAUL, contacts: [RUI], launch: isLaunched });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [
        { pointer: '/contacts/0/address', reason: 'another-owner', detail: /Jane Doe's \(sender jane\)/ },
      ],
    });
  });

  /** As a page leaves it that died just when they left: transferred, and their company not yet. */
  const leaves = async (id: string, to: string) => {
    const sender = (await store().load('sender', id as SenderId))!;
    await store().put('sender', { ...sender, transferredTo: to as SenderId });
  };

  it('who has left is whoever took over in the end, at the launch as on the page that enrolls', async () => {
    const others = [PAUL, { ...PAUL, id: 'mary', name: 'Mary Poe', address: 'mary@export.example' }];
    for (const sender of others)
      await launch({
        id: `of-${sender.id}`,
        sender,
        contacts: [{ ...EVA, address: `x@${sender.id}.example` }],
      });
    await leaves('jane', PAUL.id);
    await leaves(PAUL.id, 'mary');
    const refused = await launch({
      id: 'spring',
      sender: { ...PAUL, id: 'zoe', name: 'Zoe Lee', address: 'zoe@export.example' },
      contacts: [RUI],
    });
    expect(await refused.json()).toMatchObject({ errors: [{ detail: /Mary Poe's \(sender mary\)/ }] });
    expect((await launch({ id: 'winter', sender: 'mary', contacts: [RUI] })).status).toBe(202);
    expect(await walkNow(RUI.address)).toMatchObject({ kind: 'open', senderId: 'mary' });
    expect(await store().loadCompany(DOMAIN)).toEqual({ owner: 'mary' });
  });

  it('writes to another person there as before', async () => {
    expect((await launch({ id: 'winter', sender: 'jane', contacts: [RUI] })).status).toBe(202);
  });
});

describe('an answer', () => {
  beforeEach(() => launch({ contacts: [ANA, RUI, EVA] }));

  it('holds the colleagues with one task, due in five working days', async () => {
    await replied();
    await replied('m2');
    await tell({ kind: 'replied', mail: 'm3', messageId: 'message-m3' as MessageId }, walkOf(RUI.address));
    expect(await store().loadCompany(DOMAIN)).toMatchObject({ heldBy: ana, heldSince: START });
    const held = (await openTasks()).filter(({ kind }) => kind === 'company-held');
    expect(held).toMatchObject([{ text: '2 colleagues held: release or leave?' }]);
    // Monday the 23rd; 1 December is a holiday in Portugal, but the fifth working day comes before it.
    expect(held[0]?.dueAt.slice(0, 10)).toBe('2026-11-30');
  });

  it.each<readonly [string, MailEvent]>([
    ['an absence', absent('trip')],
    ['an automatic notice', { kind: 'auto-replied', mail: 'm1' }],
    ['a challenge', { kind: 'replied', mail: 'm1', messageId: 'm' as MessageId, isMachine: true }],
    ['a bounce', { kind: 'bounced', mail: 'm1', bounce: { class: 'permanent' } }],
  ])('%s holds nobody', async (_, event) => {
    await tell(event);
    expect(await store().loadCompany(DOMAIN)).toEqual({ owner: 'jane' });
  });

  it('that turns out to be none lets them go, and asks nothing more', async () => {
    await replied();
    const messageId = 'message-m1' as MessageId;
    await applyEvent(world.now().ports, walkOf('ana.silva@ferragens.example'), {
      kind: 'reading-corrected',
      was: 'reply',
      messageId,
      now: { kind: 'auto-replied', mail: 'm1' },
    });
    expect(await store().loadCompany(DOMAIN)).toEqual({ owner: 'jane' });
    expect((await openTasks()).filter(({ kind }) => kind === 'company-held')).toEqual([]);
  });

  it.each([
    ['release', 'open'],
    ['leave', 'ended'],
  ] as const)('and "%s": their walks are %s, the gate is open', async (outcome, kind) => {
    await replied();
    const task = (await openTasks()).find((one) => one.kind === 'company-held');
    const path = `/v1/tasks/${ana}/${task?.id}/outcome`;
    expect((await ask('POST', path, { outcome })).status).toBe(200);
    expect((await walkNow(RUI.address))?.kind).toBe(kind);
    expect((await walkNow(EVA.address))?.kind).toBe(kind);
    expect(await store().loadCompany(DOMAIN)).toEqual({ owner: 'jane' });
    // The same mail again must not hold them anew.
    await replied();
    expect(await store().loadCompany(DOMAIN)).toEqual({ owner: 'jane' });
  });

  it('of the only one there holds nothing', async () => {
    await ask('POST', `/v1/enrollments/${walkOf(RUI.address)}/stop`);
    await ask('POST', `/v1/enrollments/${walkOf(EVA.address)}/stop`);
    await replied();
    expect(await store().loadCompany(DOMAIN)).toEqual({ owner: 'jane' });
  });
});

function absent(reason: 'trip'): MailEvent {
  return {
    kind: 'absent',
    mail: 'm1',
    messageId: 'm' as MessageId,
    absence: { reason, invitesContact: false, returnOn: '2026-12-07' },
    phones: [],
  };
}

describe('a leaver', () => {
  beforeEach(async () => {
    await launch({ contacts: [ANA, RUI] });
    await ask('POST', '/v1/senders', PAUL);
  });

  it('hands everything over: companies, campaigns, walks, tasks and waiting alerts', async () => {
    await replied();
    const response = await ask('POST', '/v1/senders/jane/transfer', { to: 'paul' });
    expect(response.status).toBe(202);
    const answer = TransferAnswer.parse(await response.json());
    expect(answer).toEqual({ from: 'jane', to: 'paul', campaigns: 1, alerts: 1 });
    expect(await world.now().workOff()).toBe(0);
    expect(await store().loadCompany(DOMAIN)).toMatchObject({ owner: 'paul' });
    expect(await store().load('campaign', 'autumn' as CampaignId)).toMatchObject({ senderId: 'paul' });
    for (const address of ['ana.silva@ferragens.example', RUI.address])
      expect((await walkNow(address))?.senderId).toBe('paul');
    expect(new Set((await openTasks()).map(({ senderId }) => senderId))).toEqual(new Set(['paul']));
    const alert = await store().load('alert', replyAlertId('reply', 'message-m1' as MessageId));
    expect(alert?.senderId).toBe('paul');
    const timeline = await (await ask('GET', `/v1/contacts/${idOf(RUI.address)}/timeline`)).text();
    expect(timeline).toContain('taken over by paul from jane');
  });

  it('is asked to leave twice without harm, and launches nothing any more', async () => {
    for (let n = 0; n < 2; n++) await ask('POST', '/v1/senders/jane/transfer', { to: 'paul' });
    expect(await world.now().workOff()).toBe(0);
    const shown = await (await ask('GET', '/v1/senders/jane')).json();
    expect(shown).toMatchObject({ transferredTo: 'paul' });
    const contact = { ...ANA, address: 'new@other.example' };
    const late = await launch({ id: 'winter', sender: 'jane', contacts: [contact] });
    expect(late.status).toBe(422);
    expect(await late.text()).toContain('has left');
  });

  it.each([
    ['nobody', 'does not exist'],
    ['jane', 'who leaves'],
  ])('cannot hand over to %s', async (to, words) => {
    const response = await ask('POST', '/v1/senders/jane/transfer', { to });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(words);
  });
});

describe('beginning again', () => {
  const again = (over: object = {}) =>
    launch({ id: 'winter', sender: 'jane', contacts: [ANA], ...over }).then(({ status }) => status);
  /** One letter out, then stopped by hand. */
  const walked = async () => {
    await launch({ contacts: [ANA] });
    const id = walkOf('ana.silva@ferragens.example');
    const walk = await walkNow('ana.silva@ferragens.example');
    if (walk?.letter?.kind !== 'planned') throw new Error('planned by the launch');
    const { dueAt, step } = walk.letter;
    world.now().pass(Date.parse(dueAt) - Date.parse(START));
    const claim = 'c1' as ClaimId;
    await applyEvent(world.now().ports, id, { kind: 'step-due', step, minute: minuteName(dueAt), claim });
    await applyEvent(world.now().ports, id, { kind: 'step-sent', step, claim, sesId: 's1' as SesId });
    await ask('POST', `/v1/enrollments/${id}/stop`);
  };

  it('waits 90 days after the last walk, or for a reason that the campaign keeps', async () => {
    await walked();
    expect(await again()).toBe(422);
    world.now().pass(89 * DAY);
    expect(await again()).toBe(422);
    expect(await again({ launch: false, reEnrollReason: 'They asked at the fair' })).toBe(201);
    expect(await (await ask('GET', '/v1/campaigns/winter')).json()).toMatchObject({
      reEnrollReason: 'They asked at the fair',
    });
    expect((await ask('POST', '/v1/campaigns/winter/launch', { acceptWarnings: 'all' })).status).toBe(202);
  });

  it('is free after 90 days, or where nothing was ever sent', async () => {
    await walked();
    world.now().pass(90 * DAY);
    expect(await again()).toBe(202);
  });

  it('is free where the earlier walk wrote nothing', async () => {
    await launch({ contacts: [ANA] });
    await ask('POST', `/v1/enrollments/${walkOf('ana.silva@ferragens.example')}/stop`);
    expect(await again()).toBe(202);
  });
});
