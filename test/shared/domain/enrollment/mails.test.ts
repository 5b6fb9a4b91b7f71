import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../shared/domain/enrollment/event.ts';
import { DAY, instant, MINUTE, plus } from '../../../../shared/domain/instant.ts';
import { aWalk, kindsOf, messageOf, PLAN } from '../../../support/walks.ts';

const absence = (returnOn?: string) =>
  ({
    kind: 'absent',
    mail: 'm1',
    messageId: messageOf('msg1'),
    absence: { reason: 'trip', invitesContact: true, ...(returnOn ? { returnOn } : {}) },
    phones: [],
  }) as const satisfies Event;

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
    expect(kindsOf(replied)).toEqual(['close-tasks', 'add-task', 'hold-company', 'raise-alert']);
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
    expect(kindsOf(bounced)).toEqual(['close-tasks', 'add-task', 'note-fate']);
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

  it('holds nothing for a mail whose hold a person has lifted, and rings all the same', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.tell({ kind: 'mail-arrived', mail: 'm1' });
    walk.tell({ kind: 'mail-noted', mail: 'm1', what: 'read by a person' });
    const late = walk.tell({ kind: 'mail-unverified', mail: 'm1', messageId: messageOf('msg1') });
    expect(walk.enrollment).toMatchObject({ kind: 'open', holds: [] });
    expect(kindsOf(late)).toContain('raise-alert');
  });
});
