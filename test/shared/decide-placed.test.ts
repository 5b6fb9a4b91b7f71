// A sender's places: exact under many workers, the best grades first, given back, and never bunched up again.
import { afterEach, describe, expect, it } from 'vitest';
import type { Grade } from '../../shared/domain/contact.ts';
import { applyEvent } from '../../shared/engine.ts';
import { queueEnrolling } from '../../shared/queue-pages.ts';
import { aFloor, countPlaces, type Floor } from '../support/sending-floor.ts';

const QUOTA = 50;
const CEILING = 20;
const LIMITS = { dailyQuota: QUOTA, hourlyCeiling: CEILING };
const PERSON_HOLD = { id: 'person', kind: 'person' } as const;

let floor: Floor;
afterEach(() => floor.close());

const enrolled = async (
  grades: readonly (Grade | undefined)[],
  limits: Parameters<typeof aFloor>[0]['limits'] = LIMITS,
  workers = 4,
): Promise<void> => {
  floor = await aFloor({ grades, limits });
  await queueEnrolling(floor.ports, floor.campaign.id, floor.contacts);
  await floor.work(workers);
};
const places = () => Promise.all(floor.contacts.map((one) => floor.placeOf(one)));
const most = (counts: ReadonlyMap<string, number>): number => Math.max(...counts.values());

/** What the states say is what the store counts. */
async function expectCounted(): Promise<void> {
  const { days, hours } = countPlaces(await places());
  const taken = await floor.taken([...days.keys()]);
  for (const [day, count] of days) expect(taken[day]!.used).toBe(count);
  for (const [key, count] of hours) {
    const [day, hour] = key.split(' ');
    expect(taken[day!]!.hours[Number(hour)]).toBe(count);
  }
}

describe('a launch of 1,000', () => {
  it('gives the better grade the earlier days, whatever the workers do', async () => {
    const grades = Array.from({ length: 1_000 }, (_, n) => (['D', 'B', 'A', undefined, 'C'] as const)[n % 5]);
    await enrolled(grades);
    const { days, hours } = countPlaces(await places());
    expect([most(days), days.size]).toEqual([QUOTA, 1_000 / QUOTA]);
    expect(most(hours)).toBeLessThanOrEqual(CEILING);
    const lastOf = new Map<string, string>();
    const firstOf = new Map<string, string>();
    for (const contact of floor.contacts) {
      const { day } = await floor.placeOf(contact);
      const grade = contact.grade ?? 'E';
      if (day > (lastOf.get(grade) ?? '')) lastOf.set(grade, day);
      if (day < (firstOf.get(grade) ?? '9')) firstOf.set(grade, day);
    }
    for (const [better, worse] of ['AB', 'BC', 'CD', 'DE'].map((pair) => [...pair])) {
      expect(lastOf.get(better!)! <= firstOf.get(worse!)!).toBe(true);
    }
    await expectCounted();
  }, 60_000);

  it('without grades is exact although all its pages run at once', async () => {
    await enrolled(
      Array.from({ length: 300 }, () => undefined),
      { dailyQuota: 30 },
      6,
    );
    const { days } = countPlaces(await places());
    expect([most(days), days.size]).toEqual([30, 10]);
    await expectCounted();
  }, 60_000);

  it('goes on where one contact fails, and only that one comes back', async () => {
    const grades = Array.from({ length: 120 }, (_, n) => (n < 60 ? ('A' as const) : ('B' as const)));
    floor = await aFloor({ grades, limits: LIMITS });
    const broken = { ...floor.contacts[3]!, id: 'b'.repeat(26) as never };
    await queueEnrolling(floor.ports, floor.campaign.id, [broken, ...floor.contacts]);
    await expect(floor.work(1)).rejects.toThrow('1 of 1 contacts of a page failed');
    await floor.work(1);
    expect(await places()).toHaveLength(120);
  }, 60_000);
});

describe('what is held, stopped or moved', () => {
  it('200 held and released at once keep to the quota and the hourly ceiling', async () => {
    await enrolled(Array.from({ length: 200 }, () => undefined));
    const tell = (event: Parameters<typeof applyEvent>[2]) =>
      Promise.all(floor.contacts.map((one) => applyEvent(floor.ports, floor.walkIdOf(one), event)));
    const days = [...countPlaces(await places()).days.keys()];
    await tell({ kind: 'held', hold: PERSON_HOLD });
    for (const { used } of Object.values(await floor.taken(days))) expect(used).toBe(0);
    await tell({ kind: 'released', holdId: PERSON_HOLD.id });
    const after = countPlaces(await places());
    expect(most(after.days)).toBeLessThanOrEqual(QUOTA);
    expect(most(after.hours)).toBeLessThanOrEqual(CEILING);
    await expectCounted();
    const minutes = await Promise.all(
      floor.contacts.map(async (one) => {
        const { letter } = await floor.walkOf(one);
        return letter.kind === 'planned' ? letter.dueAt : '';
      }),
    );
    // 50 letters in 150 minutes: chance puts a few on one minute, nothing puts a crowd there.
    const counts = new Map<string, number>();
    for (const one of minutes) counts.set(one, (counts.get(one) ?? 0) + 1);
    expect(most(counts)).toBeLessThanOrEqual(6);
  }, 60_000);

  it('a stop gives the place to whoever is enrolled next', async () => {
    await enrolled(
      Array.from({ length: 3 }, () => undefined),
      { dailyQuota: 2 },
      1,
    );
    const [first, second, third] = floor.contacts;
    const day = (await floor.placeOf(first!)).day;
    expect((await floor.placeOf(second!)).day).toBe(day);
    expect((await floor.placeOf(third!)).day > day).toBe(true);
    await applyEvent(floor.ports, floor.walkIdOf(first!), { kind: 'stopped-by-person' });
    expect((await floor.taken([day]))[day]!.used).toBe(1);
    await applyEvent(floor.ports, floor.walkIdOf(first!), { kind: 'resumed' });
    expect((await floor.placeOf(first!)).day).toBe(day);
  });

  it('an absence moves the letter and leaves its place to others', async () => {
    await enrolled([undefined, undefined], { dailyQuota: 1 }, 1);
    const [first] = floor.contacts;
    const before = await floor.placeOf(first!);
    const until = new Date(Date.parse(`${before.day}T12:00:00Z`) + 10 * 86_400_000).toISOString();
    const hold = { id: 'person', kind: 'person', until: until as never } as const;
    await applyEvent(floor.ports, floor.walkIdOf(first!), { kind: 'held', hold });
    const after = await floor.placeOf(first!);
    const taken = await floor.taken([before.day, after.day]);
    expect([taken[before.day]?.used ?? 0, taken[after.day]!.used]).toEqual([0, 1]);
  });

  it('a mail that is still to be read keeps the place, and what changes nothing writes nothing', async () => {
    await enrolled([undefined], { dailyQuota: 1 }, 1);
    const [only] = floor.contacts;
    const before = await floor.placeOf(only!);
    await applyEvent(floor.ports, floor.walkIdOf(only!), { kind: 'mail-arrived', mail: 'm1' });
    await applyEvent(floor.ports, floor.walkIdOf(only!), { kind: 'auto-replied', mail: 'm1' });
    expect(await floor.placeOf(only!)).toEqual(before);
    expect((await floor.taken([before.day]))[before.day]!.used).toBe(1);
  });

  it('a sender whose year is full still gets a plan; the quota of the day decides', async () => {
    await enrolled(
      Array.from({ length: 3 }, () => undefined),
      { dailyQuota: 0 },
      1,
    );
    expect(await places()).toHaveLength(3);
  });
});
