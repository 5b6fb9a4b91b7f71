// Steps that are work for a person: who gets which, by grade and by what is known of them.
import { describe, expect, it } from 'vitest';
import type { Grade } from '../../../../shared/domain/contact.ts';
import { DEFAULT_SEQUENCE } from '../../../../shared/domain/default-sequence.ts';
import type { Plan } from '../../../../shared/domain/enrollment/turn.ts';
import { HOUR, plus } from '../../../../shared/domain/instant.ts';
import type { TaskStep } from '../../../../shared/domain/sequence.ts';
import { aWalk, kindsOf, PLAN } from '../../../support/walks.ts';

const PHONE = '+4915112345678';
const planFor = (grade: Grade | undefined, phones: readonly string[] = [PHONE]): Plan => ({
  ...PLAN,
  steps: DEFAULT_SEQUENCE.steps,
  who: { ...(grade ? { grade } : {}), phones },
});

/** Plays the whole sequence, nobody answering; each entry is the local day and what happened on it. */
function played(plan: Plan): readonly string[] {
  const walk = aWalk(plan);
  walk.enrolled();
  const story: string[] = [];
  for (let n = 0; n < 20 && walk.enrollment?.kind === 'open'; n++) {
    const decision = walk.due(`c${n}`);
    for (const effect of decision.effects) {
      if (effect.kind === 'send-letter') {
        story.push(`${walk.now.slice(5, 10)} letter ${effect.step}`);
        walk.sent(`c${n}`, effect.step);
      }
      if (effect.kind === 'add-task') {
        story.push(`${effect.task.dueAt.slice(5, 10)} ${effect.task.kind} ${effect.task.phone ?? '-'}`);
        if (effect.task.kind === 'call') {
          const { id: taskId, dueAt } = effect.task;
          walk.tell({ kind: 'task-closed', taskId, task: 'call', outcome: 'no-answer' }, plus(dueAt, HOUR));
        }
      }
    }
  }
  return [...story, walk.enrollment?.kind === 'ended' ? walk.enrollment.end.kind : 'open'];
}

describe('the default sequence', () => {
  // Tuesday 24 November; the follow-up a week later; on Friday afternoon nobody is called, so
  // the fourth working day it is.
  it.each<readonly [Grade | undefined, readonly string[], readonly string[]]>([
    [
      'A',
      [PHONE],
      ['11-24 letter 0', `11-26 call ${PHONE}`, '12-01 letter 2', `12-04 call ${PHONE}`, 'finished'],
    ],
    ['B', [PHONE], ['11-24 letter 0', '12-01 letter 2', `12-07 call ${PHONE}`, 'finished']],
    ['C', [PHONE], ['11-24 letter 0', '12-01 letter 2', `12-07 call ${PHONE}`, 'finished']],
    [undefined, [PHONE], ['11-24 letter 0', '12-01 letter 2', `12-07 call ${PHONE}`, 'finished']],
    ['D', [PHONE], ['11-24 letter 0', '12-01 letter 2', 'finished']],
    ['C', [], ['11-24 letter 0', '12-01 letter 2', 'finished']],
  ])('grade %s with numbers %j: %j', (grade, phones, story) => {
    expect(played(planFor(grade, phones))).toEqual(story);
  });

  it.each(['A', 'B'] as const)('asks for another way where no number of a %s is known, once', (grade) => {
    const found = played(planFor(grade, [])).filter((one) => one.includes('find-another-way'));
    expect(new Set(found.map((one) => one.slice(6)))).toEqual(new Set(['find-another-way -']));
  });
});

const step = (over: Partial<TaskStep>): TaskStep => ({
  kind: 'task',
  delay: { days: 0 },
  channel: 'call',
  text: 'Do it',
  ...over,
});

describe('a task step', () => {
  it('may come first, puts its task in their daytime and claims nothing', () => {
    const walk = aWalk({ ...PLAN, steps: [step({}), ...PLAN.steps], who: { phones: [PHONE] } });
    walk.enrolled();
    const told = walk.due('c1');
    expect(kindsOf(told)).toEqual(['add-task', 'set-timer']);
    expect(walk.enrollment).toMatchObject({ sent: [], letter: { kind: 'planned', step: 1 } });
  });

  it('leaves out those that are not for this grade, also at the very beginning', () => {
    const walk = aWalk({ ...PLAN, steps: [step({ grades: ['A'] }), ...PLAN.steps], who: { phones: [] } });
    walk.enrolled();
    expect(walk.enrollment).toMatchObject({ letter: { kind: 'planned', step: 1 } });
  });

  it('is held like a letter: an undated hold keeps its task back', () => {
    const walk = aWalk({ ...PLAN, steps: [step({})], who: { phones: [PHONE] } });
    walk.enrolled();
    walk.tell({ kind: 'held', hold: { id: 'p', kind: 'person' } });
    expect(kindsOf(walk.due('c1'))).toEqual([]);
  });

  it('waits behind a closed gate and keeps when it was first due', () => {
    const walk = aWalk({ ...PLAN, steps: [step({})], who: { phones: [PHONE] } });
    walk.enrolled();
    const dueAt = walk.dueAt();
    const retryAt = plus(dueAt, HOUR);
    walk.tell({ kind: 'step-postponed', step: 0, gate: 'company', retryAt }, dueAt);
    expect(walk.enrollment).toMatchObject({ letter: { kind: 'planned', firstDueAt: dueAt } });
    expect(walk.dueAt() >= retryAt).toBe(true);
    expect(walk.tell({ kind: 'step-postponed', step: 3, gate: 'company', retryAt }).answer).toBe('ignored');
  });

  it.each(['custom', 'whatsapp', 'call'] as const)('puts a %s task with its words', (channel) => {
    const walk = aWalk({ ...PLAN, steps: [step({ channel })], who: { phones: [PHONE] } });
    walk.enrolled();
    expect(walk.due('c1').effects).toMatchObject([
      { kind: 'add-task', task: { kind: channel, text: 'Do it' } },
    ]);
    expect(walk.enrollment).toMatchObject({ kind: 'ended', end: { kind: 'finished' } });
  });
});
