/** "Do not write now" for many at once: the inbound path is silent, a campaign is paused, the sender's day is full. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCampaign, aWorld, DAY_MS, MINUTE_MS, type World } from '../support/world.ts';
import {
  addressOf,
  contactsNamed,
  FIRST_LETTERS_MS,
  launched,
  letterOf,
  QUICK_SEQUENCE,
  START,
  senderNamed,
  walkOf,
} from './scene.ts';

const NAMES = ['Ana', 'Bea', 'Carla', 'Dina', 'Eva'] as const;
const counted = (world: World, names: readonly string[] = NAMES): readonly number[] =>
  names.map((name) => world.lettersTo(addressOf(name)).length);

describe('the fence: without a sign of life from the inbound path', () => {
  let world: World;
  let isSilent = false;
  beforeAll(async () => {
    world = await aWorld(START, {
      around: (ports) => ({
        ...ports,
        mailbox: {
          ...ports.mailbox,
          sendMark: async (at) => {
            if (!isSilent) await ports.mailbox.sendMark(at);
          },
        },
      }),
    });
    await launched(world, { contacts: contactsNamed('Ana') });
    // Only the last hours before the follow-up, or a day of silence would be alarmed about, too.
    await world.pass(DAY_MS - 2 * 60 * MINUTE_MS);
    isSilent = true;
    await world.pass(2 * 60 * MINUTE_MS);
  });
  afterAll(() => world.close());

  it('follow-ups wait, and the operator hears of it once', async () => {
    expect(counted(world, ['Ana'])).toEqual([1]);
    const walk = await walkOf(world, addressOf('Ana'));
    expect(walk).toMatchObject({ state: 'planned', step: 1 });
    expect(walk.reasons.at(-1)!.at > walk.sent[0]!.at).toBe(true);
    const { operatorAddress } = world.runtime.ports.settings;
    expect(world.lettersTo(operatorAddress).map(({ mail }) => mail.subject)).toEqual([
      expect.stringContaining('Answers may be waiting unread'),
    ]);
    expect((await world.client.health.get()).inbound.fence).toBe('closed');
  });

  it('first letters go on, for nobody can have answered them yet', async () => {
    await launched(world, { sender: senderNamed('second'), contacts: contactsNamed('Bea') });
    expect(counted(world, ['Bea'])).toEqual([1]);
  });

  it('opens with the next mark, and the follow-up goes the same day', async () => {
    isSilent = false;
    await world.pass(35 * MINUTE_MS);
    expect(counted(world, ['Ana'])).toEqual([2]);
    expect((await world.client.health.get()).inbound.fence).toBe('open');
  });
});

it('a pause gives its days back: what was left of the wait is left after it', async () => {
  const world = await aWorld(START);
  try {
    const { id } = await launched(world, { contacts: contactsNamed('Ana', 'Bea') });
    const before = await walkOf(world, addressOf('Ana'));
    const left = Date.parse(before.dueAt!) - world.clock.now();
    await world.client.campaigns.pause(id);
    // Past the follow-up's moment: its timer fires against the closed gate.
    await world.pass(2 * DAY_MS);
    expect(counted(world, ['Ana', 'Bea'])).toEqual([1, 1]);
    const resumedAt = world.clock.now();
    await world.client.campaigns.resume(id);
    // The page that tells every enrollment waits a moment, so that it finds the campaign running.
    await world.pass(2 * MINUTE_MS);
    const after = await walkOf(world, addressOf('Ana'));
    const waits = Date.parse(after.dueAt!) - resumedAt;
    expect(waits).toBeGreaterThanOrEqual(left);
    expect(waits).toBeLessThan(left + 60 * MINUTE_MS);
    await world.until(Date.parse(after.dueAt!) + 20 * MINUTE_MS);
    expect(counted(world, ['Ana', 'Bea'])).toEqual([2, 2]);
  } finally {
    await world.close();
  }
});

it('a quota of two a day sends two a day, the best grades first, and nobody twice', async () => {
  const world = await aWorld(START);
  try {
    const grades = ['D', 'C', 'A', 'B', 'A'] as const;
    const contacts = contactsNamed(...NAMES)!.map((contact, index) => ({
      ...contact,
      grade: grades[index]!,
    }));
    const [only] = (QUICK_SEQUENCE as Exclude<typeof QUICK_SEQUENCE, string | undefined>).steps;
    await world.client.campaigns.create(
      aCampaign({
        sender: { ...senderNamed('small'), dailyQuota: 2 },
        sequence: { name: 'One letter', language: 'en', steps: [only!] },
        contacts,
      }),
    );
    const totals: number[] = [];
    for (const ms of [FIRST_LETTERS_MS + 60 * MINUTE_MS, DAY_MS, DAY_MS]) {
      await world.pass(ms);
      totals.push(counted(world).reduce((sum, one) => sum + one, 0));
    }
    expect(totals).toEqual([2, 4, 5]);
    expect(counted(world)).toEqual([1, 1, 1, 1, 1]);
    const order = NAMES.toSorted(
      (a, b) => letterOf(world, addressOf(a)).at - letterOf(world, addressOf(b)).at,
    );
    expect(order.slice(0, 2).sort()).toEqual(['Carla', 'Eva']);
  } finally {
    await world.close();
  }
});
