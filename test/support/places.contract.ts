// What places and meeting slots must guarantee on every store: `describe` it with a way to open one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SenderId } from '../../shared/domain/ids.ts';
import { HOUR, type Instant, instant, plus } from '../../shared/domain/instant.ts';
import type { PlaceStore } from '../../shared/place-store.ts';
import { AT, SENDER } from './store-samples.ts';

export type OpenPlaces = () => Promise<{ readonly store: PlaceStore; close(): Promise<void> }>;

const DAY = '2027-03-02';
const OTHER = 'other' as SenderId;
const SOON = plus(AT, HOUR);
const LATER = plus(AT, 2 * HOUR);
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
    store.reservePlace(SENDER, { day, hour }, holder, limits, SOON);
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
      await store.reservePlace(OTHER, { day: DAY, hour: 9 }, 'a-1-0', WIDE, SOON);
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
      const answers = await Promise.all(holders(50).map((one) => store.reserveSlot(SENDER, AT, one, SOON)));
      expect(answers.filter((one) => one === 'reserved')).toHaveLength(1);
    });

    it('stays with the holder who asks again, and is each sender’s own', async () => {
      expect(await store.reserveSlot(SENDER, AT, 'a', SOON)).toBe('reserved');
      expect(await store.reserveSlot(SENDER, AT, 'a', SOON)).toBe('reserved');
      expect(await store.reserveSlot(SENDER, AT, 'b', SOON)).toBe('taken');
      expect(await store.reserveSlot(OTHER, AT, 'b', SOON)).toBe('reserved');
    });

    it('is given back only by its holder', async () => {
      await store.reserveSlot(SENDER, AT, 'a', SOON);
      await store.releaseSlot(SENDER, AT, 'b');
      expect(await store.reserveSlot(SENDER, AT, 'b', SOON)).toBe('taken');
      await store.releaseSlot(SENDER, AT, 'a');
      await store.releaseSlot(SENDER, AT, 'a');
      expect(await store.reserveSlot(SENDER, AT, 'b', SOON)).toBe('reserved');
    });

    it('is listed in order, from one moment to another', async () => {
      const at = [3, 1, 2, 0].map((hours) => plus(instant(AT), hours * HOUR));
      for (const one of at) await store.reserveSlot(SENDER, one, 'a', SOON);
      await store.reserveSlot(OTHER, plus(AT, 1), 'a', SOON);
      expect(await store.listSlots(SENDER, plus(AT, HOUR), plus(AT, 2 * HOUR))).toEqual([at[1], at[2]]);
      expect(await store.listSlots(SENDER, plus(AT, 9 * HOUR), plus(AT, 12 * HOUR))).toEqual([]);
    });
  });

  describe('what is watched', () => {
    const listed = async (now: Instant) =>
      (await store.listWatched(now, 100)).map((one) => (one.kind === 'slot' ? one.at : one.seen.length));

    it('is whoever took or left a place, once it is time to look', async () => {
      await reserve('a-1-0');
      await store.watchPlace(SENDER, DAY, 'b-1-0', LATER);
      await store.watchPlace(SENDER, '2027-03-03', 'b-1-0', LATER);
      expect(await store.listWatched(AT, 100)).toEqual([]);
      const [day, ...others] = await store.listWatched(SOON, 100);
      expect(others).toEqual([]);
      expect(day).toMatchObject({ kind: 'places', senderId: SENDER, day: DAY });
      const seen = day?.kind === 'places' ? [...day.seen].sort((x, y) => (x.holder < y.holder ? -1 : 1)) : [];
      expect(seen).toEqual([
        { holder: 'a-1-0', lookAt: SOON },
        { holder: 'b-1-0', lookAt: LATER },
      ]);
      expect(await taken()).toEqual({ used: 1, hours: { 9: 1 } });
    });

    it('stays so until it is looked at in its own time', async () => {
      await reserve('a-1-0');
      await store.watchPlace(SENDER, DAY, 'b-1-0', LATER);
      const [day] = await store.listWatched(SOON, 100);
      await store.unwatch(day!, SOON);
      expect(await listed(SOON)).toEqual([]);
      const [rest] = await store.listWatched(LATER, 100);
      expect(rest).toMatchObject({ seen: [{ holder: 'b-1-0', lookAt: LATER }] });
      await store.unwatch(rest!, LATER);
      expect(await listed(LATER)).toEqual([]);
      expect(await taken()).toEqual({ used: 1, hours: { 9: 1 } });
    });

    it('is not forgotten where somebody came while it was looked at', async () => {
      await reserve('a-1-0');
      const [day] = await store.listWatched(SOON, 100);
      await reserve('b-1-0');
      await store.unwatch(day!, SOON);
      expect(await listed(SOON)).toEqual([2]);
    });

    it('is a slot from its reservation on, and again before it is left', async () => {
      await store.reserveSlot(SENDER, AT, 'a', SOON);
      const [slot] = await store.listWatched(SOON, 100);
      expect(slot).toEqual({
        kind: 'slot',
        senderId: SENDER,
        at: AT,
        holder: 'a',
        lookAt: SOON,
        isLeft: false,
      });
      await store.unwatch(slot!, SOON);
      expect(await listed(LATER)).toEqual([]);
      await store.watchSlot(SENDER, AT, 'b', LATER);
      expect(await listed(LATER)).toEqual([]);
      await store.watchSlot(SENDER, AT, 'a', LATER);
      expect(await store.listWatched(LATER, 100)).toEqual([{ ...slot, lookAt: LATER, isLeft: true }]);
    });

    it('is given back only as it was seen', async () => {
      await store.reserveSlot(SENDER, AT, 'a', SOON);
      await store.reserveSlot(SENDER, AT, 'a', LATER);
      await store.releaseSlot(SENDER, AT, 'a', SOON);
      expect(await store.listSlots(SENDER, AT, AT)).toEqual([AT]);
      await store.releaseSlot(SENDER, AT, 'a', LATER);
      expect(await store.listSlots(SENDER, AT, AT)).toEqual([]);
      expect(await listed(LATER)).toEqual([]);
    });
  });
}
