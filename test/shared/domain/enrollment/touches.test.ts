// The ledger "not a pest": what counts, what empties it, and what it keeps back.
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../shared/domain/enrollment/event.ts';
import type { Touch } from '../../../../shared/domain/enrollment/state.ts';
import { channelFreeAt, TOUCHES_MAX, unanswered } from '../../../../shared/domain/enrollment/touches.ts';
import type { Plan } from '../../../../shared/domain/enrollment/turn.ts';
import { DAY, type Instant, plus } from '../../../../shared/domain/instant.ts';
import { aWalk, messageOf, PLAN, TUESDAY } from '../../../support/walks.ts';

const letters = (count: number, over: Partial<Plan> = {}): Plan => ({
  ...PLAN,
  ...over,
  steps: Array.from({ length: count }, () => ({ kind: 'letter', delay: { days: 7 }, body: 'Words.' })),
});
const closed = (taskId: string, task: 'whatsapp' | 'call', outcome: string): Event =>
  ({ kind: 'task-closed', taskId, task, outcome }) as Event;
const reply: Event = { kind: 'replied', mail: 'm', messageId: messageOf('m1') };

/** Sends every letter of the plan that the ledger lets through; answers how many went. */
function sentOf(plan: Plan): { readonly sent: number; readonly walk: ReturnType<typeof aWalk> } {
  const walk = aWalk(plan);
  walk.enrolled();
  let sent = 0;
  for (let n = 0; n < 20 && walk.enrollment?.kind === 'open'; n++) {
    const isSending = walk.due(`c${n}`).effects.find((effect) => effect.kind === 'send-letter');
    if (!isSending) continue;
    walk.sent(`c${n}`, isSending.step);
    sent += 1;
  }
  return { sent, walk };
}

describe('what counts', () => {
  it.each<readonly [string, Event, readonly Touch['by'][]]>([
    ['a WhatsApp that was sent', closed('task-000001', 'whatsapp', 'sent'), ['whatsapp']],
    ['a call that nobody took', closed('task-000001', 'call', 'no-answer'), ['call']],
    ['a number that is not on WhatsApp: nobody was reached', closed('t', 'whatsapp', 'not-on-whatsapp'), []],
    ['a wrong number', closed('t', 'call', 'wrong-number'), []],
    ['a hold', { kind: 'held', hold: { id: 'p', kind: 'person' } }, []],
  ])('%s', (_, event, touches) => {
    const walk = aWalk();
    walk.enrolled();
    walk.tell(event);
    walk.tell(event);
    expect((walk.state.touches ?? []).map(({ by }) => by)).toEqual(touches);
  });

  it('a letter, once, however often SES reports it', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    walk.sent('c1', 0);
    expect(walk.state.touches).toMatchObject([{ by: 'letter' }]);
  });

  it.each<readonly [string, Event]>([
    ['a reply', reply],
    ['a WhatsApp that was answered', closed('t', 'whatsapp', 'answered')],
    ['a call that was taken', closed('t', 'call', 'spoke')],
  ])('%s empties it', (_, event) => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    walk.tell(event);
    expect(walk.state.touches).toBeUndefined();
  });

  it('looks back 60 days', () => {
    const { walk } = sentOf(letters(2));
    const last = walk.state.touches?.at(-1)?.at as Instant;
    expect(unanswered(walk.state, plus(last, 59 * DAY)).length).toBe(1);
    expect(unanswered(walk.state, plus(last, 60 * DAY)).length).toBe(0);
  });
});

describe('what it keeps back', () => {
  it('finishes a walk before the fifth unanswered touch of 60 days, and says why', () => {
    const { sent, walk } = sentOf(letters(6));
    expect(sent).toBe(TOUCHES_MAX);
    expect(walk.enrollment).toMatchObject({ kind: 'ended', end: { kind: 'finished' } });
    expect(walk.state.because.at(-1)).toMatchObject({ rule: 'touched-enough', args: { count: 4 } });
  });

  it('lets more through where somebody gave a reason, or where they are far enough apart', () => {
    expect(sentOf(letters(6, { mayPester: true })).sent).toBe(6);
    const apart = letters(6);
    const steps = apart.steps.map((step) => ({ ...step, delay: { days: 21 } }));
    expect(sentOf({ ...apart, steps }).sent).toBe(6);
  });

  it('counts across campaigns', () => {
    const { walk } = sentOf(letters(3));
    walk.tell({ kind: 'enrolled', n: 2, campaignId: 'cmp2' as never, senderId: 'snd1' as never });
    let sent = 0;
    for (let n = 0; n < 6 && walk.enrollment?.kind === 'open'; n++) {
      const isSending = walk.due(`d${n}`).effects.some((effect) => effect.kind === 'send-letter');
      if (isSending) sent += 1;
      if (isSending) walk.sent(`d${n}`, n);
    }
    expect(sent).toBe(1);
  });

  it('keeps a letter two working days away from an unanswered call', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    const called = plus(walk.dueAt(), -DAY / 24);
    walk.tell(closed('task-000001', 'call', 'no-answer'), called);
    // Tuesday + 2 working days is Thursday.
    expect(walk.dueAt().slice(0, 10)).toBe('2026-12-03');
  });

  it.each<readonly [Touch['by'], string]>([
    ['letter', '2026-11-24'],
    ['call', '2026-11-26'],
    ['whatsapp', '2026-11-26'],
  ])('after a letter on Tuesday the channel %s is free on %s', (channel, day) => {
    const touches: readonly Touch[] = [{ id: 'l', at: TUESDAY, by: 'letter' }];
    const free = channelFreeAt({ ...aWalk().state, touches }, channel, TUESDAY, PLAN);
    expect(free.at.slice(0, 10)).toBe(day);
  });

  it('never repeats an unanswered WhatsApp: the next note makes a call', () => {
    const walk = aWalk();
    walk.enrolled();
    walk.due('c1');
    walk.sent('c1', 0);
    const absent = (name: string): Event => ({
      kind: 'absent',
      mail: name,
      messageId: messageOf(name),
      absence: { reason: 'trip', invitesContact: true },
      phones: [{ e164: '+351912345678', type: 'mobile', owner: 'contact', urgent: true }],
    });
    const madeBy = (event: Event) =>
      walk.tell(event).effects.flatMap((one) => (one.kind === 'add-task' ? [one.task.kind] : []));
    expect(madeBy(absent('a1'))).toEqual(['whatsapp']);
    walk.tell(closed('task-000001', 'whatsapp', 'sent'));
    expect(madeBy(absent('a2'))).toEqual(['call']);
  });
});
