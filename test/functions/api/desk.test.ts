// The salesperson's desk through the API: chat by country, cautions, snooze, cards, and what follows from an answer.
import { beforeEach, describe, expect, it } from 'vitest';
import { ContactAnswer } from '../../../shared/api/contacts.ts';
import { AlertView, TaskAnswer, TaskView } from '../../../shared/api/tasks.ts';
import { answerTaskId } from '../../../shared/domain/enrollment/replies.ts';
import { replyAlertId } from '../../../shared/domain/enrollment/ringing.ts';
import type { Touch } from '../../../shared/domain/enrollment/state.ts';
import type { EnrollmentId, MessageId } from '../../../shared/domain/ids.ts';
import { DAY, plus } from '../../../shared/domain/instant.ts';
import type { Task, TaskKind } from '../../../shared/domain/task.ts';
import { applyEvent } from '../../../shared/engine.ts';
import { ANA, CAMPAIGN, idOf, START, useWorld } from './api-fixture.ts';

const ana = idOf('ana.silva@ferragens.example');
const walkId = `${ana}-1` as EnrollmentId;
const world = useWorld();

const launch = async (over: object = {}) => {
  const body = { ...CAMPAIGN, contacts: [{ ...ANA, ...over }] };
  expect((await world.now().ask('POST', '/v1/campaigns', body)).status).toBe(202);
  await world.now().workOff();
};
const ask = (method: string, path: string, body?: unknown) => world.now().ask(method, path, body);
async function answered<Answer>(
  schema: { parse(given: unknown): Answer },
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await ask(method, path, body);
  expect(response.status, await response.clone().text()).toBe(200);
  return schema.parse(await response.json());
}

const addTask = (kind: TaskKind, over: Partial<Task> = {}) => world.now().addTask(walkId, kind, over);

async function withTouches(touches: readonly Touch[]): Promise<void> {
  const loaded = await world.now().ports.store.loadState(ana);
  if (!loaded) throw new Error('launched before');
  await world.now().ports.store.saveState({ ...loaded.state, touches }, loaded.version, 'touches');
}
const touch = (by: Touch['by'], daysAgo: number): Touch => ({
  id: `${by}-${daysAgo}`,
  at: plus(START, -daysAgo * DAY),
  by,
});

describe('a chat', () => {
  it.each([
    ['PT', 'whatsapp', 'whatsappLink', 'https://wa.me/351912345678?text='],
    ['CN', 'wechat', undefined, ''],
    ['JP', 'line', undefined, ''],
    ['KR', 'kakaotalk', undefined, ''],
    ['VN', 'zalo', 'chatLink', 'https://zalo.me/351912345678'],
  ] as const)('in %s is by %s', async (country, app, field, begins) => {
    await launch({ country, phones: ['+351912345678'] });
    const task = await answered(TaskAnswer, 'GET', await addTask('whatsapp'));
    expect(task.app).toBe(app);
    expect(task.paragraph).toContain('Jane Doe of Acme Tools');
    expect(task.telLink).toBe('tel:+351912345678');
    if (field) expect(task[field]?.startsWith(begins)).toBe(true);
    else expect([task.whatsappLink, task.chatLink]).toEqual([undefined, undefined]);
  });
});

