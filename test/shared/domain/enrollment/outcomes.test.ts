// What the outcome of a call or a chat does next.
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../shared/domain/enrollment/event.ts';
import type { Plan } from '../../../../shared/domain/enrollment/turn.ts';
import { DAY, instant, plus } from '../../../../shared/domain/instant.ts';
import { aWalk, PLAN } from '../../../support/walks.ts';

const OWN = '+351912345678';
const OTHER = '+351213456789';
const planWith = (grade: 'A' | 'C', phones: readonly string[]): Plan => ({ ...PLAN, who: { grade, phones } });
const outcome = (name: string, over: object = {}): Event =>
  ({ kind: 'task-closed', taskId: 'task-1', task: 'call', outcome: name, phone: OWN, ...over }) as Event;

describe('after a call', () => {
  it.each<readonly [string, Plan, object, readonly object[]]>([
    ['the next number is tried', planWith('C', [OTHER]), {}, [{ kind: 'call', phone: OTHER }]],
    ['an A without another one is worth the search', planWith('A', []), {}, [{ kind: 'find-another-way' }]],
    ['a C is not', planWith('C', []), {}, []],
    ["a stand-in's wrong number is nobody else's", planWith('A', [OTHER]), { person: 'Rui' }, []],
  ])('of a wrong number: %s', (_, plan, over, tasks) => {
    const walk = aWalk(plan);
    walk.enrolled();
    const told = walk.tell(outcome('wrong-number', over));
    const made = told.effects.flatMap((effect) => (effect.kind === 'add-task' ? [effect.task] : []));
    expect(made).toHaveLength(tasks.length);
    expect(made).toMatchObject(tasks);
  });

  it('keeps to the hour that they named, and letters wait until it has passed', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    const callBackAt = instant('2026-12-03T07:30:00Z');
    const told = walk.tell(outcome('call-back-at', { callBackAt, person: 'Front desk' }));
    const made = told.effects.find((effect) => effect.kind === 'add-task');
    expect(made).toMatchObject({
      task: { kind: 'call', dueAt: callBackAt, phone: OWN, person: 'Front desk' },
    });
    expect(walk.dueAt() >= plus(callBackAt, 2 * DAY)).toBe(true);
  });

  it('makes no work for a walk that was stopped', () => {
    const walk = aWalk(planWith('A', [OTHER]));
    walk.enrolled();
    walk.tell({ kind: 'stopped-by-person' });
    expect(walk.tell(outcome('wrong-number')).effects).toEqual([]);
  });

  it('sharpens the end of a finished walk when they were reached after all', () => {
    const walk = aWalk({ ...PLAN, steps: PLAN.steps.slice(0, 1) });
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    walk.tell(outcome('spoke'));
    expect(walk.enrollment).toMatchObject({ end: { kind: 'stopped', why: 'answered-elsewhere' } });
  });
});
