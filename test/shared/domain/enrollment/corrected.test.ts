import { describe, expect, it } from 'vitest';
import type { MailEvent } from '../../../../shared/domain/enrollment/event.ts';
import type { ClaimId } from '../../../../shared/domain/ids.ts';
import { DAY, plus } from '../../../../shared/domain/instant.ts';
import type { MailKind } from '../../../../shared/inbound/reading.ts';
import { aWalk, kindsOf, messageOf } from '../../../support/walks.ts';

const messageId = messageOf('msg1');
const absent = {
  kind: 'absent',
  mail: 'm1',
  messageId,
  absence: { reason: 'leave', invitesContact: false, returnOn: '2026-12-10' },
  phones: [],
} as const satisfies MailEvent;
const replied = { kind: 'replied', mail: 'm1', messageId } as const satisfies MailEvent;
const correct = (was: MailKind, now: MailEvent) => ({ kind: 'reading-corrected', was, now }) as const;

/** The first letter is out, the follow-up planned. */
function afterFirstLetter() {
  const walk = aWalk();
  walk.enrolled();
  walk.due('c1');
  walk.sent('c1', 0);
  return walk;
}

describe('a corrected reading', () => {
  it('reopens what a "reply" stopped that was an absence, held to after the return', () => {
    const walk = afterFirstLetter();
    walk.tell(replied);
    const corrected = walk.tell(correct('reply', absent), plus(walk.now, DAY));
    expect(corrected.answer).toBe('applied');
    expect(walk.enrollment).toMatchObject({ kind: 'open', holds: [{ kind: 'absence' }] });
    expect(walk.dueAt().slice(0, 10) > '2026-12-10').toBe(true);
  });

  it('stops and rings for an "absence" that was a person', () => {
    const walk = afterFirstLetter();
    walk.tell(absent);
    const corrected = walk.tell(correct('absence', replied));
    expect(walk.enrollment).toMatchObject({ kind: 'ended', end: { kind: 'stopped', why: 'replied' } });
    expect(kindsOf(corrected)).toContain('raise-alert');
  });

  it('frees a customer whom "please remove the 5 kW model" had suppressed', () => {
    const walk = afterFirstLetter();
    walk.tell({ kind: 'unsubscribed', mail: 'm1' });
    walk.tell(correct('unsubscribe', replied));
    expect(walk.state.standing).toEqual({ kind: 'open' });
    expect(walk.enrollment).toMatchObject({ end: { kind: 'stopped', why: 'replied' } });
  });

  it('keeps the week: a reopened walk goes on no sooner than it would have', () => {
    const walk = afterFirstLetter();
    const dueAt = walk.dueAt();
    walk.tell(replied);
    walk.tell(correct('reply', { kind: 'auto-replied', mail: 'm1' }), plus(walk.now, DAY));
    expect(walk.dueAt()).toBe(dueAt);
  });

  it('asks again about a letter of which nobody knows, when the answer that stopped its walk was none', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.tell({ kind: 'send-unknown', claim: 'c1' as ClaimId });
    walk.tell({ kind: 'reconciled' }, plus(walk.now, 3 * DAY));
    walk.tell(replied);
    const corrected = walk.tell(correct('reply', { kind: 'auto-replied', mail: 'm1' }), plus(walk.now, DAY));
    expect(walk.enrollment).toMatchObject({
      kind: 'open',
      letter: { kind: 'unknown', step: 0, claim: 'c1' },
    });
    const asked = corrected.effects.filter(({ kind }) => kind === 'add-task');
    expect(asked).toMatchObject([{ task: { kind: 'decide' }, again: true }]);
    walk.tell({ kind: 'decided', decision: 'it-went', claim: 'c1' as ClaimId });
    expect(walk.enrollment).toMatchObject({ kind: 'open', letter: { kind: 'planned', step: 1 } });
  });

  it('never undoes what another mail did', () => {
    const walk = afterFirstLetter();
    walk.tell({ kind: 'complained' });
    const corrected = walk.tell(correct('reply', { kind: 'auto-replied', mail: 'm1' }));
    expect(corrected.answer).toBe('ignored');
    expect(walk.state.standing).toMatchObject({ kind: 'suppressed', why: 'complained' });
  });

  it('says the same when it is heard twice', () => {
    const walk = afterFirstLetter();
    walk.tell(replied);
    walk.tell(correct('reply', absent));
    const once = walk.enrollment;
    walk.tell(correct('reply', absent));
    expect(walk.enrollment).toEqual(once);
  });

  it('gives an unvouched mail its meaning once a person vouches for it', () => {
    const walk = afterFirstLetter();
    walk.tell({ kind: 'mail-arrived', mail: 'm1' });
    walk.tell({ kind: 'mail-unverified', mail: 'm1', messageId });
    walk.tell(correct('reply', replied));
    expect(walk.enrollment).toMatchObject({ end: { kind: 'stopped', why: 'replied' } });
  });

  it('leaves "finished" as it was where nothing is left to send', () => {
    const walk = afterFirstLetter();
    walk.due('c2');
    walk.sent('c2', 1);
    walk.tell(replied);
    walk.tell(correct('reply', { kind: 'auto-replied', mail: 'm1' }));
    expect(walk.enrollment).toMatchObject({ kind: 'ended', end: { kind: 'finished' } });
  });
});