describe('the ledger', () => {
  it.each<readonly [string, TaskKind, readonly Touch[], Partial<Task>, readonly string[]]>([
    ['nothing went before', 'whatsapp', [], {}, []],
    ['a letter a week ago', 'call', [touch('letter', 7)], {}, []],
    // START is a Monday: Friday's letter is one working day ago.
    ['a letter three days ago', 'call', [touch('letter', 3)], {}, ['other-channel']],
    ['their own note gave the number', 'whatsapp', [touch('letter', 1)], { messageId: 'm' as MessageId }, []],
    ['a stand-in is asked', 'call', [touch('letter', 1)], { person: 'Rui' }, []],
    ['a WhatsApp stands', 'whatsapp', [touch('whatsapp', 20)], {}, ['whatsapp-unanswered']],
    ['four touches', 'call', [1, 2, 3, 4].map((n) => touch('call', n)), {}, ['touched-enough']],
  ])('%s: a %s is cautioned as it should be', async (_, kind, touches, over, rules) => {
    await launch();
    await withTouches(touches);
    const task = await answered(TaskAnswer, 'GET', await addTask(kind, over));
    expect((task.cautions ?? []).map(({ rule }) => rule)).toEqual(rules);
    expect(task.telLink === undefined).toBe(rules.length > 0);
  });

  it('opens the links for a reason, and keeps it', async () => {
    await launch();
    await withTouches([touch('whatsapp', 20)]);
    const path = await addTask('whatsapp');
    expect((await ask('POST', `${path}/override`, {})).status).toBe(422);
    const reason = 'She asked at the fair to be written to again';
    const task = await answered(TaskAnswer, 'POST', `${path}/override`, { reason });
    expect(task.override).toEqual({ reason, at: START });
    expect(task.whatsappLink).toContain('wa.me');
    expect((await answered(TaskAnswer, 'GET', path)).override?.reason).toBe(reason);
  });

  it('is lifted for a whole campaign only with a reason, which the campaign shows', async () => {
    const body = { ...CAMPAIGN, contacts: [ANA], launch: false, pesterReason: 'They asked for all six' };
    await ask('POST', '/v1/campaigns', body);
    const stored = await (await ask('GET', '/v1/campaigns/autumn')).json();
    expect(stored).toMatchObject({ pesterReason: 'They asked for all six' });
  });
});

describe('putting off', () => {
  beforeEach(() => launch());

  it('brings a call back in their daytime, whatever hour was asked for', async () => {
    const path = await addTask('call');
    const late = await answered(TaskView, 'POST', `${path}/snooze`, { until: '2026-11-24T21:00:00Z' });
    expect(late.dueAt).toBe('2026-11-25T10:00:00.000Z');
    const soon = await answered(TaskView, 'POST', `${path}/snooze`);
    // Monday morning is nobody's hour for calls there: noon is.
    expect(soon.dueAt).toBe('2026-11-23T12:00:00.000Z');
  });

  it('brings other work back when asked for, and never what is closed', async () => {
    const path = await addTask('custom');
    const until = '2026-11-24T21:00:00.000Z';
    expect((await answered(TaskView, 'POST', `${path}/snooze`, { until })).dueAt).toBe(until);
    await ask('POST', `${path}/outcome`, { outcome: 'done' });
    expect((await ask('POST', `${path}/snooze`)).status).toBe(409);
  });
});

describe('a card', () => {
  beforeEach(() => launch());

  it("is the contact's, with a remark of where the number comes from", async () => {
    const quote = 'In urgent cases: 912 345 678';
    const path = await addTask('whatsapp', { messageId: 'm' as MessageId, quote });
    const response = await ask('GET', `${path}/card`);
    expect(response.headers.get('content-type')).toBe('text/vcard; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="Ana-Silva.vcf"');
    const card = (await response.text()).replaceAll('\r\n ', '');
    expect(card).toContain('FN:Ana Silva\r\n');
    expect(card).toContain('TEL;VALUE=uri:tel:+351912345678');
    expect(card).toContain(`from their mail of 2026-11-23: “${quote}”`);
  });

  it.each([
    ['Rui Costa', 'FN:Rui Costa', 'Rui-Costa.vcf'],
    ['switchboard', 'FN:Ferragens Lda\\, switchboard', 'switchboard.vcf'],
  ])("of %s is not the contact's", async (person, line, file) => {
    const response = await ask('GET', `${await addTask('call', { person, phone: '+351213456789' })}/card`);
    expect(response.headers.get('content-disposition')).toContain(file);
    const card = await response.text();
    expect(card).toContain(`${line}\r\n`);
    expect(card).toContain('for Ana Silva');
    expect(card).not.toContain('EMAIL');
  });

  it('is to be had from the contact too', async () => {
    const card = await (await ask('GET', `/v1/contacts/${ana}/card`)).text();
    expect(card).toContain('NOTE:Ferragens Lda\\, PT · grade B · number on file');
  });
});

