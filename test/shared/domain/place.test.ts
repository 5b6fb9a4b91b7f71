import { describe, expect, it } from 'vitest';
import { instant, plus } from '../../../shared/domain/instant.ts';
import { fullAt, type Places, placeAt, withFreed, withTaken } from '../../../shared/domain/place.ts';
import { planMoment } from '../../../shared/domain/time/plan.ts';
import { FIRST_LETTER } from '../../../shared/domain/time/rules.ts';
import { someCalendar } from './time/some-calendar.ts';

const AT = instant('2026-11-23T16:30:00Z');
const none = (perDay: number, perHour: number, zone = 'Asia/Shanghai'): Places => ({
  zone,
  limits: { perDay, perHour },
  taken: {},
});

describe('a place', () => {
  it('is an hour of the sender’s own day', () => {
    expect(placeAt('Asia/Shanghai', AT)).toEqual({ day: '2026-11-24', hour: 0 });
    expect(placeAt('Asia/Kathmandu', AT)).toEqual({ day: '2026-11-23', hour: 22 });
    expect(placeAt('America/Los_Angeles', AT)).toEqual({ day: '2026-11-23', hour: 8 });
  });

  it('is free until its hour or its day is full, and free again after a stop', () => {
    const [morning, noon] = [
      { day: '2026-11-24', hour: 9 },
      { day: '2026-11-24', hour: 12 },
    ];
    const one = withTaken(none(2, 1), morning);
    expect(fullAt(one, morning)).toBe('hour-full');
    expect(fullAt(one, noon)).toBeUndefined();
    const two = withTaken(one, noon);
    expect(fullAt(two, { day: '2026-11-24', hour: 15 })).toBe('day-full');
    expect(fullAt(two, { day: '2026-11-25', hour: 9 })).toBeUndefined();
    expect(fullAt(withFreed(two, morning), morning)).toBeUndefined();
  });

  it('that nobody had is not given back', () => {
    const place = placeAt('UTC', AT);
    const freed = withFreed(none(1, 1), place);
    expect(fullAt(withTaken(freed, place), place)).toBe('day-full');
  });
});

describe('planning with places', () => {
  const calendar = someCalendar({ zone: 'Europe/Berlin' });
  const plan = (places: Places, spread: string) =>
    planMoment({ calendar, rules: FIRST_LETTER, earliest: instant('2026-11-24T05:00:00Z'), spread, places });

  it('fills the hours, then the day, then goes on to the next, and says why', () => {
    let places = none(5, 2);
    const days = Array.from({ length: 12 }, (_, n) => {
      const { at, because } = plan(places, `e${n}`);
      expect(fullAt(places, placeAt(places.zone, at))).toBeUndefined();
      places = withTaken(places, placeAt(places.zone, at));
      return [at.slice(0, 10), because.map((one) => one.rule)] as const;
    });
    expect(days.map(([day]) => day).join()).toBe(
      [...Array(5).fill('2026-11-24'), ...Array(5).fill('2026-11-25'), '2026-11-26', '2026-11-26'].join(),
    );
    expect(days[5]?.[1]).toContain('day-full');
  });

  it('spreads over the hours that are left', () => {
    const full = withTaken(none(100, 1), placeAt('Asia/Shanghai', instant('2026-11-24T09:15:00Z')));
    for (let n = 0; n < 100; n += 1) {
      const { at, because } = plan(full, `e${n}`);
      // The hour 17 in Shanghai is 10 in Berlin: 09:00–10:00 and 11:00–11:30 are left.
      expect(at < '2026-11-24T09:00' || at >= '2026-11-24T10:00').toBe(true);
      expect(because).toContainEqual({
        rule: 'hour-full',
        args: { from: '2026-11-24', day: '2026-11-24', hour: '17:00' },
      });
      expect(at.slice(14, 16)).not.toBe('00');
    }
  });

  it('counts the hour that the clocks repeat as one', () => {
    const first = instant('2026-11-01T05:30:00Z');
    expect(placeAt('America/New_York', first)).toEqual(placeAt('America/New_York', plus(first, 3_600_000)));
  });
});
