// One person through the API: their next letter and why, what happened, and what somebody may say about it.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  ContactAnswer,
  EnrollmentView,
  MessagePage,
  MessageView,
  Timeline,
} from '../../../shared/api/contacts.ts';
import { AlertPage, TaskAnswer, TaskPage, TaskView } from '../../../shared/api/tasks.ts';
import { taskIdOf } from '../../../shared/domain/enrollment/turn.ts';
import type { AlertId, CampaignId, EnrollmentId, MessageId, SesId } from '../../../shared/domain/ids.ts';
import { DAY, HOUR, plus } from '../../../shared/domain/instant.ts';
import { letterMessageId } from '../../../shared/domain/message.ts';
import { OUTCOMES, type Task, type TaskKind } from '../../../shared/domain/task.ts';
import { ANA, CAMPAIGN, idOf, START, useWorld } from './api-fixture.ts';

const ana = idOf('ana.silva@ferragens.example');
const walkId = `${ana}-1` as EnrollmentId;
const world = useWorld();

beforeEach(async () => {
  await world.now().ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts: [ANA] });
  await world.now().workOff();
});

async function answered<Answer>(
  schema: { parse(given: unknown): Answer },
  method: string,
  path: string,
  body?: unknown,
) {
  const response = await world.now().ask(method, path, body);
  expect(response.status, await response.clone().text()).toBe(200);
  return schema.parse(await response.json());
}
const say = (what: string, body?: unknown) =>
  world.now().ask('POST', `/v1/enrollments/${walkId}/${what}`, body);
const loadWalk = async () => (await world.now().ports.store.loadState(ana))?.state.enrollment;

/** Step 0 stands at `unknown`, as after a time-out of SES. */
async function makeUnknown(): Promise<void> {
  const { store } = world.now().ports;
  const loaded = await store.loadState(ana);
  const walk = loaded?.state.enrollment;
  if (!loaded || walk?.kind !== 'open') throw new Error('the story begins with an open walk');
  const letter = { kind: 'unknown', step: 0, claim: 'c1' as never, claimedAt: START, since: START } as const;
  await store.saveState({ ...loaded.state, enrollment: { ...walk, letter } }, loaded.version, 'unknown');
}

const addTask = (kind: TaskKind, over: Partial<Task> = {}) => world.now().addTask(walkId, kind, over);

describe('a contact', () => {
  it('shows the next letter and why then', async () => {
    const answer = await answered(ContactAnswer, 'GET', `/v1/contacts/${ana}`);
    expect(answer).toMatchObject({
      contact: { address: 'ana.silva@ferragens.example', zone: 'Europe/Lisbon' },
      standing: { kind: 'open' },
      enrollment: { id: walkId, state: 'planned' },
      next: { step: 0 },
    });
    expect(answer.next?.reasons.map(({ rule }) => rule)).toContain('planned');
    expect(answer.next?.reasons.at(-1)?.text).toMatch(
      /^step 1 planned for [A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2,3} \d{4}, \d\d:\d\d$/,
    );
    expect((await world.now().ask('GET', '/v1/contacts/nobody')).status).toBe(404);
  });

  it('is suppressed for good by one call, which ends the walk and may be repeated', async () => {
    for (const _time of [1, 2]) {
      const answer = await answered(ContactAnswer, 'POST', `/v1/contacts/${ana}/suppress`);
      expect(answer.standing).toMatchObject({ kind: 'suppressed', why: 'by-person', since: START });
      expect(answer.enrollment).toMatchObject({ state: 'stopped', stopped: 'by-person' });
      world.now().pass(DAY);
    }
    expect((await say('resume')).status).toBe(409);
  });

  it('shows messages, reasons, tasks and walks in order of time, none twice', async () => {
    const { store } = world.now().ports;
    const id = letterMessageId(walkId, 0);
    const letter = {
      kind: 'out',
      id,
      contactId: ana,
      enrollmentId: walkId,
      campaignId: 'autumn' as CampaignId,
    } as const;
    await store.put('message', {
      ...letter,
      step: 0,
      at: plus(START, HOUR),
      sentAt: plus(START, 2 * HOUR),
      sesId: 's1' as SesId,
      subject: 'Hand tools',
      text: 'Dear Ana',
    });
    await addTask('call', { createdAt: plus(START, 3 * HOUR) });
    world.now().pass(4 * HOUR);
    await say('stop');
    const loaded = await store.loadState(ana);
    for (const because of loaded?.state.because ?? []) await store.keepBecause(walkId, 0, because);

    const { items, isCut } = await answered(Timeline, 'GET', `/v1/contacts/${ana}/timeline`);
    expect(isCut).toBe(false);
    const told = items.map((one) => (one.kind === 'reason' ? one.rule : one.kind));
    expect(told[0]).toBe('enrolled');
    expect(told.indexOf('planned')).toBeLessThan(told.indexOf('message'));
    expect(told.slice(-4).toSorted()).toEqual(['message', 'stopped-by-person', 'task', 'walk']);
    expect(told.indexOf('message')).toBeLessThan(told.indexOf('stopped-by-person'));
    expect(new Set(told).size).toBe(told.length);

    const { items: messages } = await answered(MessagePage, 'GET', `/v1/contacts/${ana}/messages`);
    expect(messages).toMatchObject([{ id, text: 'Dear Ana' }]);
    const one = await answered(MessageView, 'GET', `/v1/messages/${ana}/${id}`);
    expect(one).toMatchObject({ kind: 'out', subject: 'Hand tools' });
  });
});

