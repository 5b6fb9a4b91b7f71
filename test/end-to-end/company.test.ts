/** One company, one conversation, over real SMTP: a reply holds the colleagues, a person decides, a leaver hands over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiRefusal } from '../../shared/client.ts';
import {
  aCampaign,
  aContact,
  answerTo,
  aWorld,
  DAY_MS,
  MINUTE_MS,
  replyToOf,
  type World,
} from '../support/world.ts';
import { launched, letterOf, QUICK_SEQUENCE, START, senderNamed, tasksOf, walkOf } from './scene.ts';

let world: World;
/** Two people each at three companies, and one who is alone. */
const contacts = ['acme', 'bolt', 'crank'].flatMap((company) =>
  ['ana', 'rui'].map((name) =>
    aContact({
      address: `${name}@${company}.example`,
      firstName: name,
      company,
      phones: ['+351912345678'],
      fields: { why: `The ${company} workshop of ${name} repairs bikes while people wait.` },
    }),
  ),
);

beforeAll(async () => {
  world = await aWorld(START);
  await launched(world, { contacts });
});
afterAll(() => world.close());

const answers = async (address: string, text: string): Promise<void> => {
  const letter = letterOf(world, address);
  const raw = answerTo(letter, { text, id: `${address}-${text.length}` });
  await world.send({ from: address, to: replyToOf(letter), raw });
};
const heldTask = async (address: string) => {
  const { id } = await walkOf(world, address);
  const { items } = await world.client.tasks.list({ limit: 200 });
  const task = items.find(({ enrollmentId, kind }) => enrollmentId === id && kind === 'company-held');
  if (!task) throw new Error(`Nobody is asked what becomes of the colleagues of ${address}`);
  return task;
};
const decide = async (address: string, outcome: 'release' | 'leave'): Promise<void> => {
  const { contactId, id } = await heldTask(address);
  await world.client.tasks.close(contactId, id, { outcome });
  await world.quiet();
};

describe('a company that answers', () => {
  it('gets no letter to a colleague, and one question within five working days', async () => {
    await answers('ana@acme.example', 'Please send prices.');
    await answers('ana@bolt.example', 'Not now, thank you, perhaps in spring.');
    await world.pass(1.1 * DAY_MS);
    for (const company of ['acme', 'bolt']) expect(world.lettersTo(`rui@${company}.example`)).toHaveLength(1);
    // Nobody answered there: the follow-up of the second day has gone.
    expect(world.lettersTo('rui@crank.example')).toHaveLength(2);
    const task = await heldTask('ana@acme.example');
    expect(task).toMatchObject({
      text: '1 colleague held: release or leave?',
      outcomes: ['release', 'leave'],
    });
    expect(task.dueAt.slice(0, 10)).toBe('2026-11-24');
  });

  it('writes on once a person lets go, and only to the living walks', async () => {
    await decide('ana@acme.example', 'release');
    await decide('ana@bolt.example', 'leave');
    await world.pass(DAY_MS);
    expect(world.lettersTo('rui@acme.example')).toHaveLength(2);
    expect(world.lettersTo('ana@acme.example')).toHaveLength(1);
  });

  it('is left alone for good where a person says so', async () => {
    expect(world.lettersTo('rui@bolt.example')).toHaveLength(1);
    expect(await walkOf(world, 'rui@bolt.example')).toMatchObject({ state: 'stopped', stopped: 'by-person' });
  });

  it('is refused to another sender at launch, who is told whose it is', async () => {
    const other = aCampaign({
      sender: senderNamed('paul'),
      sequence: QUICK_SEQUENCE,
      contacts: [aContact({ address: 'new@acme.example', company: 'Acme' })],
    });
    const refusal = await world.client.campaigns.create(other).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiRefusal);
    expect((refusal as ApiRefusal).problem).toMatchObject({
      status: 422,
      errors: [{ pointer: '/contacts/0/address', reason: 'another-owner', detail: /Lin Wei's/ }],
    });
  });
});

describe('a task that is put off', () => {
  it('comes back at the next decent hour there, not at the hour that was asked for', async () => {
    const letter = letterOf(world, 'ana@bolt.example');
    const raw = answerTo(letter, {
      id: 'away',
      headers: ['Auto-Submitted: auto-replied'],
      text: 'I am travelling on business until 18 December. In urgent cases call my mobile: +351 912 345 678.',
      from: 'rui@crank.example',
    });
    const theirs = world.lettersTo('rui@crank.example')[0] ?? letter;
    await world.send({ from: 'rui@crank.example', to: replyToOf(theirs), raw });
    const walk = await walkOf(world, 'rui@crank.example');
    expect(await tasksOf(world, walk)).toContain('whatsapp');
    const { items } = await world.client.tasks.list({ limit: 200 });
    const task = items.find(({ enrollmentId, kind }) => enrollmentId === walk.id && kind === 'whatsapp');
    if (!task) throw new Error('The story wants a WhatsApp task');
    // Saturday night in Lisbon; Monday morning is for their mailbox.
    const until = '2026-11-28T22:30:00.000Z';
    const { dueAt } = await world.client.tasks.snooze(task.contactId, task.id, { until });
    expect(dueAt).toBe('2026-11-30T12:00:00.000Z');
  });
});

describe('a leaver', () => {
  it('hands over companies, walks, tasks and alerts, and an old reply address still stops and rings', async () => {
    const { client } = world;
    const before = await walkOf(world, 'ana@crank.example');
    const open = (await client.tasks.list({ limit: 200 })).items.filter(
      (one) => one.senderId === before.senderId,
    );
    expect(open.length).toBeGreaterThan(0);
    const paul = await client.senders.create({ ...senderNamed('paul'), name: 'Paul Li' });
    await client.senders.transfer(before.senderId, { to: paul.id });
    await world.pass(MINUTE_MS);
    expect(await walkOf(world, 'rui@crank.example')).toMatchObject({ senderId: paul.id });
    expect((await client.companies.get('crank.example')).owner).toMatchObject({ id: paul.id });
    const tasks = (await client.tasks.list({ limit: 200 })).items;
    expect(new Set(tasks.map(({ senderId }) => senderId))).toEqual(new Set([paul.id]));
    const { contactId } = await walkOf(world, 'rui@crank.example');
    const timeline = (await client.contacts.timeline(contactId)).items;
    expect(timeline.filter(({ kind }) => kind === 'message').length).toBeGreaterThanOrEqual(2);

    const first = world.lettersTo('rui@crank.example')[0];
    if (!first) throw new Error('The story wants a letter to Rui');
    const raw = answerTo(first, { text: 'I am back. How many sets are in a box?', id: 'late' });
    await world.send({ from: 'rui@crank.example', to: replyToOf(first), raw });
    expect(await walkOf(world, 'rui@crank.example')).toMatchObject({ state: 'stopped', stopped: 'replied' });
    const rung = world.got.filter(({ to }) => to === 'paul@desk.example');
    expect(rung.map(({ mail }) => mail.text).join()).toContain('How many sets are in a box?');
  });
});
