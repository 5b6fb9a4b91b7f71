/** What people and their machines say that gives the salesperson work: answers, referrals, changed addresses. */
import type { Person } from '../../inbound/reading.ts';
import type { Reason } from '../because.ts';
import { derivedId, type EnrollmentId, type MessageId, type TaskId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { Task, TaskKind } from '../task.ts';
import type { Effect } from './effect.ts';
import type { MailEvent, ReplySays } from './event.ts';
import { noted, stopped } from './mails.ts';
import { ringFor, rung } from './ringing.ts';
import type { ContactState, Enrollment } from './state.ts';
import { ignored, newTask, type Plan, type Turn } from './turn.ts';

type Of<Kind extends MailEvent['kind']> = Extract<MailEvent, { kind: Kind }>;

/** Questions that the next mail does not answer. */
const KEPT: readonly TaskKind[] = ['confirm-opt-out', 'new-address', 'next-step'];
/** A referral names one person, seldom two. */
const PEOPLE_MAX = 3;

/** A human being is waiting: everything stops, and the salesperson is called. "Not interested" waits for nobody. */
export function replied(state: ContactState, event: Of<'replied'>, now: Instant): Turn {
  const walk = state.enrollment;
  if (!walk) return ignored(state, { rule: 'meanwhile-ended' });
  const { messageId, says = {} } = event;
  const about = { cause: messageId, dueAt: now, messageId };
  const tasks: Task[] = [
    newTask(walk, state, now, { kind: 'answer', ...about, quote: says.quote, wakeOn: says.wakeOn }),
    ...referred(walk, state, event, now),
  ];
  if (says.mayOptOut)
    tasks.push(newTask(walk, state, now, { kind: 'confirm-opt-out', ...about, quote: says.quote }));
  const ring = ringFor(state, { kind: 'reply', messageId, ...mannerOf(says) }, now);
  const effects: Effect[] = [
    { kind: 'close-tasks', enrollmentId: walk.id, except: tasks.map(({ id }) => id), keep: KEPT },
    ...tasks.map((task): Effect => ({ kind: 'add-task', task })),
    // A challenge is a machine's question: nobody of the company has said anything.
    ...(event.isMachine
      ? []
      : [{ kind: 'hold-company', enrollmentId: walk.id, messageId, at: now } as const]),
    ...ring.effects,
  ];
  return rung(stopped(state, 'replied', now, effects, { rule: 'replied' }), ring);
}

/** The task that the reply with this message made: whoever has its alert finds it. */
export const answerTaskId = (walk: EnrollmentId, messageId: MessageId): TaskId =>
  derivedId('task', walk, 'answer', messageId) as TaskId;

function mannerOf(says: ReplySays): { readonly urgency?: 'quiet'; readonly detail?: string } {
  // Whoever may want no more mail is asked about at once: the next letter would be one too many.
  if (says.mayOptOut) return { detail: 'opt-out-doubtful' };
  if (says.intent === 'not-interested') return { urgency: 'quiet', detail: says.intent };
  return says.intent && says.intent !== 'other' ? { detail: says.intent } : {};
}

/** "You should write to my colleague": the one they name, and whoever else stands beside. */
function referred(
  walk: Enrollment,
  state: ContactState,
  { messageId, says }: Of<'replied'>,
  now: Instant,
): readonly Task[] {
  const [first, ...others] = (says?.people ?? []).slice(0, PEOPLE_MAX);
  if (says?.intent !== 'wrong-person' || !first) return [];
  const text = others.map(inOneLine).join('; ');
  return [
    newTask(walk, state, now, {
      kind: 'find-another-way',
      cause: messageId,
      dueAt: now,
      messageId,
      ...reachOf(first),
      quote: says.quote,
      text: text === '' ? undefined : text,
    }),
  ];
}

const reachOf = (person: Person | undefined) => ({
  person: person?.name ?? person?.address,
  phone: person?.phone,
  address: person?.address,
});

const inOneLine = ({ name, address, phone }: Person): string =>
  [name, address && `<${address}>`, phone].filter(Boolean).join(' ');

export function leftCompany(state: ContactState, event: Of<'left-company'>, now: Instant): Turn {
  const walk = state.enrollment;
  if (!walk) return ignored(state, { rule: 'meanwhile-ended' });
  const { successor, messageId, quote } = event;
  const task = newTask(walk, state, now, {
    kind: 'find-another-way',
    cause: messageId,
    dueAt: now,
    messageId,
    ...reachOf(successor),
    quote,
  });
  const effects: Effect[] = [
    { kind: 'close-tasks', enrollmentId: walk.id, except: [task.id], keep: KEPT },
    { kind: 'add-task', task },
  ];
  return stopped(state, 'left-company', now, effects, { rule: 'left-company' });
}

/** The old address may still be read, so the sequence goes on; the new one is a person's to take up. */
export function addressChanged(
  state: ContactState,
  event: Of<'address-changed'>,
  now: Instant,
  plan: Plan,
): Turn {
  const { mail, messageId, address, quote } = event;
  const reason: Reason = { rule: 'address-changed' };
  const turn = noted(state, mail, now, plan, reason);
  const walk = state.enrollment;
  if (!walk) return turn;
  const task = newTask(walk, state, now, {
    kind: 'new-address',
    cause: messageId,
    dueAt: now,
    messageId,
    address,
    quote,
  });
  return { ...turn, effects: [{ kind: 'add-task', task }, ...turn.effects] };
}
