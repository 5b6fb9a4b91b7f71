// What people's words make of a walk: tasks with the right person, quiet refusals, doubtful opt-outs, storms cut.
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../../shared/domain/alert.ts';
import type { MailEvent, ReplySays } from '../../../../shared/domain/enrollment/event.ts';
import { RINGS_A_DAY_MAX } from '../../../../shared/domain/enrollment/ringing.ts';
import type { Decision } from '../../../../shared/domain/enrollment/turn.ts';
import { DAY, HOUR, instant, MINUTE, plus } from '../../../../shared/domain/instant.ts';
import type { Task } from '../../../../shared/domain/task.ts';
import { aWalk, kindsOf, messageOf } from '../../../support/walks.ts';

const tasksIn = (decision: Decision): readonly Task[] =>
  decision.effects.flatMap((effect) => (effect.kind === 'add-task' ? [effect.task] : []));
const alertsIn = (decision: Decision): readonly Alert[] =>
  decision.effects.flatMap((effect) => (effect.kind === 'raise-alert' ? [effect.alert] : []));

const reply = (says?: ReplySays, name = 'msg1') =>
  ({
    kind: 'replied',
    mail: `mail-${name}`,
    messageId: messageOf(name),
    ...(says ? { says } : {}),
  }) as const satisfies MailEvent;

/** The first letter is out, the follow-up planned. */
function afterFirstLetter() {
  const walk = aWalk();
  walk.enrolled();
  walk.due('c1');
  walk.sent('c1', 0);
  return walk;
}

describe('a reply', () => {
  it.each([
    [undefined, undefined],
    [{ intent: 'interested' }, undefined],
    [{ intent: 'asks' }, undefined],
    [{ intent: 'later', wakeOn: '2027-03-01' }, undefined],
    [{ intent: 'wrong-person' }, undefined],
    [{ intent: 'not-interested' }, 'quiet'],
    // Whoever may want no more mail is looked at now, however they said it.
    [{ intent: 'not-interested', mayOptOut: true }, undefined],
  ] satisfies [ReplySays | undefined, 'quiet' | undefined][])(
    'that says %j stops, and rings with urgency %s',
    (says, urgency) => {
      const walk = afterFirstLetter();
      const decision = walk.tell(reply(says));
      expect(walk.enrollment).toMatchObject({ kind: 'ended', end: { kind: 'stopped', why: 'replied' } });
      expect(alertsIn(decision)).toHaveLength(1);
      expect(alertsIn(decision)[0]).toMatchObject({ kind: 'reply', messageId: 'msg1' });
      expect(alertsIn(decision)[0]?.urgency).toBe(urgency);
    },
  );

  it('that puts it off shows the day beside the task, with their sentence', () => {
    const quote = 'Please write again in March.';
    const decision = afterFirstLetter().tell(reply({ intent: 'later', wakeOn: '2027-03-01', quote }));
    expect(tasksIn(decision)).toMatchObject([{ kind: 'answer', wakeOn: '2027-03-01', quote }]);
  });

  it('that names somebody else makes a task for the first and lists the others', () => {
    const people = [
      { role: 'stand-in', name: 'Rui Costa', address: 'rui@acme.example', phone: '+351912345678' },
      { role: 'stand-in', name: 'Eva Dias', phone: '+351912345679' },
    ] as const;
    const decision = afterFirstLetter().tell(reply({ intent: 'wrong-person', people, quote: 'Ask Rui.' }));
    expect(tasksIn(decision)).toMatchObject([
      { kind: 'answer' },
      {
        kind: 'find-another-way',
        person: 'Rui Costa',
        address: 'rui@acme.example',
        phone: '+351912345678',
        quote: 'Ask Rui.',
        text: 'Eva Dias +351912345679',
      },
    ]);
    // What it makes itself, it must not close.
    const closing = decision.effects.find((effect) => effect.kind === 'close-tasks');
    expect(closing).toMatchObject({ except: tasksIn(decision).map(({ id }) => id) });
  });

  it('that mentions a colleague beside a wish of its own makes no referral', () => {
    const people = [{ role: 'stand-in', name: 'Rui Costa' }] as const;
    const decision = afterFirstLetter().tell(reply({ intent: 'asks', people }));
    expect(tasksIn(decision).map(({ kind }) => kind)).toEqual(['answer']);
  });
});

