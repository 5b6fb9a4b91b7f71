/** Whatever the world tells it in whatever order: the promises that `decide` alone can keep. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Event } from '../../../../shared/domain/enrollment/event.ts';
import { rulesOf } from '../../../../shared/domain/enrollment/planning.ts';
import type { ContactState } from '../../../../shared/domain/enrollment/state.ts';
import { wakeAt } from '../../../../shared/domain/enrollment/wake.ts';
import { HOUR, MINUTE, minuteName, plus } from '../../../../shared/domain/instant.ts';
import { isAllowedMoment } from '../../../../shared/domain/time/plan.ts';
import { aWalk, claimOf, messageOf, PLAN, sesOf } from '../../../support/walks.ts';

const claim = fc.constantFrom('c1', 'c2', 'c3').map(claimOf);
const mail = fc.constantFrom('m1', 'm2', 'm3');
const step = fc.constantFrom(0, 1);

const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constant('step-sent' as const),
    step,
    claim,
    sesId: claim.map((one) => sesOf(`ses-${one}`)),
  }),
  fc.record({ kind: fc.constant('send-unknown' as const), claim }),
  fc.record({ kind: fc.constant('claim-expired' as const), claim }),
  fc.record({ kind: fc.constant('send-failed' as const), claim, why: fc.constant('rejected') }),
  fc.record({ kind: fc.constant('mail-arrived' as const), mail }),
  fc.record({ kind: fc.constant('auto-replied' as const), mail }),
  fc.record({ kind: fc.constant('replied' as const), mail, messageId: mail.map(messageOf) }),
  fc.record({
    kind: fc.constant('absent' as const),
    mail,
    messageId: mail.map(messageOf),
    absence: fc.constantFrom(
      { reason: 'trip' as const, invitesContact: false, returnOn: '2026-12-04' },
      { reason: 'leave' as const, invitesContact: false },
      { reason: 'other' as const, invitesContact: true, returnOn: '2026-11-27' },
    ),
    phones: fc.constant([]),
  }),
  fc.record({
    kind: fc.constant('bounced' as const),
    mail,
    bounce: fc.constantFrom({ class: 'transient' as const }),
  }),
  fc.constant<Event>({ kind: 'bounced', bounce: { class: 'permanent' } }),
  fc.constant<Event>({ kind: 'unsubscribed' }),
  fc.constant<Event>({ kind: 'reconciled' }),
  fc.constant<Event>({ kind: 'held', hold: { id: 'p', kind: 'person' } }),
  fc.constant<Event>({ kind: 'released', holdId: 'p' }),
  fc.constant<Event>({ kind: 'stopped-by-person' }),
  fc.constant<Event>({ kind: 'resumed' }),
  fc.record({ kind: fc.constant('decided' as const), decision: fc.constant('send-again' as const), claim }),
);

/** `due` fires the planned step's right timer; the rest is told as it stands, some time later. */
const anyMove = fc.oneof(
  { weight: 2, arbitrary: claim.map((one) => ({ due: one })) },
  { weight: 5, arbitrary: fc.record({ event: anyEvent, afterMinutes: fc.integer({ min: 0, max: 4_000 }) }) },
);

it('never claims while held, ended or sending; never plans a forbidden moment; never loses an ending', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 40 }), (moves) => {
      const walk = aWalk();
      walk.enrolled();
      for (const move of moves) {
        const before = walk.state;
        const decision =
          'due' in move
            ? fire(walk, move.due)
            : walk.tell(move.event, plus(walk.now, move.afterMinutes * MINUTE));
        if (!decision) continue;
        judgeClaim(
          before,
          decision.effects.some((effect) => effect.kind === 'send-letter'),
        );
        judgeEnd(before, walk.state, 'event' in move ? move.event : undefined);
        judgePlan(walk.state);
        if (decision.answer !== 'applied') expect(walk.state).toBe(before);
        expect(decision.because.length).toBeGreaterThan(0);
      }
      expect(JSON.stringify(walk.state).length).toBeLessThan(6_000);
    }),
    { numRuns: 1_500 },
  );
});

function fire(walk: ReturnType<typeof aWalk>, claimId: ReturnType<typeof claimOf>) {
  const letter = walk.enrollment?.letter;
  if (letter?.kind !== 'planned') return undefined;
  const at = letter.dueAt > walk.now ? letter.dueAt : plus(walk.now, HOUR);
  return walk.tell(
    { kind: 'step-due', step: letter.step, minute: minuteName(letter.dueAt), claim: claimId },
    at,
  );
}

function judgeClaim(before: ContactState, isClaim: boolean): void {
  if (!isClaim) return;
  const walk = before.enrollment;
  expect(walk?.kind).toBe('open');
  expect(walk?.letter?.kind).toBe('planned');
  expect(walk?.kind === 'open' && walk.holds.some((hold) => hold.until === undefined)).toBe(false);
  expect(before.standing.kind).toBe('open');
  expect(walk?.sent.some((one) => one.step === walk.letter?.step)).toBe(false);
}

function judgeEnd(before: ContactState, after: ContactState, event: Event | undefined): void {
  if (before.enrollment?.kind === 'ended' && event?.kind !== 'resumed')
    expect(after.enrollment?.kind).toBe('ended');
  if (before.standing.kind === 'suppressed') expect(after.standing).toEqual(before.standing);
}

function judgePlan(state: ContactState): void {
  const walk = state.enrollment;
  if (walk?.kind !== 'open' || walk.letter.kind !== 'planned') return;
  const { step: planned, dueAt } = walk.letter;
  const isHeld = walk.holds.some((hold) => hold.until === undefined);
  const rules = rulesOf(PLAN.steps, planned);
  if (!isHeld) expect(isAllowedMoment({ calendar: PLAN.calendar, rules, at: dueAt })).toBe(true);
  // Whatever is planned and not held is in the due-index, so nothing can be forgotten.
  expect(wakeAt(state) !== undefined || isHeld).toBe(true);
}
