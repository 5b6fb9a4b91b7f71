/** What came back: every mail first holds (`mail-arrived`), and its reading turns the hold into what it means. */
import type { Bounce } from '../../inbound/reading.ts';
import type { Reason } from '../because.ts';
import { DAY, type Instant, latest, plus } from '../instant.ts';
import type { Fate } from '../sending-health.ts';
import type { Task } from '../task.ts';
import { afterAbsence, isBelievableReturn, localDate, planTouch } from '../time/plan.ts';
import type { Effect } from './effect.ts';
import type { MailEvent, QuotedPhone } from './event.ts';
import { settle } from './planning.ts';
import { ringFor, rung } from './ringing.ts';
import type {
  ContactState,
  Enrollment,
  Hold,
  OpenEnrollment,
  StopReason,
  SuppressionReason,
} from './state.ts';
import { hasUnansweredWhatsapp, isFull } from './touches.ts';
import { applied, ended, ignored, newTask, type Plan, type Turn } from './turn.ts';

type Of<Kind extends MailEvent['kind']> = Extract<MailEvent, { kind: Kind }>;

/** An absence without a believable date is looked at again after a week. */
export const UNDATED_ABSENCE_MS = 7 * DAY;
const ABSENCE_HOLD = 'absence';

export const mailHold = (mail: string): string => `mail:${mail}`;

export function mailArrived(state: ContactState, event: Of<'mail-arrived'>, now: Instant): Turn {
  const walk = state.enrollment;
  const id = mailHold(event.mail);
  if (walk?.kind !== 'open') return ignored(state, { rule: 'meanwhile-ended' });
  if (walk.holds.some((hold) => hold.id === id))
    return ignored(state, { rule: 'held', args: { hold: 'inbound' } });
  const hold: Hold = { id, kind: 'inbound', since: now };
  return applied(state, { ...walk, holds: [...walk.holds, hold] }, [{ rule: 'mail-arrived' }]);
}

/** The mail says nothing that concerns the sequence: its hold ends and the letter goes as planned. */
export function noted(state: ContactState, mail: string, now: Instant, plan: Plan, why: Reason): Turn {
  const walk = state.enrollment;
  if (walk?.kind !== 'open' || !walk.holds.some((hold) => hold.id === mailHold(mail)))
    return ignored(state, why);
  const free = settle(withoutHold(walk, mail), now, plan);
  return applied(state, free.walk, [why, ...free.reasons], free.effects);
}

/** An answer sharpens `finished`; any other end stands, and the reply still rings. */
export function stopped(
  state: ContactState,
  why: StopReason,
  now: Instant,
  effects: readonly Effect[],
  reason: Reason,
): Turn {
  const walk = state.enrollment;
  if (walk?.kind === 'open') return applied(state, ended(walk, why, now), [reason], effects);
  if (walk?.end.kind === 'finished') {
    return applied(state, { ...walk, end: { kind: 'stopped', why } }, [reason], effects);
  }
  return ignored(state, { rule: 'meanwhile-ended' }, effects);
}

export function absent(state: ContactState, event: Of<'absent'>, now: Instant, plan: Plan): Turn {
  const walk = state.enrollment;
  if (!walk) return ignored(state, { rule: 'meanwhile-ended' });
  const { until, reason } = absenceEnd(event, now, plan);
  const tasks = absenceTasks(state, walk, event, until, now, plan);
  const effects = tasks.map((task): Effect => ({ kind: 'add-task', task }));
  const made = tasks.map((task): Reason => ({ rule: 'task-made', args: { task: task.kind } }));
  if (walk.kind === 'ended') {
    // Nothing is left to hold; the phone number is still worth a task, unless they were lost to us.
    const isWorthIt = walk.end.kind === 'finished';
    return ignored(state, reason, isWorthIt ? effects : []);
  }
  const others = walk.holds.filter((hold) => hold.id !== mailHold(event.mail) && hold.id !== ABSENCE_HOLD);
  const before = walk.holds.find((hold) => hold.id === ABSENCE_HOLD)?.until;
  const hold: Hold = {
    id: ABSENCE_HOLD,
    kind: 'absence',
    since: now,
    until: before ? latest(before, until) : until,
  };
  const held: OpenEnrollment = { ...walk, holds: [...others, hold], wasAbsent: true };
  const settled = settle(held, now, plan);
  return applied(
    state,
    settled.walk,
    [reason, ...settled.reasons, ...made],
    [...effects, ...settled.effects],
  );
}

