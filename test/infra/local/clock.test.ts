/** The clock that a demo turns, and the waker that services hang on it. */
import { describe, expect, it, vi } from 'vitest';
import { makeClock } from '../../../infra/local/clock.ts';
import { makeWaker } from '../../../infra/local/waker.ts';

const START = Date.UTC(2026, 10, 23, 9, 0, 0);

describe('a turned clock', () => {
  it('stands still between two turns and then shows exactly what it was set to', () => {
    const clock = makeClock({ mode: 'turned', start: START });
    expect([clock.now(), clock.now()]).toEqual([START, START]);
    clock.set(START + 5);
    expect(clock.now()).toBe(START + 5);
  });

  it.each([
    ['back', START - 1],
    ['to a fraction of a millisecond', START + 0.5],
    ['to no moment at all', Number.NaN],
  ])('refuses to be turned %s', (_name, toMs) => {
    const clock = makeClock({ mode: 'turned', start: START });
    expect(() => clock.set(toMs)).toThrow();
    expect(clock.now()).toBe(START);
  });

  it('tells every listener after the turn, until it unsubscribes', () => {
    const clock = makeClock({ mode: 'turned', start: START });
    const seen: number[] = [];
    const unsubscribe = clock.onChange(() => seen.push(clock.now()));
    clock.set(START + 1);
    unsubscribe();
    clock.set(START + 2);
    expect(seen).toEqual([START + 1]);
  });
});

describe('a real clock', () => {
  it('cannot be turned', () => {
    expect(() => makeClock({ mode: 'real' }).set(START)).toThrow(/real clock/);
  });
});

describe('the waker', () => {
  it('wakes at each turn of a turned clock, never by itself, and not after it was closed', () => {
    const clock = makeClock({ mode: 'turned', start: START });
    let woken = 0;
    const waker = makeWaker({
      clock,
      nextMoment: () => START,
      wake: () => {
        woken += 1;
      },
    });
    waker.plan();
    expect(woken).toBe(0);
    clock.set(START + 1);
    expect(woken).toBe(1);
    waker.close();
    clock.set(START + 2);
    expect(woken).toBe(1);
  });

  it('wakes at the planned moment of a running clock, even one that is years away', () => {
    vi.useFakeTimers({ now: START });
    try {
      const clock = makeClock({ mode: 'real' });
      const due = START + 400 * 24 * 3600_000;
      const wokenAt: number[] = [];
      const waker = makeWaker({ clock, nextMoment: () => due, wake: () => wokenAt.push(clock.now()) });
      waker.plan();
      vi.advanceTimersByTime(due - START - 1);
      expect(wokenAt).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(wokenAt).toEqual([due]);
      waker.close();
    } finally {
      vi.useRealTimers();
    }
  });
});