describe('a doubtful opt-out', () => {
  it('stops and asks, and suppresses nobody', () => {
    const walk = afterFirstLetter();
    const decision = walk.tell(reply({ mayOptOut: true, quote: 'Please remove me, and send the price.' }));
    expect(walk.enrollment).toMatchObject({ end: { why: 'replied' } });
    expect(walk.state.standing).toEqual({ kind: 'open' });
    expect(tasksIn(decision).map(({ kind }) => kind)).toEqual(['answer', 'confirm-opt-out']);
    expect(alertsIn(decision)[0]).toMatchObject({ detail: 'opt-out-doubtful' });
  });

  it('keeps its question open through the next mail, and loses it to a certain opt-out', () => {
    const walk = afterFirstLetter();
    walk.tell(reply({ mayOptOut: true }));
    const next = walk.tell(reply(undefined, 'msg2'));
    const keeps = next.effects.find((effect) => effect.kind === 'close-tasks');
    expect(keeps).toMatchObject({ keep: expect.arrayContaining(['confirm-opt-out']) });
    const final = walk.tell({ kind: 'unsubscribed', mail: 'm3' });
    expect(final.effects).toContainEqual({
      kind: 'close-tasks',
      enrollmentId: walk.enrollment?.id,
      except: [],
    });
  });

  it('is taken back whole when a person reads it as a machine’s note', () => {
    const walk = afterFirstLetter();
    const dueAt = walk.dueAt();
    walk.tell(reply({ mayOptOut: true }));
    const corrected = walk.tell({
      kind: 'reading-corrected',
      was: 'unsubscribe',
      now: { kind: 'auto-replied', mail: 'mail-msg1' },
      messageId: messageOf('msg1'),
    });
    expect(walk.dueAt()).toBe(dueAt);
    expect(corrected.effects).toContainEqual({
      kind: 'close-tasks',
      enrollmentId: walk.enrollment?.id,
      except: [],
      messageId: 'msg1',
    });
  });
});

it('a correction keeps the task that the right reading makes again', () => {
  const walk = afterFirstLetter();
  const [task] = tasksIn(walk.tell(reply()));
  const corrected = walk.tell({
    kind: 'reading-corrected',
    was: 'unknown',
    now: reply(),
    messageId: messageOf('msg1'),
  });
  const closing = corrected.effects.filter((effect) => effect.kind === 'close-tasks');
  expect(closing.every(({ except }) => task !== undefined && except.includes(task.id))).toBe(true);
});

describe('a changed address', () => {
  const changed = {
    kind: 'address-changed',
    mail: 'm1',
    messageId: messageOf('msg1'),
    address: 'ana@new.example',
    quote: 'My new address is ana@new.example.',
  } as const satisfies MailEvent;

  it('is a task, and the sequence goes on to the old one as planned', () => {
    const walk = afterFirstLetter();
    const dueAt = walk.dueAt();
    walk.tell({ kind: 'mail-arrived', mail: 'm1' });
    const decision = walk.tell(changed);
    expect(tasksIn(decision)).toMatchObject([
      { kind: 'new-address', address: 'ana@new.example', quote: changed.quote },
    ]);
    expect(alertsIn(decision)).toEqual([]);
    expect(walk.enrollment).toMatchObject({ kind: 'open', holds: [] });
    expect(walk.dueAt()).toBe(dueAt);
  });

  it('told twice is one task', () => {
    const walk = afterFirstLetter();
    const ids = [walk.tell(changed), walk.tell(changed)].flatMap(tasksIn).map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
  });
});

it('whoever left names the successor in the task, with every way to reach them', () => {
  const walk = afterFirstLetter();
  const decision = walk.tell({
    kind: 'left-company',
    mail: 'm1',
    messageId: messageOf('msg1'),
    successor: { role: 'successor', name: 'Rui Costa', address: 'rui@acme.example', phone: '+351912345678' },
    quote: 'Please write to Rui Costa.',
  });
  expect(walk.enrollment).toMatchObject({ end: { why: 'left-company' } });
  expect(tasksIn(decision)).toMatchObject([
    {
      kind: 'find-another-way',
      person: 'Rui Costa',
      address: 'rui@acme.example',
      phone: '+351912345678',
      quote: 'Please write to Rui Costa.',
    },
  ]);
});

