import { describe, expect, it } from 'vitest';
import { BECAUSE_KEPT } from '../../../../shared/domain/enrollment/decide.ts';
import { DAY, MINUTE, plus } from '../../../../shared/domain/instant.ts';
import { aWalk, claimOf, kindsOf } from '../../../support/walks.ts';

describe('people', () => {
  it('a hold by a person gives back the days that it took', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    const dueAt = walk.dueAt();
    walk.tell({ kind: 'held', hold: { id: 'p', kind: 'person' } }, plus(walk.now, DAY));
    walk.tell({ kind: 'released', holdId: 'p' }, plus(walk.now, 5 * DAY));
    expect(walk.dueAt() >= plus(dueAt, 5 * DAY)).toBe(true);
  });

  it('hears of the same reopened campaign twice and moves once', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    const since = plus(walk.now, DAY);
    const opened = { kind: 'gate-opened', gate: 'campaign', since } as const;
    walk.tell(opened, plus(since, 3 * DAY));
    const once = walk.dueAt();
    expect(walk.tell(opened, plus(walk.now, MINUTE)).answer).toBe('ignored');
    expect(walk.dueAt()).toBe(once);
  });

  it.each([
    ['whatsapp', 'answered'],
    ['call', 'spoke'],
  ] as const)('the outcome %s/%s stops the walk as answered elsewhere', (task, outcome) => {
    const walk = aWalk();
    walk.enrolled();
    walk.tell({ kind: 'task-closed', taskId: 't' as never, task, outcome });
    expect(walk.enrollment).toMatchObject({ end: { kind: 'stopped', why: 'answered-elsewhere' } });
  });

  it('a WhatsApp that was sent moves the next letter a week away', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    const at = plus(walk.now, 6 * DAY);
    walk.tell({ kind: 'task-closed', taskId: 't' as never, task: 'whatsapp', outcome: 'sent' }, at);
    expect(walk.dueAt() >= plus(at, 7 * DAY)).toBe(true);
  });

  it('a number that is not on WhatsApp becomes a call', () => {
    const walk = aWalk();
    walk.enrolled();
    const told = walk.tell({
      kind: 'task-closed',
      taskId: 't' as never,
      task: 'whatsapp',
      outcome: 'not-on-whatsapp',
      phone: '+49170',
    });
    expect(told.effects).toMatchObject([{ kind: 'add-task', task: { kind: 'call', phone: '+49170' } }]);
  });

  it('holds a letter that does not pass the lint, undated, and asks', () => {
    const walk = aWalk();
    walk.enrolled();
    const held = walk.tell({ kind: 'letter-invalid', step: 0, rule: 'placeholder' });
    expect(kindsOf(held)).toEqual(['add-task', 'raise-alert']);
    expect(walk.due('c1').answer).toBe('ignored');
  });

  it.each(['unsubscribed', 'complained'] as const)(
    'who has %s may be let in again, and that walk stays ended',
    (kind) => {
      const walk = aWalk();
      walk.enrolled();
      walk.tell({ kind });
      const end = walk.enrollment;
      expect(walk.tell({ kind: 'unsuppressed' }).answer).toBe('applied');
      expect(walk.state.standing).toEqual({ kind: 'open' });
      expect(walk.enrollment).toEqual(end);
      expect(walk.tell({ kind: 'unsuppressed' }).answer).toBe('ignored');
      expect(walk.tell({ kind: 'resumed' }).answer).toBe('ignored');
      walk.tell({ kind });
      expect(walk.state.standing).toMatchObject({ kind: 'suppressed', why: kind });
    },
  );

  it('resumes a stopped walk at its next unsent step', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    walk.tell({ kind: 'stopped-by-person' });
    walk.tell({ kind: 'resumed' });
    expect(walk.enrollment).toMatchObject({ kind: 'open', letter: { kind: 'planned', step: 1 } });
  });
});

describe('reasons', () => {
  it('keeps the newest on the item and puts each older one away, numbered, exactly once', () => {
    const walk = aWalk();
    const kept: number[] = [];
    const note = (decision: ReturnType<typeof walk.tell>): void => {
      for (const effect of decision.effects) if (effect.kind === 'keep-because') kept.push(effect.number);
    };
    note(walk.enrolled());
    for (let n = 0; n < 2 * BECAUSE_KEPT; n++) {
      note(walk.tell({ kind: 'held', hold: { id: `h${n % 2}`, kind: 'person' } }));
    }
    expect(walk.state.because).toHaveLength(BECAUSE_KEPT);
    expect(kept).toEqual(kept.map((_, index) => index));
    expect(kept).toHaveLength(walk.state.becauseCount - BECAUSE_KEPT);
  });
});

it('gives back what was left of the wait when the pause began, however often its gate was tried meanwhile', () => {
  const walk = aWalk();
  walk.enrolled();
  walk.due('c1');
  walk.sent('c1', 0);
  const dueAt = walk.dueAt();
  // Paused an hour before the follow-up; its timer finds the campaign closed, again and again.
  const since = plus(dueAt, -60 * MINUTE);
  for (let n = 0; n < 5; n++) {
    walk.due(`p${n}`);
    const retryAt = plus(walk.now, 6 * 60 * MINUTE);
    walk.tell({ kind: 'gate-closed', claim: claimOf(`p${n}`), gate: 'campaign', retryAt });
  }
  const resumedAt = plus(walk.now, 10 * MINUTE);
  walk.tell({ kind: 'gate-opened', gate: 'campaign', since }, resumedAt);
  expect(walk.dueAt() <= plus(resumedAt, 3 * DAY)).toBe(true);
});
