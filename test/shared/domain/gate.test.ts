import { describe, expect, it } from 'vitest';
import { FENCE_STALE_MS, heardMark, isFenceClosed } from '../../../shared/domain/gate.ts';
import { type Instant, MINUTE, plus } from '../../../shared/domain/instant.ts';

const AT = '2027-03-16T10:00:00.000Z' as Instant;
const at = (minutes: number): Instant => plus(AT, minutes * MINUTE);

describe('the fence', () => {
  it('is closed before any mark, while a dead letter lies there, and when the last mark is old', () => {
    expect(isFenceClosed(undefined, AT)).toBe(true);
    expect(isFenceClosed({ deadLetters: 0 }, AT)).toBe(true);
    expect(isFenceClosed({ markAt: AT, deadLetters: 1 }, AT)).toBe(true);
    expect(isFenceClosed({ markAt: AT, deadLetters: 0 }, plus(AT, FENCE_STALE_MS))).toBe(false);
    expect(isFenceClosed({ markAt: AT, deadLetters: 0 }, plus(AT, FENCE_STALE_MS + 1))).toBe(true);
  });

  it('takes a mark that was late for the end of a standstill, not for a sign of life', () => {
    expect(heardMark(AT, at(4))).toEqual({ markAt: AT });
    expect(heardMark(AT, at(8))).toEqual({ behindAt: at(8) });
  });

  it('opens after a standstill with the first mark that was sent when all before it had had their time', () => {
    const behindAt = at(8);
    expect(isFenceClosed({ markAt: AT, behindAt, deadLetters: 0 }, at(9))).toBe(true);
    expect(isFenceClosed({ markAt: at(10), behindAt, deadLetters: 0 }, at(11))).toBe(true);
    expect(isFenceClosed({ markAt: at(15), behindAt, deadLetters: 0 }, at(15))).toBe(false);
  });
});