describe('the salesperson’s own answer', () => {
  const writtenAt = instant('2026-11-24T12:00:00Z');
  const answered = { kind: 'answered-by-sender', mail: 'm1', writtenAt, answers: ['a', 'b'] } as const;
  const acknowledges = { kind: 'acknowledge-replies', upTo: writtenAt, answers: ['a', 'b'] };

  it('holds an open walk until a person ends it, and acknowledges what waited', () => {
    const walk = afterFirstLetter();
    const decision = walk.tell(answered);
    expect(decision.effects).toContainEqual(acknowledges);
    expect(walk.enrollment).toMatchObject({ kind: 'open', holds: [{ kind: 'answered-by-sender' }] });
    expect(walk.due('c2').effects).toEqual([]);
  });

  it('acknowledges after the end too, and again when its copy comes twice', () => {
    const walk = afterFirstLetter();
    walk.tell(reply());
    const once = walk.state;
    for (const decision of [walk.tell(answered), walk.tell(answered)])
      expect(kindsOf(decision)).toEqual(['acknowledge-replies']);
    expect(walk.state).toBe(once);
  });
});

describe('the rate of one thread', () => {
  const flood = (walk: ReturnType<typeof aWalk>, from: number, count: number, everyMs = MINUTE) =>
    Array.from({ length: count }, (_, n) => {
      const name = `${from + n}`.padStart(10, 'm');
      return alertsIn(walk.tell(reply(undefined, name), plus(walk.now, everyMs)))[0]?.kind;
    });

  it('rings for each of a lively day’s mails, then once more for all the rest', () => {
    const walk = afterFirstLetter();
    expect(new Set(flood(walk, 0, RINGS_A_DAY_MAX))).toEqual(new Set(['reply']));
    const rest = Array.from({ length: 30 }, (_, n) =>
      walk.tell(reply(undefined, `${100 + n}`.padStart(10, 'm'))),
    );
    expect(new Set(rest.flatMap(alertsIn).map(({ kind }) => kind))).toEqual(new Set(['mail-storm']));
    expect(new Set(rest.flatMap(alertsIn).map(({ id }) => id)).size).toBe(1);
    // Nobody is forgotten in the noise: each still asks for its answer.
    expect(rest.flatMap(tasksIn)).toHaveLength(30);
    expect(JSON.stringify(walk.state).length).toBeLessThan(2_000);
  });

  it('begins anew a day later', () => {
    const walk = afterFirstLetter();
    flood(walk, 0, RINGS_A_DAY_MAX + 5);
    expect(flood(walk, 50, 1, DAY)).toEqual(['reply']);
  });

  it('counts the same mail once, however often it is delivered', () => {
    const walk = afterFirstLetter();
    walk.tell(reply(undefined, 'once'));
    const state = walk.state;
    for (let n = 0; n < RINGS_A_DAY_MAX * 2; n++) {
      const again = walk.tell(reply(undefined, 'once'), plus(walk.now, MINUTE));
      expect(alertsIn(again)[0]?.kind).toBe('reply');
    }
    expect(walk.state).toBe(state);
    expect(flood(walk, 0, 1)).toEqual(['reply']);
  });

  it('counts unverified mails too', () => {
    const walk = afterFirstLetter();
    const kinds = Array.from({ length: RINGS_A_DAY_MAX + 3 }, (_, n) => {
      const messageId = messageOf(`${n}`.padStart(10, 'm'));
      const told = walk.tell(
        { kind: 'mail-unverified', mail: `m${n}`, messageId },
        plus(walk.now, HOUR / 60),
      );
      return alertsIn(told)[0]?.kind;
    });
    expect(kinds.filter((kind) => kind === 'unverified')).toHaveLength(RINGS_A_DAY_MAX);
    expect(kinds.at(-1)).toBe('mail-storm');
  });
});
