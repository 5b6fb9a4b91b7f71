// What SES lets the account send binds its senders: shared out, read by planning and sending, and asked again.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { HOUR, plus } from '../../shared/domain/instant.ts';
import { limitsOf } from '../../shared/domain/sender.ts';
import { type SesAllowance, shareOut } from '../../shared/domain/ses-allowance.ts';
import { heedAllowance } from '../../shared/heed-allowance.ts';
import { launchAdvice } from '../../shared/launch-advice.ts';
import type { Ports } from '../../shared/ports.ts';
import { queueEnrolling } from '../../shared/queue-pages.ts';
import { aFloor, countPlaces, type Floor } from '../support/sending-floor.ts';

const sender = (id: string, dailyQuota: number, over: object = {}) => ({
  id: id as never,
  dailyQuota,
  ...over,
});

describe('what SES allows', () => {
  it.each<[string, SesAllowance, Parameters<typeof shareOut>[1], object]>([
    [
      'binds nobody who asks for less',
      { perDay: 50_000, perSecond: 14 },
      [sender('a', 50), sender('b', 200)],
      {},
    ],
    [
      'without a number a day binds by the hour alone',
      { perSecond: 1 },
      [sender('a', 3_000), sender('b', 5_000)],
      { b: [5_000, 3_240] },
    ],
    [
      'in the sandbox leaves a tenth to alerts',
      { perDay: 200, perSecond: 1 },
      [sender('a', 500)],
      { a: [180, 3_240] },
    ],
    [
      'is shared by what each asks for, and a leaver asks for nothing',
      { perDay: 200, perSecond: 14 },
      [sender('a', 300), sender('b', 100), sender('c', 900, { transferredTo: 'a' })],
      { a: [135, 45_360], b: [45, 45_360] },
    ],
    [
      'leaves one letter to whoever asks for any',
      { perDay: 200, perSecond: 14 },
      [sender('a', 9_999), sender('b', 1)],
      { a: [179, 45_360] },
    ],
  ])('%s', (_, allowance, senders, expected) => {
    const shares = [...shareOut(allowance, senders)].map(([id, { perDay, perHour }]) => [
      id,
      [perDay, perHour],
    ]);
    expect(Object.fromEntries(shares)).toEqual(expected);
  });

  it('is never planned beyond, and takes from nobody who has room', () => {
    const senders = fc.array(
      fc.record({
        dailyQuota: fc.nat(10_000),
        hourlyCeiling: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 30 },
    );
    const allowances = fc.record({
      perDay: fc.integer({ min: 100, max: 100_000 }),
      perSecond: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(allowances, senders, (allowance, given) => {
        const named = given.map(({ dailyQuota, hourlyCeiling }, n) =>
          sender(`s${n}`, dailyQuota, hourlyCeiling === undefined ? {} : { hourlyCeiling }),
        );
        const shares = shareOut(allowance, named);
        const limits = named.map((one) => limitsOf({ ...one, sesAllows: shares.get(one.id) ?? undefined! }));
        const planned = limits.reduce((sum, { perDay }) => sum + perDay, 0);
        // Whoever asks for any has one: so few are in excess at most.
        expect(planned).toBeLessThanOrEqual(allowance.perDay * 0.9 + named.length);
        limits.forEach(({ perDay, perHour }, n) => {
          expect(perHour).toBeLessThanOrEqual(allowance.perSecond * 3_600);
          expect(perDay).toBeLessThanOrEqual(given[n]!.dailyQuota);
        });
        const asked = given.reduce((sum, { dailyQuota }) => sum + dailyQuota, 0);
        if (asked <= allowance.perDay * 0.9) expect(planned).toBe(asked);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a sender', () => {
  let floor: Floor;
  afterEach(() => floor.close());
  const allowing = (allowance: SesAllowance | undefined, hours = 0): Ports => ({
    ...floor.ports,
    clock: { now: () => plus(floor.ports.clock.now(), hours * HOUR) },
    mailer: { ...floor.ports.mailer, allowance: async () => allowance },
  });
  const heed = (allowance: SesAllowance | undefined, hours = 0) => {
    const ports = allowing(allowance, hours);
    return heedAllowance(ports, ports.clock.now());
  };
  const stored = async () => (await floor.ports.store.load('sender', floor.campaign.senderId))?.sesAllows;

  it('is planned within what SES allows, whatever their own quota', async () => {
    floor = await aFloor({
      grades: Array.from({ length: 25 }, () => undefined),
      limits: { dailyQuota: 500 },
    });
    expect(await heed({ perDay: 10, perSecond: 14 })).toBe(1);
    await queueEnrolling(floor.ports, floor.campaign.id, floor.contacts);
    await floor.work(2);
    const { days } = countPlaces(await Promise.all(floor.contacts.map((one) => floor.placeOf(one))));
    expect([...days.values()].sort((a, b) => a - b)).toEqual([7, 9, 9]);
  });

  it('is asked about once an hour, keeps their share while SES says nothing, and is free when it allows enough', async () => {
    floor = await aFloor({ grades: [], limits: { dailyQuota: 500 } });
    await heed({ perDay: 200, perSecond: 1 });
    expect(await stored()).toEqual({ perDay: 180, perHour: 3_240 });
    const sender = (await floor.ports.store.load('sender', floor.campaign.senderId))!;
    const proven = { ...sender, ownMailbox: { seenAt: floor.ports.clock.now() } };
    expect(launchAdvice(floor.ports, proven)).toContainEqual({
      code: 'ses-allows-less',
      detail: expect.stringContaining('180 letters a day and 3240 an hour for now, of 500 a day'),
    });
    await heed({ perDay: 50_000, perSecond: 14 }, 0.5);
    expect(await stored()).toEqual({ perDay: 180, perHour: 3_240 });
    await heed(undefined, 1);
    expect(await stored()).toEqual({ perDay: 180, perHour: 3_240 });
    expect(await heed({ perDay: 50_000, perSecond: 14 }, 1)).toBe(1);
    expect(await stored()).toBeUndefined();
  });
});
