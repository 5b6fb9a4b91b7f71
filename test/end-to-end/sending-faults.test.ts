/** What SES says no to, and what becomes of the letter: never lost, never twice, and the right person hears of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWorld, MINUTE_MS, type World } from '../support/world.ts';
import {
  addressOf,
  alertsOf,
  contactsNamed,
  type Disturbance,
  FIRST_LETTERS_MS,
  letterOf,
  QUICK_SEQUENCE,
  refused,
  START,
  senderNamed,
  tasksOf,
  walkOf,
  withDisturbances,
} from './scene.ts';

const HOUR_MS = 60 * MINUTE_MS;
const disturb = new Map<string, Disturbance[]>();
const disturbed = (name: string, ...by: Disturbance[]) => disturb.set(addressOf(name), by);

let world: World;
let first: number;
beforeAll(async () => {
  disturbed('Ana', refused('throttled'), refused('throttled'));
  disturbed('Bea', refused('unreachable'));
  disturbed('Carla', refused('rejected'));
  disturbed('Dina', refused('daily-quota'));
  disturbed('Eva', refused('configuration'));
  world = await aWorld(START, { around: withDisturbances(disturb) });
  first = world.clock.now();
  const campaign = (name: string, ...contacts: string[]) =>
    world.client.campaigns.create({
      name,
      launch: true,
      sender: senderNamed(name),
      sequence: QUICK_SEQUENCE,
      contacts: contactsNamed(...contacts),
    });
  await campaign('patience', 'Ana', 'Bea', 'Carla');
  await campaign('quota', 'Dina', 'Fina');
  await campaign('setup', 'Eva', 'Gina');
  await world.pass(FIRST_LETTERS_MS);
});
afterAll(() => world.close());

const walk = (name: string) => walkOf(world, addressOf(name));
const sentMs = (name: string): number => letterOf(world, addressOf(name)).at - first;
const rules = async (name: string) => (await walk(name)).reasons.map(({ rule }) => rule);
const alertsTo = (name: string) => world.lettersTo(`${name}@desk.example`);

describe('a definite no of the moment', () => {
  it.each([
    ['too fast, twice', 'Ana', 2],
    ['not reachable', 'Bea', 1],
  ])('(%s) is asked again within a minute each, and the letter goes once', async (_, name, times) => {
    expect(await walk(name)).toMatchObject({ state: 'planned', step: 1, sent: [{ step: 0 }] });
    const planned = 2 * MINUTE_MS;
    expect(sentMs(name)).toBeGreaterThanOrEqual(planned + times * 5_000);
    expect(sentMs(name)).toBeLessThanOrEqual(planned + (1 + 2 * times) * MINUTE_MS);
    expect(await alertsOf(world, await walk(name))).toEqual([]);
  });
});

it('a letter refused for its words or its address ends there, with a task and an alert', async () => {
  const failed = await walk('Carla');
  expect(failed).toMatchObject({ state: 'stopped', stopped: 'failed', sent: [] });
  expect(await rules('Carla')).toContain('send-failed');
  expect(await tasksOf(world, failed)).toEqual(['find-another-way']);
  expect(await alertsOf(world, failed)).toMatchObject([{ kind: 'letter-failed', detail: 'rejected' }]);
  expect(world.lettersTo(addressOf('Carla'))).toEqual([]);
});

describe('the daily quota of the account', () => {
  it('stops the whole sender, who hears of it', async () => {
    for (const name of ['Dina', 'Fina']) {
      expect(await walk(name)).toMatchObject({ state: 'planned', step: 0, sent: [] });
      expect(await rules(name)).toContain('gate-closed');
    }
    expect(alertsTo('quota')).toHaveLength(1);
    expect(alertsTo('quota')[0]!.mail.subject).toContain('Sending has stopped');
    expect(alertsTo('quota')[0]!.mail.text).toContain('daily-quota');
  });

  it('goes on by itself after an hour', async () => {
    await world.pass(HOUR_MS + 5 * MINUTE_MS);
    for (const name of ['Dina', 'Fina']) {
      expect(await walk(name)).toMatchObject({ state: 'planned', step: 1, sent: [{ step: 0 }] });
      expect(sentMs(name)).toBeGreaterThanOrEqual(HOUR_MS);
    }
  });
});

describe('a setup with which no letter can go', () => {
  it('pauses the campaign, so that not every step is burnt, and rings', async () => {
    const { campaignId } = await walk('Eva');
    expect(await world.client.campaigns.get(campaignId)).toMatchObject({ status: 'paused' });
    expect(world.lettersTo(addressOf('Eva'))).toEqual([]);
    expect(world.lettersTo(addressOf('Gina'))).toEqual([]);
    expect(alertsTo('setup').map(({ mail }) => mail.text)).toEqual([
      expect.stringContaining('configuration'),
    ]);
  });

  it('goes on when a person resumes it', async () => {
    const { campaignId } = await walk('Eva');
    await world.client.campaigns.resume(campaignId);
    await world.pass(2 * HOUR_MS);
    for (const name of ['Eva', 'Gina']) {
      expect(await walk(name)).toMatchObject({ state: 'planned', step: 1, sent: [{ step: 0 }] });
      letterOf(world, addressOf(name));
    }
  });
});

it('nobody else was held up, and nobody got a letter twice', () => {
  for (const name of ['Ana', 'Bea', 'Dina', 'Eva', 'Fina', 'Gina'])
    expect(world.lettersTo(addressOf(name))).toHaveLength(1);
});
