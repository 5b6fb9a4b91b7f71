// What a walk finds before it, in one word: the same for a letter, a task and reconcile.
import { describe, expect, it } from 'vitest';
import {
  FENCE_STALE_MS,
  type Gates,
  heardMark,
  isFenceClosed,
  passageOf,
} from '../../../shared/domain/gate.ts';
import { HOUR, type Instant, instant, MINUTE, plus } from '../../../shared/domain/instant.ts';

const NOW = instant('2027-03-02T09:00:00Z');
const OPEN: Gates = {
  campaign: { status: 'running' },
  sender: {},
  inbound: { markAt: plus(NOW, -MINUTE), deadLetters: 0 },
};

describe('before a walk stands', () => {
  it.each<[string, Partial<Gates>, boolean, string]>([
    ['nothing', {}, true, 'open'],
    ['a paused campaign', { campaign: { status: 'paused' } }, false, 'closed campaign'],
    [
      'a campaign that came to its end by itself',
      { campaign: { status: 'finished' } },
      false,
      'closed campaign',
    ],
    ['a stopped campaign', { campaign: { status: 'finished', isStopped: true } }, false, 'shut campaign'],
    ['a held company', { company: { heldSince: NOW } }, false, 'closed company'],
    ['a suppressed company', { company: { suppressed: true } }, false, 'shut company'],
    [
      'a suppressed company behind a paused campaign',
      { campaign: { status: 'paused' }, company: { suppressed: true } },
      false,
      'shut campaign',
    ],
    ['a paused sender', { sender: { paused: true } }, false, 'closed sender'],
    ['a pause that is over', { sender: { paused: true, pausedUntil: NOW } }, false, 'open'],
    ['the fence, at a follow-up', { inbound: { deadLetters: 0 } }, true, 'closed fence'],
    ['the fence, at a first letter', { inbound: { deadLetters: 0 } }, false, 'open'],
  ])('%s', (_, over, isFollowUp, expected) => {
    const passage = passageOf({ ...OPEN, ...over }, isFollowUp, NOW);
    expect(passage.kind === 'open' ? 'open' : `${passage.kind} ${passage.gate}`).toBe(expected);
    if (passage.kind !== 'open') expect(passage.retryAt > NOW).toBe(true);
  });

  it('a pause with an end until then, and any other for hours at most', () => {
    const until = plus(NOW, 3 * HOUR);
    const paused = { ...OPEN, sender: { paused: true, pausedUntil: until } };
    expect(passageOf(paused, false, NOW)).toMatchObject({ kind: 'closed', retryAt: until });
  });
});

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