describe('an enrollment', () => {
  it('is held by a person and released, which gives the days back', async () => {
    const held = await answered(EnrollmentView, 'POST', `/v1/enrollments/${walkId}/hold`);
    expect(held.holds).toMatchObject([{ id: 'person', kind: 'person', since: START }]);
    const dueAt = held.dueAt ?? '';
    world.now().pass(3 * DAY);
    const released = await answered(EnrollmentView, 'POST', `/v1/enrollments/${walkId}/release`);
    expect(released.holds).toEqual([]);
    expect((released.dueAt ?? '') > dueAt).toBe(true);
    const again = await say('release');
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ detail: expect.stringContaining('nothing holds it') });
  });

  it('is not held until a moment that has passed', async () => {
    const response = await say('hold', { until: '2026-11-01T09:00:00+01:00' });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer: '/until' }] });
    expect((await loadWalk())?.kind === 'open' && (await loadWalk())).toMatchObject({ holds: [] });
  });

  it('is stopped, and resumed by a person', async () => {
    expect(await answered(EnrollmentView, 'POST', `/v1/enrollments/${walkId}/stop`)).toMatchObject({
      state: 'stopped',
    });
    expect((await say('stop')).status).toBe(200);
    expect((await say('hold')).status).toBe(409);
    expect(await answered(EnrollmentView, 'POST', `/v1/enrollments/${walkId}/resume`)).toMatchObject({
      state: 'planned',
    });
    expect((await say('resume')).status).toBe(409);
  });

  it.each(['it-went', 'send-again'] as const)(
    'whose letter has an unknown fate is decided: %s',
    async (decision) => {
      expect((await say('decide', { decision, claim: 'c1' })).status).toBe(409);
      await makeUnknown();
      const { claim } = await answered(EnrollmentView, 'GET', `/v1/enrollments/${walkId}`);
      expect((await say('decide', { decision, claim: 'another' })).status).toBe(409);
      const decided = await answered(EnrollmentView, 'POST', `/v1/enrollments/${walkId}/decide`, {
        decision,
        claim,
      });
      expect(decided).toMatchObject({ state: 'planned', step: decision === 'it-went' ? 1 : 0 });
      expect((await say('decide', { decision, claim })).status).toBe(409);
      expect((await say('decide', { decision: 'maybe', claim })).status).toBe(422);
      expect((await say('decide', { decision })).status).toBe(422);
    },
  );

  it('that does not exist is no surprise', async () => {
    for (const id of ['nonsense', `${ana}-9`]) {
      expect((await world.now().ask('GET', `/v1/enrollments/${id}`)).status).toBe(404);
      expect((await world.now().ask('POST', `/v1/enrollments/${id}/stop`)).status).toBe(404);
    }
  });
});