function absenceEnd(event: Of<'absent'>, now: Instant, plan: Plan): { until: Instant; reason: Reason } {
  const { returnOn } = event.absence;
  const undated = plus(now, UNDATED_ABSENCE_MS);
  if (!returnOn) return { until: undated, reason: { rule: 'absent-undated', args: { until: undated } } };
  if (!isBelievableReturn(returnOn, localDate(plan.calendar.zone, now))) {
    return { until: undated, reason: { rule: 'absence-not-believed', args: { until: returnOn } } };
  }
  const until = afterAbsence(plan.calendar, returnOn);
  return { until, reason: { rule: 'absent', args: { until: returnOn } } };
}

/** At most one task per note: the contact's own number first, else a stand-in's, else a date to be checked. */
function absenceTasks(
  state: ContactState,
  walk: Enrollment,
  event: Of<'absent'>,
  until: Instant,
  now: Instant,
  plan: Plan,
): readonly Task[] {
  const { absence, messageId } = event;
  const byUrgency = [...event.phones].sort((a, b) => Number(b.urgent) - Number(a.urgent));
  const own = byUrgency.find((phone) => phone.owner === 'contact');
  const phone: QuotedPhone | undefined = own ?? byUrgency[0];
  const touch = (earliest: Instant): Instant =>
    planTouch({ calendar: plan.calendar, earliest, senderZone: plan.senderZone }).at;
  if (!phone) {
    const isDoubtful =
      absence.returnOn && !isBelievableReturn(absence.returnOn, localDate(plan.calendar.zone, now));
    if (!isDoubtful) return [];
    return [
      newTask(walk, state, now, {
        kind: 'check-date',
        cause: messageId,
        dueAt: touch(now),
        messageId,
        quote: event.quote,
      }),
    ];
  }
  // A stand-in answers a question of ours; the contact's own number is one touch more.
  if (own && isFull(state, now, plan)) return [];
  // Travelling, or asked to call: now, in their daytime. On leave: nobody is disturbed before the return.
  const isReachable = absence.reason === 'trip' || absence.invitesContact || !own;
  const mayChat = own && own.type !== 'fixed' && !hasUnansweredWhatsapp(state);
  const kind = mayChat ? 'whatsapp' : 'call';
  return [
    newTask(walk, state, now, {
      kind,
      cause: messageId,
      dueAt: touch(isReachable ? now : until),
      phone: phone.e164,
      person: own ? undefined : (phone.name ?? phone.owner),
      messageId,
      quote: phone.quote,
    }),
  ];
}

export function unsubscribed(state: ContactState, now: Instant): Turn {
  return suppressed(state, 'unsubscribed', 'unsubscribed', now, { rule: 'unsubscribed' });
}

export function complained(state: ContactState, now: Instant): Turn {
  const turn = suppressed(state, 'complained', 'complained', now, { rule: 'complained' });
  return turn.answer === 'ignored'
    ? turn
    : { ...turn, effects: [...turn.effects, ...fateOf(state, 'complained', now)] };
}

/** Permanent bounces stop and suppress; the rest is noted, because SES reports holidays as bounces too. */
export function bounced(state: ContactState, event: Of<'bounced'>, now: Instant, plan: Plan): Turn {
  if (event.bounce.class !== 'permanent') return bounceNoted(state, event.bounce, event.mail, now, plan);
  const walk = state.enrollment;
  const reason: Reason = { rule: 'bounced', args: { step: event.bounce.status ?? 'permanent' } };
  const turn = suppressed(state, 'bounced', 'bounced', now, reason);
  if (!walk || turn.answer === 'ignored') return turn;
  const task = newTask(walk, state, now, { kind: 'find-another-way', cause: 'bounced', dueAt: now });
  const effects: Effect[] = [
    { kind: 'close-tasks', enrollmentId: walk.id, except: [task.id] },
    { kind: 'add-task', task },
    ...fateOf(state, 'bounced', now),
  ];
  return { ...turn, effects };
}