describe('a call', () => {
  beforeEach(() => launch());

  it('that they want later makes a task at that very hour', async () => {
    const path = await addTask('call');
    expect((await ask('POST', `${path}/outcome`, { outcome: 'call-back-at' })).status).toBe(422);
    const callBackAt = '2026-11-26T08:15:00.000Z';
    await answered(TaskView, 'POST', `${path}/outcome`, { outcome: 'call-back-at', callBackAt });
    const open = await world.now().ports.store.listTasks({ open: true });
    expect(open.items).toMatchObject([{ kind: 'call', dueAt: callBackAt }]);
  });

  it('to a wrong number strikes it from the profile and asks for another way to a B', async () => {
    const path = await addTask('call', { phone: '+351912345678' });
    await answered(TaskView, 'POST', `${path}/outcome`, { outcome: 'wrong-number' });
    const { contact } = await answered(ContactAnswer, 'GET', `/v1/contacts/${ana}`);
    expect(contact.phones).toEqual([]);
    const open = await world.now().ports.store.listTasks({ open: true });
    expect(open.items).toMatchObject([{ kind: 'find-another-way' }]);
  });
});

describe('an answer', () => {
  const messageId = 'message-1' as MessageId;
  const alertPath = `/v1/alerts/${replyAlertId('reply', messageId)}`;
  beforeEach(async () => {
    await launch();
    await applyEvent(world.now().ports, walkId, { kind: 'replied', mail: 'in1', messageId });
  });
  const taskNow = () => world.now().ports.store.load('task', ana, answerTaskId(walkId, messageId));
  const openTasks = async () => (await world.now().ports.store.listTasks({ open: true })).items;

  it.each([
    [{ outcome: 'interested', next: 'meeting', on: '2026-12-02' }, 'next-step', '2026-12-02', 'meeting'],
    [{ outcome: 'later', on: '2027-01-15' }, 'wake', '2027-01-15', undefined],
  ] as const)('%j puts work on its day', async (given, kind, day, text) => {
    const alert = await answered(AlertView, 'POST', `${alertPath}/acknowledge`, given);
    expect(alert.acknowledgedAt).toBe(START);
    expect(await taskNow()).toMatchObject({ status: 'closed', outcome: given.outcome });
    const tasks = await openTasks();
    expect(tasks).toMatchObject([{ kind, ...(text ? { text } : {}) }]);
    expect(tasks[0]?.dueAt.slice(0, 10)).toBe(day);
    // Again: nothing new.
    await answered(AlertView, 'POST', `${alertPath}/acknowledge`, given);
    expect(await openTasks()).toHaveLength(1);
  });

  it.each(['no', 'won', 'lost', 'interested'] as const)('may simply be "%s"', async (outcome) => {
    await answered(AlertView, 'POST', `${alertPath}/acknowledge`, { outcome, note: 'as said' });
    expect(await taskNow()).toMatchObject({ outcome, details: { note: 'as said' } });
    expect(await openTasks()).toEqual([]);
  });

  it('of the wrong person makes a contact of whom they named, and writes to nobody', async () => {
    const referred = { address: 'rui.costa@ferragens.example', firstName: 'Rui' };
    await answered(AlertView, 'POST', `${alertPath}/acknowledge`, { outcome: 'wrong-person', referred });
    const rui = idOf(referred.address);
    expect(await world.now().ports.store.load('contact', rui)).toMatchObject({
      firstName: 'Rui',
      company: 'Ferragens Lda',
      country: 'PT',
      referredBy: ana,
      source: `Named by contact ${ana}`,
    });
    expect(await taskNow()).toMatchObject({ details: { referredTo: rui } });
    expect(await world.now().ports.store.loadState(rui)).toBeUndefined();
  });

  it.each([
    [{ outcome: 'later' }, '/on'],
    [{ outcome: 'later', on: '2026-11-01' }, '/on'],
    [{ outcome: 'wrong-person', referred: { address: 'nobody' } }, '/referred/address'],
    [{ outcome: 'spoke' }, '/outcome'],
  ])('%j is refused, and goes on ringing', async (given, pointer) => {
    const response = await ask('POST', `${alertPath}/acknowledge`, given);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer }] });
    const alert = await world.now().ports.store.load('alert', replyAlertId('reply', messageId));
    expect(alert?.acknowledgedAt).toBeUndefined();
  });

  it('closed at the desk is acknowledged everywhere', async () => {
    const path = `/v1/tasks/${ana}/${answerTaskId(walkId, messageId)}/outcome`;
    await answered(TaskView, 'POST', path, { outcome: 'won' });
    const alert = await world.now().ports.store.load('alert', replyAlertId('reply', messageId));
    expect(alert?.acknowledgedAt).toBe(START);
  });
});