describe('a task', () => {
  it('is listed while open and shown with what is needed to do it from a telephone', async () => {
    const path = await addTask('whatsapp', { phone: '+351912345678' });
    const { items } = await answered(TaskPage, 'GET', '/v1/tasks');
    expect(items).toMatchObject([{ kind: 'whatsapp', outcomes: [...OUTCOMES.whatsapp] }]);
    const task = await answered(TaskAnswer, 'GET', path);
    expect(task).toMatchObject({ name: 'Ana Silva', zone: 'Europe/Lisbon', telLink: 'tel:+351912345678' });
    expect(task.paragraph).toContain('Jane Doe of Acme Tools');
    expect(task.whatsappLink).toBe(
      `https://wa.me/351912345678?text=${encodeURIComponent(task.paragraph ?? '')}`,
    );
  });

  it('closes with an outcome, which is heard, and with one only', async () => {
    const path = await addTask('call', { phone: '+351912345678' });
    const wrong = await world.now().ask('POST', `${path}/outcome`, { outcome: 'it-went' });
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({
      errors: [{ pointer: '/outcome', detail: expect.stringContaining('spoke') }],
    });
    for (const _time of [1, 2]) {
      const closed = await answered(TaskView, 'POST', `${path}/outcome`, { outcome: 'spoke' });
      expect(closed).toMatchObject({ status: 'closed', outcome: 'spoke' });
    }
    expect(await loadWalk()).toMatchObject({ end: { kind: 'stopped', why: 'answered-elsewhere' } });
    expect((await world.now().ask('POST', `${path}/outcome`, { outcome: 'no-answer' })).status).toBe(409);
    expect((await answered(TaskPage, 'GET', '/v1/tasks')).items).toEqual([]);
  });

  it('closed long ago is not heard again', async () => {
    const path = await addTask('whatsapp', { phone: '+351912345678' });
    await answered(TaskView, 'POST', `${path}/outcome`, { outcome: 'sent' });
    const before = await loadWalk();
    world.now().pass(10 * DAY);
    await answered(TaskView, 'POST', `${path}/outcome`, { outcome: 'sent' });
    expect(await loadWalk()).toEqual(before);
  });

  it('with a wrong number takes it from the profile', async () => {
    const path = await addTask('call', { phone: '+351912345678' });
    await answered(TaskView, 'POST', `${path}/outcome`, { outcome: 'wrong-number' });
    expect((await world.now().ports.store.load('contact', ana))?.phones).toEqual([]);
    expect(await loadWalk()).toMatchObject({ kind: 'open' });
  });

  it.each([
    ['it-went', { kind: 'open', letter: { kind: 'planned', step: 1 } }],
    ['send-again', { kind: 'open', letter: { kind: 'planned', step: 0 } }],
    ['stop', { kind: 'ended', end: { why: 'by-person' } }],
  ])('that asks for a decision carries it out: %s', async (outcome, walk) => {
    await makeUnknown();
    const path = await addTask('decide', { id: taskIdOf(walkId, 'decide', 'c1') });
    await answered(TaskView, 'POST', `${path}/outcome`, { outcome });
    expect(await loadWalk()).toMatchObject(walk);
  });

  it('about an earlier claim decides nothing about a later one', async () => {
    await makeUnknown();
    const path = await addTask('decide', { id: taskIdOf(walkId, 'decide', 'c0') });
    await answered(TaskView, 'POST', `${path}/outcome`, { outcome: 'send-again' });
    expect(await loadWalk()).toMatchObject({ letter: { kind: 'unknown', claim: 'c1' } });
  });

  it('about a letter that could not be written lets it be tried again', async () => {
    const { ports } = world.now();
    const loaded = await ports.store.loadState(ana);
    const walk = loaded?.state.enrollment;
    if (!loaded || walk?.kind !== 'open') throw new Error('the story begins with an open walk');
    const holds = [{ id: 'letter:0', kind: 'approval', since: START }] as const;
    await ports.store.saveState({ ...loaded.state, enrollment: { ...walk, holds } }, loaded.version, 'held');
    const path = await addTask('decide');
    await answered(TaskView, 'POST', `${path}/outcome`, { outcome: 'send-again' });
    expect(await loadWalk()).toMatchObject({ kind: 'open', holds: [] });
  });
});

describe('an alert', () => {
  it('is acknowledged once, by whoever was first', async () => {
    const { ports, pass } = world.now();
    const alert = {
      id: 'a1' as AlertId,
      kind: 'reply',
      at: START,
      contactId: ana,
      delivered: { own: START },
    } as const;
    await ports.store.putNew('alert', alert);
    pass(HOUR);
    for (const _time of [1, 2]) {
      const response = await world.now().ask('POST', '/v1/alerts/a1/acknowledge');
      expect(await response.json()).toMatchObject({
        acknowledgedAt: plus(START, HOUR),
        delivered: { own: START },
      });
      pass(HOUR);
    }
    expect((await answered(AlertPage, 'GET', '/v1/alerts')).items).toHaveLength(1);
    expect((await world.now().ask('POST', '/v1/alerts/a2/acknowledge')).status).toBe(404);
  });
});

describe('a mail of nobody', () => {
  it('is listed as unmatched', async () => {
    await world.now().ports.store.putNew('message', {
      kind: 'in',
      id: 'm1' as MessageId,
      at: START,
      from: 'stranger@example.com',
      subject: 'Hello',
      rawKey: 'in/m1',
      reading: {
        kind: { value: 'reply', evidence: [], confidence: 1 },
        replyText: 'Who are you?',
        language: 'en',
        phones: [],
        people: [],
        ambiguous: [],
      },
    });
    const { items } = await answered(MessagePage, 'GET', '/v1/messages?unmatched');
    expect(items).toMatchObject([{ id: 'm1', read: 'reply', text: 'Who are you?' }]);
    expect(await answered(MessageView, 'GET', '/v1/messages/unmatched/m1')).toMatchObject({
      from: 'stranger@example.com',
    });
  });
});
