import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../shared/domain/enrollment/event.ts';
import { DAY, instant, MINUTE, minuteName, plus } from '../../../../shared/domain/instant.ts';
import { aWalk, claimOf, kindsOf, messageOf, PLAN, sesOf } from '../../../support/walks.ts';

const absence = (returnOn?: string) =>
  ({
    kind: 'absent',
    mail: 'm1',
    messageId: messageOf('msg1'),
    absence: { reason: 'trip', invitesContact: true, ...(returnOn ? { returnOn } : {}) },
    phones: [],
  }) as const satisfies Event;

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
    expect(walk.enrollment?.letter.kind).toBe('planned');
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
    expect(walk.enrollment?.letter.kind).toBe('planned');
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
    expect(walk.enrollment?.letter.kind).toBe('unknown');
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
    expect(walk.enrollment?.letter.kind).toBe('sending');
    walk.tell({ kind: 'reconciled' }, plus(walk.now, 2 * MINUTE));
    expect(walk.enrollment?.letter.kind).toBe('unknown');
  });

  it('lets a person decide what became of an unknown letter', () => {
    const went = aWalk();
    const again = aWalk();
    for (const walk of [went, again]) {
      walk.enrolled();
      walk.due('c1');
      walk.tell({ kind: 'send-unknown', claim: claimOf('c1') });
    }
    went.tell({ kind: 'decided', decision: 'it-went' });
    expect(went.enrollment?.letter).toMatchObject({ kind: 'planned', step: 1 });
    again.tell({ kind: 'decided', decision: 'send-again' });
    expect(again.enrollment?.letter).toMatchObject({ kind: 'planned', step: 0 });
    expect(kindsOf(again.due('c2'))).toContain('send-letter');
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

describe('what comes back', () => {
  it('holds on arrival, before anybody has read the mail', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.tell({ kind: 'mail-arrived', mail: 'm1' });
    const due = walk.due('c1');
    expect(due.answer).toBe('ignored');
    expect(due.effects).toEqual([]);
  });

  it('a reply stops the walk, closes its tasks, rings, and asks for an answer', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.tell({ kind: 'mail-arrived', mail: 'm1' });
    const replied = walk.tell({ kind: 'replied', mail: 'm1', messageId: messageOf('msg1') });
    expect(kindsOf(replied)).toEqual(['close-tasks', 'add-task', 'raise-alert']);
    expect(walk.enrollment).toMatchObject({ kind: 'ended', end: { kind: 'stopped', why: 'replied' } });
  });

  it('a reply during the send keeps the letter, so that its mark is recorded and nothing is planned after it', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.tell({ kind: 'replied', mail: 'm1', messageId: messageOf('msg1') });
    expect(walk.enrollment?.letter).toMatchObject({ kind: 'sending', claim: 'c1' });
    const marked = walk.sent('c1', 0);
    expect(kindsOf(marked)).toEqual(['record-sent']);
    expect(walk.enrollment).toMatchObject({ kind: 'ended', sent: [{ step: 0 }] });
    expect(walk.enrollment?.letter).toBeUndefined();
  });

  it('a reply long after the end still rings, and sharpens "finished" into "replied"', () => {
    const walk = aWalk({ ...PLAN, steps: PLAN.steps.slice(0, 1) });
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    const late = walk.tell(
      { kind: 'replied', mail: 'm1', messageId: messageOf('msg1') },
      plus(walk.now, 90 * DAY),
    );
    expect(kindsOf(late)).toContain('raise-alert');
    expect(walk.enrollment).toMatchObject({ end: { kind: 'stopped', why: 'replied' } });
  });

  it.each([
    ['back on Monday', '2026-11-30', '2026-12-01'],
    ['back on Wednesday', '2026-12-02', '2026-12-03'],
    ['back on Thursday', '2026-12-03', '2026-12-08'],
    ['back on Friday', '2026-12-04', '2026-12-08'],
  ])('an absence holds the follow-up: %s → %s → %s', (_words, returnOn, day) => {
    const walk = aWalk(PLAN, instant('2026-11-18T06:00:00Z'));
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    walk.tell({ kind: 'mail-arrived', mail: 'm1' });
    walk.tell(absence(returnOn));
    const days = walk.dueAt().slice(0, 10);
    expect(days >= day).toBe(true);
    expect(days).toBe(day);
    const holds = walk.enrollment?.kind === 'open' ? walk.enrollment.holds : [];
    expect(holds).toMatchObject([{ kind: 'absence' }]);
    expect(kindsOf(walk.due('c2'))).toContain('send-letter');
  });

  it('an absence never moves the follow-up before its own moment', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    const before = walk.dueAt();
    walk.tell(absence('2026-11-26'));
    expect(walk.dueAt()).toBe(before);
  });

  it.each([
    ['in the past', '2026-11-01'],
    ['too far off', '2027-08-01'],
  ])('a return date %s is shown, not believed, and a person is asked to check it', (_name, returnOn) => {
    const walk = aWalk();
    walk.enrolled();
    const noted = walk.tell(absence(returnOn));
    expect(noted.because).toMatchObject(
      [{ rule: 'absence-not-believed' }, {}, {}, {}].slice(0, noted.because.length),
    );
    expect(noted.effects).toContainEqual(expect.objectContaining({ kind: 'add-task' }));
    const holds = walk.enrollment?.kind === 'open' ? walk.enrollment.holds : [];
    expect(holds[0]?.until).toBe(plus(walk.now, 7 * DAY));
  });

  it('makes a WhatsApp task of the traveller’s own mobile, now, in their daytime', () => {
    const walk = aWalk();
    walk.enrolled();
    const phone = { e164: '+491701234567', type: 'mobile', owner: 'contact', urgent: true } as const;
    const told = walk.tell({ ...absence('2026-12-10'), phones: [phone] });
    const task = told.effects.find((effect) => effect.kind === 'add-task')?.task;
    expect(task).toMatchObject({ kind: 'whatsapp', phone: '+491701234567' });
    expect(task?.dueAt.slice(0, 10)).toBe('2026-11-24');
    expect(task && task.dueAt >= '2026-11-24T09:00').toBe(true);
  });

  it('calls a stand-in by name instead', () => {
    const walk = aWalk();
    walk.enrolled();
    const phone = {
      e164: '+49301234567',
      type: 'fixed',
      owner: 'stand-in',
      name: 'Jane Doe',
      urgent: true,
    } as const;
    const told = walk.tell({ ...absence('2026-12-10'), phones: [phone] });
    expect(told.effects.find((effect) => effect.kind === 'add-task')?.task).toMatchObject({
      kind: 'call',
      person: 'Jane Doe',
    });
  });

  it('an automatic notice gives only its own hold back', () => {
    const walk = aWalk();
    walk.enrolled();
    const dueAt = walk.dueAt();
    walk.tell({ kind: 'mail-arrived', mail: 'm1' });
    walk.tell({ kind: 'mail-arrived', mail: 'm2' });
    walk.tell({ kind: 'auto-replied', mail: 'm1' });
    expect(walk.enrollment?.kind === 'open' && walk.enrollment.holds).toMatchObject([{ id: 'mail:m2' }]);
    const free = walk.tell({ kind: 'auto-replied', mail: 'm2' });
    expect(free.effects).toContainEqual({
      kind: 'set-timer',
      enrollmentId: walk.enrollment?.id,
      step: 0,
      dueAt,
    });
  });

  it('permanent bounces stop and suppress; every other kind is noted', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.tell({ kind: 'bounced', bounce: { class: 'transient' } });
    walk.tell({ kind: 'bounced', bounce: { class: 'delayed' } });
    expect(walk.enrollment?.kind).toBe('open');
    const bounced = walk.tell({ kind: 'bounced', bounce: { class: 'permanent', status: '5.1.1' } });
    expect(walk.state.standing).toMatchObject({ kind: 'suppressed', why: 'bounced' });
    expect(walk.enrollment).toMatchObject({ end: { why: 'bounced' } });
    expect(kindsOf(bounced)).toEqual(['close-tasks', 'add-task']);
    const second = walk.tell({ kind: 'bounced', mail: 'm9', bounce: { class: 'permanent' } });
    expect(second.answer).toBe('ignored');
    expect(second.effects).toEqual([]);
  });

  it.each(['unsubscribed', 'complained'] as const)('%s ends everything for good', (kind) => {
    const walk = aWalk();
    walk.enrolled();
    walk.tell({ kind });
    expect(walk.state.standing).toMatchObject({ kind: 'suppressed', why: kind });
    expect(walk.tell({ kind: 'resumed' }).answer).toBe('ignored');
    expect(
      walk.tell({ kind: 'enrolled', n: 2, campaignId: 'c' as never, senderId: 's' as never }).answer,
    ).toBe('ignored');
  });

  it('asks for the unread mail again after a quarter of an hour', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.tell({ kind: 'mail-arrived', mail: 'm1' });
    const looked = walk.tell({ kind: 'reconciled' }, plus(walk.now, 15 * MINUTE));
    expect(looked.effects).toEqual([{ kind: 'requeue-mail', mail: 'm1' }]);
  });

  it('keeps an unvouched mail held for a person, and stops nothing', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.tell({ kind: 'mail-arrived', mail: 'm1' });
    walk.tell({ kind: 'mail-unverified', mail: 'm1', messageId: messageOf('msg1') });
    expect(walk.enrollment).toMatchObject({ kind: 'open', holds: [{ id: 'mail:m1', kind: 'person' }] });
    expect(walk.tell({ kind: 'reconciled' }, plus(walk.now, DAY)).effects).toEqual([]);
  });
});

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
  it('keeps the last six on the item and puts each older one away, numbered, exactly once', () => {
    const walk = aWalk();
    const kept: number[] = [];
    const note = (decision: ReturnType<typeof walk.tell>): void => {
      for (const effect of decision.effects) if (effect.kind === 'keep-because') kept.push(effect.number);
    };
    note(walk.enrolled());
    for (let n = 0; n < 12; n++) {
      note(walk.tell({ kind: 'held', hold: { id: `h${n % 2}`, kind: 'person' } }));
    }
    expect(walk.state.because).toHaveLength(6);
    expect(kept).toEqual(kept.map((_, index) => index));
    expect(kept).toHaveLength(walk.state.becauseCount - 6);
  });
});