function fateOf({ enrollment: walk }: ContactState, fate: Fate, at: Instant): readonly Effect[] {
  return walk ? [{ kind: 'note-fate', senderId: walk.senderId, enrollmentId: walk.id, fate, at }] : [];
}

function bounceNoted(
  state: ContactState,
  bounce: Bounce,
  mail: string | undefined,
  now: Instant,
  plan: Plan,
): Turn {
  const why: Reason = { rule: 'bounce-noted', args: { bounce: bounce.class } };
  return mail ? noted(state, mail, now, plan, why) : ignored(state, why);
}

/** Stops whatever is open and never writes again, in any campaign. */
export function suppressed(
  state: ContactState,
  why: SuppressionReason,
  stop: StopReason,
  now: Instant,
  reason: Reason,
): Turn {
  const walk = state.enrollment;
  const isKnown = state.standing.kind === 'suppressed';
  if (isKnown && walk?.kind !== 'open') return ignored(state, reason);
  const standing = isKnown ? state.standing : ({ kind: 'suppressed', why, since: now } as const);
  const closed: Effect[] = walk ? [{ kind: 'close-tasks', enrollmentId: walk.id, except: [] }] : [];
  const end = walk?.kind === 'open' ? ended(walk, stop, now) : sharpened(walk, stop);
  return applied({ ...state, standing }, end, [reason], closed);
}

const sharpened = (walk: Enrollment | undefined, why: StopReason): Enrollment | undefined =>
  walk?.kind === 'ended' && walk.end.kind === 'finished' ? { ...walk, end: { kind: 'stopped', why } } : walk;

/** Their replies so far have an answer, and no follow-up goes into a conversation that a person is having. */
export function answeredBySender(state: ContactState, event: Of<'answered-by-sender'>, now: Instant): Turn {
  const walk = state.enrollment;
  const { writtenAt: upTo = now, answers = [] } = event;
  const given: Effect = { kind: 'acknowledge-replies', upTo, answers };
  if (walk?.kind !== 'open') return ignored(state, { rule: 'meanwhile-ended' }, [given]);
  const id = `answered:${event.mail}`;
  if (walk.holds.some((hold) => hold.id === id))
    return ignored(state, { rule: 'answered-by-sender' }, [given]);
  const others = withoutHold(walk, event.mail).holds;
  const holds: Hold[] = [...others, { id, kind: 'answered-by-sender', since: now }];
  return applied(state, { ...walk, holds }, [{ rule: 'answered-by-sender' }], [given]);
}

/** Nothing vouches for the writer: the hold stays, but as one that waits for a person, not for a reader. */
export function unverified(state: ContactState, event: Of<'mail-unverified'>, now: Instant): Turn {
  const quiet = event.isQuiet ? { urgency: 'quiet' as const } : {};
  const ring = ringFor(state, { kind: 'unverified', messageId: event.messageId, ...quiet }, now);
  const walk = state.enrollment;
  if (walk?.kind !== 'open') return rung(ignored(state, { rule: 'meanwhile-ended' }, ring.effects), ring);
  const id = mailHold(event.mail);
  const reason: Reason = { rule: 'held', args: { hold: 'unverified mail' } };
  // Every mail holds before it is looked at. A hold that is gone was lifted by the person who has read it meanwhile.
  if (!walk.holds.some((hold) => hold.id === id)) return rung(ignored(state, reason, ring.effects), ring);
  const others = withoutHold(walk, event.mail).holds;
  const holds: Hold[] = [...others, { id, kind: 'person', since: now }];
  return rung(applied(state, { ...walk, holds }, [reason], ring.effects), ring);
}

const withoutHold = (walk: OpenEnrollment, mail: string): OpenEnrollment => ({
  ...walk,
  holds: walk.holds.filter((hold) => hold.id !== mailHold(mail)),
});
