// A campaign that asks for approval: every letter waits for a person's word about these very words.
import { describe, expect, it } from 'vitest';
import { wakeAt } from '../../../../shared/domain/enrollment/wake.ts';
import { DAY, plus } from '../../../../shared/domain/instant.ts';
import { aWalk, claimOf, kindsOf, PLAN } from '../../../support/walks.ts';

const EACH = { ...PLAN, wantsApproval: true } as const;
const THREE = {
  ...EACH,
  steps: [...PLAN.steps, { kind: 'letter', delay: { days: 7 }, body: 'Third.' }],
} as const;
const CALL = { kind: 'task', channel: 'call', delay: { days: 3 }, text: 'Call' } as const;

const holdsOf = (walk: ReturnType<typeof aWalk>): readonly string[] =>
  walk.enrollment?.kind === 'open' ? walk.enrollment.holds.map(({ id }) => id) : [];

/** Enrolled, and its first letter approved and gone. */
function afterFirst(plan: Parameters<typeof aWalk>[0] = EACH) {
  const walk = aWalk(plan);
  walk.enrolled();
  walk.tell({ kind: 'approved', step: 0, print: 'a' });
  walk.due('c1');
  walk.sent('c1', 0);
  return walk;
}

describe('a letter that wants approval', () => {
  it('waits undated, without a timer and outside the due-index', () => {
    const walk = aWalk(EACH);
    const told = walk.enrolled();
    expect(holdsOf(walk)).toEqual(['approval:0']);
    expect(kindsOf(told)).not.toContain('set-timer');
    expect(wakeAt(walk.state)).toBeUndefined();
    expect(kindsOf(walk.due('c1'))).not.toContain('send-letter');
  });

  it('goes after the word of a person, at its moment or the next allowed one', () => {
    const walk = aWalk(EACH);
    walk.enrolled();
    const dueAt = walk.dueAt();
    const late = plus(walk.now, 5 * DAY);
    expect(kindsOf(walk.tell({ kind: 'approved', step: 0, print: 'a' }, late))).toContain('set-timer');
    expect(walk.dueAt() >= late && walk.dueAt() > dueAt).toBe(true);
    expect(kindsOf(walk.due('c1'))).toContain('send-letter');
  });

  it('is followed by one that waits for a word of its own', () => {
    expect(holdsOf(afterFirst())).toEqual(['approval:1']);
  });

  it('is not let go by a word about another step, nor twice', () => {
    const walk = aWalk(EACH);
    walk.enrolled();
    expect(walk.tell({ kind: 'approved', step: 1, print: 'a' }).answer).toBe('ignored');
    walk.tell({ kind: 'approved', step: 0, print: 'a' });
    expect(walk.tell({ kind: 'approved', step: 0, print: 'a' }).answer).toBe('ignored');
  });

  it('is not let go by a plain release, which names no words', () => {
    const walk = aWalk(EACH);
    walk.enrolled();
    expect(walk.tell({ kind: 'released', holdId: 'approval:0' }).answer).toBe('ignored');
    expect(holdsOf(walk)).toEqual(['approval:0']);
  });

  it('waits again when its words change, and for nobody when they do not', () => {
    const walk = aWalk(EACH);
    walk.enrolled();
    expect(walk.tell({ kind: 'letter-changed', step: 0 }).answer).toBe('ignored');
    walk.tell({ kind: 'approved', step: 0, print: 'a' });
    walk.tell({ kind: 'letter-changed', step: 0 });
    expect(holdsOf(walk)).toEqual(['approval:0']);
    walk.tell({ kind: 'approved', step: 0, print: 'b' });
    expect(kindsOf(walk.due('c1'))).toContain('send-letter');
  });

  it('keeps its approval through a hold of another kind, a refusal and a resumption of the campaign', () => {
    const walk = aWalk(EACH);
    walk.enrolled();
    walk.tell({ kind: 'approved', step: 0, print: 'a' });
    walk.tell({ kind: 'held', hold: { id: 'person', kind: 'person' } });
    walk.tell({ kind: 'released', holdId: 'person' });
    walk.due('c1');
    walk.tell({ kind: 'claim-expired', claim: claimOf('c1') });
    expect(holdsOf(walk)).toEqual([]);
    expect(kindsOf(walk.due('c2'))).toContain('send-letter');
  });

  it('that the lint refused is let go by approving its mended words, which closes the question', () => {
    const walk = aWalk(EACH);
    walk.enrolled();
    walk.tell({ kind: 'approved', step: 0, print: 'a' });
    walk.tell({ kind: 'letter-invalid', step: 0, rule: 'hole' });
    expect(holdsOf(walk)).toEqual(['letter:0']);
    const told = walk.tell({ kind: 'approved', step: 0, print: 'b' });
    expect(holdsOf(walk)).toEqual([]);
    expect(told.effects).toContainEqual(expect.objectContaining({ kind: 'close-tasks', only: ['decide'] }));
  });

  it('is asked about again when somebody edits it, and its walk remembers that it has words of its own', () => {
    const walk = aWalk(EACH);
    walk.enrolled();
    walk.tell({ kind: 'approved', step: 0, print: 'a' });
    walk.tell({ kind: 'letter-edited', step: 0 });
    expect(holdsOf(walk)).toEqual(['approval:0']);
    expect(walk.tell({ kind: 'letter-edited', step: 0 }).answer).toBe('ignored');
    walk.tell({ kind: 'stopped-by-person' });
    walk.tell({ kind: 'resumed' });
    expect(walk.enrollment).toMatchObject({ kind: 'open', hasOwnLetters: true });
  });

  it('is asked about again after its walk was resumed', () => {
    const walk = afterFirst();
    walk.tell({ kind: 'stopped-by-person' });
    walk.tell({ kind: 'resumed' });
    expect(holdsOf(walk)).toEqual(['approval:1']);
  });

  it('asks nothing about a task', () => {
    const walk = afterFirst({ ...EACH, steps: [PLAN.steps[0] as never, CALL] });
    expect(holdsOf(walk)).toEqual([]);
    expect(wakeAt(walk.state)).toBeDefined();
  });
});

describe('"not this one"', () => {
  it('stops the walk', () => {
    const walk = aWalk(EACH);
    walk.enrolled();
    walk.tell({ kind: 'declined', step: 0, instead: 'stop' });
    expect(walk.enrollment).toMatchObject({ kind: 'ended', end: { kind: 'stopped', why: 'by-person' } });
  });

  it('cannot skip a first letter: nothing may follow up on nothing', () => {
    const walk = aWalk(EACH);
    walk.enrolled();
    expect(walk.tell({ kind: 'declined', step: 0, instead: 'skip' }).answer).toBe('ignored');
  });

  it('skips a follow-up; the next one counts its wait from the letter before, and waits for its own word', () => {
    const walk = afterFirst(THREE);
    const sentAt = walk.now;
    walk.tell({ kind: 'declined', step: 1, instead: 'skip' });
    expect(holdsOf(walk)).toEqual(['approval:2']);
    expect(walk.dueAt() >= plus(sentAt, 7 * DAY) && walk.dueAt() < plus(sentAt, 14 * DAY)).toBe(true);
  });

  it('of the last letter finishes the walk', () => {
    const walk = afterFirst();
    walk.tell({ kind: 'declined', step: 1, instead: 'skip' });
    expect(walk.enrollment).toMatchObject({ kind: 'ended', end: { kind: 'finished' } });
  });
});
