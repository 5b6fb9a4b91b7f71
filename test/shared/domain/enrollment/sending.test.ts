import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../shared/domain/enrollment/event.ts';
import { DAY, MINUTE, minuteName, plus } from '../../../../shared/domain/instant.ts';
import { aWalk, claimOf, kindsOf, PLAN, sesOf } from '../../../support/walks.ts';

describe('sending', () => {
  it('plans the first letter in their morning, claims it, and plans the follow-up a week after the claim', () => {
    const walk = aWalk();
    expect(kindsOf(walk.enrolled())).toEqual(['set-timer']);
    expect(walk.dueAt() >= '2026-11-24T08:00').toBe(true);
    expect(walk.dueAt() < '2026-11-24T10:30').toBe(true);
    const claimed = walk.due('c1');
    expect(claimed.answer).toBe('applied');
    expect(kindsOf(claimed)).toContain('send-letter');
    expect(walk.enrollment?.letter).toMatchObject({ kind: 'sending', step: 0, claim: 'c1' });
    const claimedAt = walk.now;
    const marked = walk.sent('c1', 0, plus(claimedAt, 2_000));
    expect(kindsOf(marked)).toEqual(['record-sent', 'set-timer']);
    expect(walk.enrollment?.letter).toMatchObject({ kind: 'planned', step: 1 });
    expect(walk.dueAt() >= plus(claimedAt, 7 * DAY)).toBe(true);
  });

  it('counts the wait from the claim, so that the Lambda and a late SES event set the same timer', () => {
    const fast = aWalk();
    const slow = aWalk();
    for (const walk of [fast, slow]) {
      walk.enrolled();
      walk.due('c1');
    }
    fast.sent('c1', 0, plus(fast.now, 1_000));
    slow.sent('c1', 0, plus(slow.now, 20 * MINUTE));
    expect(slow.dueAt()).toBe(fast.dueAt());
  });

  it('ignores a second timer of a step that is being sent', () => {
    const walk = aWalk();
    walk.enrolled();
    const minute = minuteName(walk.dueAt());
    walk.due('c1');
    const again = walk.tell({ kind: 'step-due', step: 0, minute, claim: claimOf('c2') });
    expect(again.answer).toBe('ignored');
    expect(again.effects).toEqual([]);
    expect(walk.enrollment?.letter).toMatchObject({ claim: 'c1' });
  });

  it('tells a timer that fires early to come back, and a stale one which is right', () => {
    const walk = aWalk();
    walk.enrolled();
    const dueAt = walk.dueAt();
    const event = { kind: 'step-due', step: 0, minute: minuteName(dueAt), claim: claimOf('c1') } as const;
    const early = walk.tell(event, plus(dueAt, -1));
    expect(early.answer).toBe('too-early');
    expect(early.effects).toMatchObject([{ kind: 'set-timer', dueAt }]);
    const stale = walk.tell({ ...event, minute: 'abc' }, dueAt);
    expect(stale.answer).toBe('ignored');
    expect(stale.effects).toMatchObject([{ kind: 'set-timer', dueAt }]);
  });

  it('does not catch up: a timer hours late waits for the next allowed day', () => {
    const walk = aWalk();
    walk.enrolled();
    const dueAt = walk.dueAt();
    const minute = minuteName(dueAt);
    walk.tell({ kind: 'step-due', step: 0, minute, claim: claimOf('c1') }, plus(dueAt, DAY / 3));
    expect(walk.enrollment?.letter?.kind).toBe('planned');
    expect(walk.dueAt().slice(0, 10)).toBe('2026-11-25');
  });

  it.each([
    ['gate-closed', { kind: 'gate-closed', gate: 'fence' }],
    ['send-refused', { kind: 'send-refused', why: 'throttled' }],
    ['claim-expired', { kind: 'claim-expired' }],
  ] as const)('gives the claim back on %s, with a timer, and forgets it in the cap', (_name, event) => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    const retryAt = plus(walk.now, 30_000);
    const back = walk.tell({ ...event, claim: claimOf('c1'), retryAt } as Event);
    expect(kindsOf(back)).toEqual(['set-timer']);
    expect(walk.enrollment?.letter?.kind).toBe('planned');
    expect(walk.state.lastClaimAt).toBeUndefined();
    const again = walk.due('c2');
    expect(kindsOf(again)).toContain('send-letter');
  });

  it("never lets one run's release touch another run's claim", () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    const other = walk.tell({ kind: 'claim-expired', claim: claimOf('c0') });
    expect(other.answer).toBe('ignored');
    expect(walk.enrollment?.letter).toMatchObject({ kind: 'sending', claim: 'c1' });
  });

  it('keeps an unknown letter until evidence of its claim comes, however late', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.tell({ kind: 'send-unknown', claim: claimOf('c1') });
    expect(walk.enrollment?.letter?.kind).toBe('unknown');
    const asked = walk.tell({ kind: 'reconciled' }, plus(walk.now, 31 * MINUTE));
    expect(kindsOf(asked)).toEqual(['add-task', 'raise-alert']);
    walk.sent('c1', 0, plus(walk.now, 3 * DAY));
    expect(walk.enrollment?.letter).toMatchObject({ kind: 'planned', step: 1 });
  });

  it('makes an orphaned claim unknown after 15 minutes, never planned', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.tell({ kind: 'reconciled' }, plus(walk.now, 14 * MINUTE));
    expect(walk.enrollment?.letter?.kind).toBe('sending');
    walk.tell({ kind: 'reconciled' }, plus(walk.now, 2 * MINUTE));
    expect(walk.enrollment?.letter?.kind).toBe('unknown');
  });

  it('lets a person decide what became of an unknown letter', () => {
    const went = aWalk();
    const again = aWalk();
    for (const walk of [went, again]) {
      walk.enrolled();
      walk.due('c1');
      walk.tell({ kind: 'send-unknown', claim: claimOf('c1') });
    }
    went.tell({ kind: 'decided', decision: 'it-went', claim: claimOf('c1') });
    expect(went.enrollment?.letter).toMatchObject({ kind: 'planned', step: 1 });
    again.tell({ kind: 'decided', decision: 'send-again', claim: claimOf('c1') });
    expect(again.enrollment?.letter).toMatchObject({ kind: 'planned', step: 0 });
    expect(kindsOf(again.due('c2'))).toContain('send-letter');
  });

  it('lets no word about an earlier claim decide about a later one', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.tell({ kind: 'send-unknown', claim: claimOf('c1') });
    walk.tell({ kind: 'decided', decision: 'send-again', claim: claimOf('c1') });
    walk.due('c2');
    walk.tell({ kind: 'send-unknown', claim: claimOf('c2') });
    // The request was sent once more, because its answer had been lost.
    walk.tell({ kind: 'decided', decision: 'send-again', claim: claimOf('c1') });
    expect(walk.enrollment?.letter).toMatchObject({ kind: 'unknown', claim: 'c2' });
  });

  it('takes late proof of a letter that a person vouched for as that letter, not as a double', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.tell({ kind: 'send-unknown', claim: claimOf('c1') });
    walk.tell({ kind: 'decided', decision: 'it-went', claim: claimOf('c1') });
    const dueAt = walk.dueAt();
    const proof = walk.sent('c1', 0);
    expect(kindsOf(proof)).toEqual(['record-sent']);
    expect(walk.enrollment?.sent).toMatchObject([{ step: 0, sesId: expect.any(String) }]);
    expect(walk.dueAt()).toBe(dueAt);
  });

  it.each([
    ['given back', { kind: 'send-refused', claim: claimOf('c2'), why: 'throttled' }],
    ['unknown and to be sent again', { kind: 'decided', decision: 'send-again', claim: claimOf('c2') }],
  ] as const)('goes on where an earlier claim proves to have gone while a later one is %s', (_, event) => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.tell({ kind: 'send-unknown', claim: claimOf('c1') });
    walk.tell({ kind: 'decided', decision: 'send-again', claim: claimOf('c1') });
    walk.due('c2');
    if (event.kind === 'decided') walk.tell({ kind: 'send-unknown', claim: claimOf('c2') });
    walk.sent('c1', 0);
    walk.tell({ ...event, retryAt: plus(walk.now, 30_000) } as Event);
    expect(walk.enrollment?.letter).toMatchObject({ kind: 'planned', step: 1 });
  });

  it('records a double and rings, when SES turns out to have taken a step twice', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    const twice = walk.tell({ kind: 'step-sent', step: 0, claim: claimOf('c0'), sesId: sesOf('other') });
    expect(kindsOf(twice)).toEqual(['record-sent', 'raise-alert']);
    expect(walk.enrollment?.sent).toHaveLength(2);
    expect(walk.sent('c1', 0).answer).toBe('ignored');
  });

  it('ends as finished after the last step', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    walk.due('c2');
    walk.sent('c2', 1);
    expect(walk.enrollment).toMatchObject({ kind: 'ended', end: { kind: 'finished' } });
    expect(walk.enrollment?.letter).toBeUndefined();
  });

  it('puts a task for a task step, counts its delay from the last letter, and needs no claim', () => {
    const call = { kind: 'task', channel: 'call', delay: { workingDays: 3 }, text: 'Call them' } as const;
    const walk = aWalk({ ...PLAN, steps: [...PLAN.steps, call] });
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    walk.due('c2');
    const followUpAt = walk.now;
    walk.sent('c2', 1);
    expect(walk.dueAt() > plus(followUpAt, 3 * DAY - 12 * 60 * MINUTE)).toBe(true);
    const due = walk.due('c3');
    expect(kindsOf(due)).toEqual(['add-task']);
    expect(walk.enrollment).toMatchObject({ kind: 'ended', end: { kind: 'finished' } });
  });

  it('refuses a second letter to one person within 24 hours, whatever the campaign', () => {
    const quick = {
      ...PLAN,
      steps: [PLAN.steps[0], { ...PLAN.steps[1], delay: { days: 0 } }],
    } as typeof PLAN;
    const walk = aWalk(quick);
    walk.enrolled();
    walk.due('c1');
    const first = walk.now;
    walk.sent('c1', 0);
    while (walk.enrollment?.letter?.kind === 'planned') walk.due('c2');
    expect(walk.now >= plus(first, DAY)).toBe(true);
  });
});
