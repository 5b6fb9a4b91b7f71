/** SES took a letter, or did not, and nobody heard: its own events settle it, or a person does. Never a blind resend. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorld, MINUTE_MS, SALESPERSON, type World } from '../support/world.ts';
import {
  addressOf,
  alertsOf,
  contactsNamed,
  type Disturbance,
  launched,
  letterOf,
  lost,
  START,
  tasksOf,
  unheard,
  walkOf,
  withDisturbances,
} from './scene.ts';

const NAMES = ['Ana', 'Bea', 'Carla', 'Dina'] as const;
const disturb = new Map<string, Disturbance[]>();
let world: World;
beforeAll(async () => {
  disturb.set(addressOf('Ana'), [unheard]);
  for (const name of ['Bea', 'Carla', 'Dina']) disturb.set(addressOf(name), [lost]);
  world = await aWorld(START, { around: withDisturbances(disturb) });
  await launched(world, { contacts: contactsNamed(...NAMES) });
});
afterAll(() => world.close());

const walk = (name: string) => walkOf(world, addressOf(name));

it("SES's own event settles it within minutes: sent once, the next step planned from the claim", async () => {
  const settled = await walk('Ana');
  const letter = letterOf(world, addressOf('Ana'));
  expect(settled).toMatchObject({ state: 'planned', step: 1, sent: [{ step: 0, sesId: letter.sesId }] });
  expect(settled.reasons.map(({ rule }) => rule)).toContain('send-unknown');
  expect(await alertsOf(world, settled)).toEqual([]);
});

it('is left alone while an event may still come', async () => {
  for (const name of ['Bea', 'Carla', 'Dina']) {
    expect(await walk(name)).toMatchObject({ state: 'unknown', step: 0, sent: [] });
    expect(await tasksOf(world, await walk(name))).toEqual([]);
  }
});

it('asks a person after half an hour, once', async () => {
  await world.pass(60 * MINUTE_MS);
  for (const name of ['Bea', 'Carla', 'Dina']) {
    expect(await walk(name)).toMatchObject({ state: 'unknown', step: 0 });
    expect(await tasksOf(world, await walk(name))).toEqual(['decide']);
    expect((await alertsOf(world, await walk(name))).map(({ kind }) => kind)).toEqual(['needs-decision']);
  }
  expect(world.lettersTo(SALESPERSON)).toHaveLength(3);
});

describe('the person decides', () => {
  it('"send again": it goes, and the task is done', async () => {
    const { id, claim = '' } = await walk('Bea');
    await world.client.enrollments.decide(id, { decision: 'send-again', claim });
    await world.pass(5 * MINUTE_MS);
    letterOf(world, addressOf('Bea'));
    expect(await walk('Bea')).toMatchObject({ state: 'planned', step: 1, sent: [{ step: 0 }] });
    expect(await tasksOf(world, await walk('Bea'))).toEqual([]);
  });

  it('"it went": the next letter is planned, and nothing is sent', async () => {
    const { id, claim = '' } = await walk('Carla');
    expect(await world.client.enrollments.decide(id, { decision: 'it-went', claim })).toMatchObject({
      state: 'planned',
      step: 1,
    });
    await world.pass(5 * MINUTE_MS);
    expect(world.lettersTo(addressOf('Carla'))).toEqual([]);
    expect(await tasksOf(world, await walk('Carla'))).toEqual([]);
  });

  it('by closing the task, which means the same', async () => {
    const { items } = await world.client.tasks.list();
    const task = items.find(({ kind }) => kind === 'decide');
    await world.client.tasks.close(task!.contactId, task!.id, { outcome: 'send-again' });
    await world.pass(5 * MINUTE_MS);
    letterOf(world, addressOf('Dina'));
  });

  it('only where something is to be decided', async () => {
    const { id } = await walk('Ana');
    await expect(
      world.client.enrollments.decide(id, { decision: 'send-again', claim: 'c' }),
    ).rejects.toMatchObject({
      status: 409,
    });
  });
});

it('the follow-ups of all come a day later, each once', async () => {
  await world.pass(25 * 60 * MINUTE_MS);
  expect(NAMES.map((name) => world.lettersTo(addressOf(name)).length)).toEqual([2, 2, 1, 2]);
  for (const name of NAMES) expect((await walk(name)).state).toBe('finished');
});
