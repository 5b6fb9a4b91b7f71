// What places and meeting slots must guarantee on every store: `describe` it with a way to open one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SenderId } from '../../shared/domain/ids.ts';
import { HOUR, instant, plus } from '../../shared/domain/instant.ts';
import type { PlaceStore } from '../../shared/place-store.ts';
import { AT, SENDER } from './store-samples.ts';

export type OpenPlaces = () => Promise<{ readonly store: PlaceStore; close(): Promise<void> }>;

const DAY = '2027-03-02';
const OTHER = 'other' as SenderId;
const WIDE = { perDay: 1_000, perHour: 1_000 };
const holders = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `walk${from + n}-1-0`);

export function placesContract(open: OpenPlaces): void {
  let store: PlaceStore;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ store, close } = await open());
  });
  afterEach(() => close());
  const reserve = (holder: string, hour = 9, limits = WIDE, day = DAY) =>
    store.reservePlace(SENDER, { day, hour }, holder, limits);
  const taken = async (day = DAY) => (await store.readPlaces(SENDER, [day]))[day];

  describe('places', () => {
    it.each([
      ['a day', { perDay: 17, perHour: 100 }],
      ['an hour', { perDay: 100, perHour: 17 }],
    ])('of %s are exact under 50 who want one at once', async (_, limits) => {
      const answers = await Promise.all(holders(50).map((one) => reserve(one, 9, limits)));
      expect(answers.filter((one) => one === 'reserved')).toHaveLength(17);
      expect(await taken()).toEqual({ used: 17, hours: { 9: 17 } });
    });

    it('of a day are exact over all its hours at once', async () => {
      const limits = { perDay: 11, perHour: 4 };
      const answers = await Promise.all(holders(48).map((one, n) => reserve(one, n % 6, limits)));
      expect(answers.filter((one) => one === 'reserved')).toHaveLength(11);
      const { used, hours } = (await taken()) ?? { used: 0, hours: {} };
      expect([used, Object.values(hours).reduce((sum, one) => sum + one, 0)]).toEqual([11, 11]);
      expect(Math.max(...Object.values(hours))).toBeLessThanOrEqual(4);
    });

    it('are taken once by a holder who asks again, even where nothing is left', async () => {
      const limits = { perDay: 1, perHour: 1 };
      const answers = await Promise.all(Array.from({ length: 10 }, () => reserve('walk-1-0', 9, limits)));
      expect(new Set(answers)).toEqual(new Set(['reserved']));
      expect(await taken()).toEqual({ used: 1, hours: { 9: 1 } });
      expect(await reserve('another-1-0', 9, limits)).toBe('full');
    });

    it('of nothing give nothing', async () => {
      expect(await reserve('walk-1-0', 9, { perDay: 0, perHour: 5 })).toBe('full');
      expect(await reserve('walk-1-0', 9, { perDay: 5, perHour: 0 })).toBe('full');
    });

    it('move within their day without a second one, if the hour has room', async () => {
      const limits = { perDay: 2, perHour: 1 };
      await reserve('a-1-0', 9, limits);
      await reserve('b-1-0', 10, limits);
      expect(await reserve('a-1-0', 10, limits)).toBe('full');
      expect(await reserve('a-1-0', 11, limits)).toBe('reserved');
      expect(await taken()).toEqual({ used: 2, hours: { 10: 1, 11: 1 } });
    });

    it('are given back once, by their holder, and can be taken again', async () => {
      const limits = { perDay: 1, perHour: 1 };
      await reserve('a-1-0', 9, limits);
      await store.releasePlace(SENDER, DAY, 'b-1-0');
      expect(await reserve('b-1-0', 9, limits)).toBe('full');
      await Promise.all([1, 2, 3].map(() => store.releasePlace(SENDER, DAY, 'a-1-0')));
      expect(await taken()).toEqual({ used: 0, hours: {} });
      expect(await reserve('b-1-0', 9, limits)).toBe('reserved');
      expect(await reserve('c-1-0', 9, limits)).toBe('full');
    });

    it('hold their count when many take and give at once', async () => {
      await Promise.all(
        holders(30).map(async (one, n) => {
          await reserve(one, n % 3);
          if (n % 2 === 0) await store.releasePlace(SENDER, DAY, one);
        }),
      );
      expect(await taken()).toEqual({ used: 15, hours: { 0: 5, 1: 5, 2: 5 } });
    });

    it('are counted per sender and day, and a day without any is missing', async () => {
      await reserve('a-1-0', 9);
      await store.reservePlace(OTHER, { day: DAY, hour: 9 }, 'a-1-0', WIDE);
      await reserve('b-1-0', 23, WIDE, '2027-03-03');
      expect(await store.readPlaces(SENDER, [DAY, '2027-03-03', '2027-03-04'])).toEqual({
        [DAY]: { used: 1, hours: { 9: 1 } },
        '2027-03-03': { used: 1, hours: { 23: 1 } },
      });
      expect(await store.readPlaces(SENDER, [])).toEqual({});
    });
  });

  describe('a meeting slot', () => {
    it('has one holder of 50 who want it', async () => {
      const answers = await Promise.all(holders(50).map((one) => store.reserveSlot(SENDER, AT, one)));
      expect(answers.filter((one) => one === 'reserved')).toHaveLength(1);
    });

    it('stays with the holder who asks again, and is each sender’s own', async () => {
      expect(await store.reserveSlot(SENDER, AT, 'a')).toBe('reserved');
      expect(await store.reserveSlot(SENDER, AT, 'a')).toBe('reserved');
      expect(await store.reserveSlot(SENDER, AT, 'b')).toBe('taken');
      expect(await store.reserveSlot(OTHER, AT, 'b')).toBe('reserved');
    });

    it('is given back only by its holder', async () => {
      await store.reserveSlot(SENDER, AT, 'a');
      await store.releaseSlot(SENDER, AT, 'b');
      expect(await store.reserveSlot(SENDER, AT, 'b')).toBe('taken');
      await store.releaseSlot(SENDER, AT, 'a');
      await store.releaseSlot(SENDER, AT, 'a');
      expect(await store.reserveSlot(SENDER, AT, 'b')).toBe('reserved');
    });

    it('is listed in order, from one moment to another', async () => {
      const at = [3, 1, 2, 0].map((hours) => plus(instant(AT), hours * HOUR));
      for (const one of at) await store.reserveSlot(SENDER, one, 'a');
      await store.reserveSlot(OTHER, plus(AT, 1), 'a');
      expect(await store.listSlots(SENDER, plus(AT, HOUR), plus(AT, 2 * HOUR))).toEqual([at[1], at[2]]);
      expect(await store.listSlots(SENDER, plus(AT, 9 * HOUR), plus(AT, 12 * HOUR))).toEqual([]);
    });
  });
}
