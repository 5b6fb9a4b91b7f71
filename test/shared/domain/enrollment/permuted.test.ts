// I11: networks reorder. In whatever order the same facts are heard, the walk stands where it would have stood.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Event } from '../../../../shared/domain/enrollment/event.ts';
import type { ContactState } from '../../../../shared/domain/enrollment/state.ts';
import { MINUTE, plus } from '../../../../shared/domain/instant.ts';
import { aWalk, claimOf, messageOf, sesOf, TUESDAY } from '../../../support/walks.ts';

/** What one happening tells, in an order that only the happening itself keeps: a mail holds before it is read. */
type Told = readonly Event[];
const mail = (key: string, read: Event): Told => [{ kind: 'mail-arrived', mail: key }, read];

const SENT: Told = [{ kind: 'step-sent', step: 0, claim: claimOf('c1'), sesId: sesOf('ses-1') }];
const HAPPENINGS: Readonly<Record<string, Told>> = {
  mark: SENT,
  'the mark again, by the event of SES': SENT,
  reply: mail('m1', { kind: 'replied', mail: 'm1', messageId: messageOf('m1') }),
  'another reply': mail('m2', { kind: 'replied', mail: 'm2', messageId: messageOf('m2') }),
  'auto-reply': mail('m3', { kind: 'auto-replied', mail: 'm3' }),
  absence: mail('m4', {
    kind: 'absent',
    mail: 'm4',
    messageId: messageOf('m4'),
    absence: { returnOn: '2026-12-02', reason: 'trip', invitesContact: false },
    phones: [],
  }),
  'an unread mail': [{ kind: 'mail-arrived', mail: 'm5' }],
  'a report list': mail('m6', { kind: 'mail-noted', mail: 'm6', what: 'list' }),
  opt: mail('m7', { kind: 'unsubscribed', mail: 'm7' }),
  bounce: [{ kind: 'bounced', bounce: { class: 'permanent' } }],
  'bounce by mail': mail('m8', { kind: 'bounced', mail: 'm8', bounce: { class: 'permanent' } }),
  'a full mailbox': mail('m9', { kind: 'bounced', mail: 'm9', bounce: { class: 'transient' } }),
  complaint: [{ kind: 'complained' }],
  'a person’s hold': [{ kind: 'held', hold: { id: 'person', kind: 'person' } }],
};

/** Interleaves: `order` says whose next event comes. */
function heard(names: readonly string[], order: readonly number[]): ContactState {
  const walk = aWalk();
  walk.enrolled();
  walk.due('c1');
  const queues = names.map((name) => [...(HAPPENINGS[name] ?? [])]);
  let turn = 0;
  for (let left = queues.filter((one) => one.length > 0); left.length > 0; ) {
    const of = left[(order[turn % Math.max(order.length, 1)] ?? 0) % left.length] as Event[];
    turn += 1;
    // Minutes apart: the moment of the claim counts, not the moment of hearing.
    walk.tell(of.shift() as Event, plus(walk.now, MINUTE));
    left = queues.filter((one) => one.length > 0);
  }
  return walk.state;
}

/** Which of several stops came first is history; that it stopped, what was sent and what waits is the standing. */
function standing({ standing: { kind }, enrollment }: ContactState) {
  if (enrollment?.kind !== 'open') {
    return { kind, walk: enrollment?.kind, sent: enrollment?.sent.map(({ step }) => step) };
  }
  const { letter, holds, sent } = enrollment;
  // Behind an undated hold the day means nothing yet: whoever ends the hold has the step planned anew.
  const isPlannedAnew = holds.some(({ until }) => until === undefined);
  const dueAt = letter.kind === 'planned' && !isPlannedAnew ? { dueAt: letter.dueAt } : {};
  return {
    kind,
    walk: enrollment.kind,
    sent: sent.map(({ step }) => step),
    letter: letter.kind === 'planned' ? { step: letter.step, ...dueAt } : letter.kind,
    holds: holds.map(({ id }) => id).toSorted(),
  };
}

it('whatever the order in which the same facts are heard', () => {
  const names = fc.uniqueArray(fc.constantFrom(...Object.keys(HAPPENINGS)), { minLength: 2, maxLength: 7 });
  const order = fc.array(fc.nat(50), { minLength: 1, maxLength: 14 });
  fc.assert(
    fc.property(names, order, order, (some, one, other) => {
      expect(standing(heard(some, one))).toEqual(standing(heard(some, other)));
    }),
    { numRuns: 3_000, seed: 11 },
  );
});

it('and each of them twice', () => {
  const names = fc.uniqueArray(fc.constantFrom(...Object.keys(HAPPENINGS)), { minLength: 1, maxLength: 5 });
  const order = fc.array(fc.nat(50), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(names, order, order, (some, one, other) => {
      expect(standing(heard([...some, ...some], one))).toEqual(standing(heard(some, other)));
    }),
    { numRuns: 2_000, seed: 11 },
  );
});

it('starts from a claim, so that the mark is one of the facts', () => {
  expect(standing(heard([], []))).toMatchObject({ walk: 'open', letter: 'sending' });
  expect(TUESDAY < (heard(['mark'], [0]).enrollment?.sent[0]?.at ?? '')).toBe(true);
});
