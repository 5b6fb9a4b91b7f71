/**
 * The send protocol as transitions: due → claimed → sent, released, refused or unknown. The order of the calls
 * around it (prepare, claim, gates, one SES call, mark) is `shared/send-letter.ts`.
 */
import type { Alert } from '../alert.ts';
import type { Reason } from '../because.ts';
import { type AlertId, type ClaimId, derivedId } from '../ids.ts';
import { DAY, type Instant, latest, MINUTE, minuteName, msBetween, plus } from '../instant.ts';
import { nextStep } from '../sequence.ts';
import type { Task } from '../task.ts';
import type { Effect } from './effect.ts';
import type { PersonEvent, SendingEvent } from './event.ts';
import { fullFor, isOpenAt, planNext, planSoonest, planStep, rulesOf, settle, timer } from './planning.ts';
import type {
  ContactState,
  Enrollment,
  OpenEnrollment,
  PlannedLetter,
  SendingLetter,
  SentLetter,
} from './state.ts';
import { stepTask } from './step-task.ts';
import { applied, ended, ignored, newTask, type Plan, type Turn } from './turn.ts';
import { isUndated } from './wake.ts';

/** The cap: whatever the campaigns, one person gets at most one letter in this time. */
export const CAP_MS = DAY;
/** A timer that fires this late still belongs to its window; later, the step is planned anew. */
export const WINDOW_GRACE_MS = 15 * MINUTE;

type Of<Kind extends SendingEvent['kind']> = Extract<SendingEvent, { kind: Kind }>;

export function stepDue(state: ContactState, event: Of<'step-due'>, now: Instant, plan: Plan): Turn {
  const walk = state.enrollment;
  if (walk?.kind !== 'open') return ignored(state, { rule: 'meanwhile-ended' });
  const { letter } = walk;
  if (letter.kind !== 'planned')
    return ignored(state, { rule: 'already-sending', args: { step: letter.step } });
  const holding = walk.holds.find(isUndated);
  if (holding) return ignored(state, { rule: 'held', args: { hold: holding.kind } });
  if (letter.step !== event.step || minuteName(letter.dueAt) !== event.minute) {
    return ignored(state, { rule: 'stale-timer' }, [timer(walk.id, letter)]);
  }
  if (now < letter.dueAt) {
    return ignored(
      state,
      { rule: 'timer-early', args: { due: letter.dueAt } },
      [timer(walk.id, letter)],
      'too-early',
    );
  }
  return dueNow(state, walk, letter, event.claim, now, plan);
}

function dueNow(
  state: ContactState,
  walk: OpenEnrollment,
  letter: PlannedLetter,
  claim: ClaimId,
  now: Instant,
  plan: Plan,
): Turn {
  const postponed = (from: Instant, why: Reason): Turn => {
    const later = planStep(walk.id, letter.step, from, plan);
    return applied(state, { ...walk, letter: later.letter }, [why, ...later.reasons], later.effects);
  };
  const until = walk.holds.reduce<Instant>((at, hold) => latest(at, hold.until ?? at), now);
  if (until > now) return postponed(until, { rule: 'held', args: { hold: 'absence' } });

  const isLate = msBetween(letter.dueAt, now) > WINDOW_GRACE_MS;
  if (isLate && !isOpenAt(plan, letter.step, now)) {
    const { window } = rulesOf(plan.steps, letter.step, plan.overrides);
    return postponed(now, { rule: 'outside-window', args: { window: `${window.from}–${window.to}` } });
  }
  // On time it goes by the place that it has; what is late must not bunch up with what is due now.
  const full = isLate ? fullFor(plan, letter.step, now) : undefined;
  if (full) return postponed(now, full);
  const lapsed: Reason[] = walk.holds.map((hold) => ({ rule: 'hold-lapsed', args: { hold: hold.kind } }));
  const free: OpenEnrollment = { ...walk, holds: [] };
  const step = plan.steps[letter.step];
  if (step?.kind === 'task') return taskDue({ ...state, enrollment: free }, free, letter, lapsed, now, plan);

  const capEnds = state.lastClaimAt && plus(state.lastClaimAt, CAP_MS);
  if (capEnds && capEnds > now) return postponed(capEnds, { rule: 'cap-24-hours' });

  const sending: SendingLetter = {
    kind: 'sending',
    step: letter.step,
    claim,
    claimedAt: now,
    firstDueAt: letter.firstDueAt ?? letter.dueAt,
    ...(state.lastClaimAt ? { capBefore: state.lastClaimAt } : {}),
  };
  return applied(
    { ...state, lastClaimAt: now },
    { ...free, letter: sending },
    [...lapsed, { rule: 'claimed', args: { step: letter.step } }],
    [{ kind: 'send-letter', enrollmentId: walk.id, step: letter.step, claim, claimedAt: now }],
  );
}

/** A task step puts its task instead of a letter and goes on; the delay counts from the last letter. */
function taskDue(
  state: ContactState,
  walk: OpenEnrollment,
  letter: PlannedLetter,
  lapsed: readonly Reason[],
  now: Instant,
  plan: Plan,
): Turn {
  const step = plan.steps[letter.step];
  if (step?.kind !== 'task') throw new Error(`Step ${letter.step} is no task step`);
  const { effects, reasons } = stepTask(state, walk, { ...step, index: letter.step }, now, plan);
  const lastLetterAt = walk.sent.at(-1)?.at ?? now;
  const next = advance(state, walk, letter.step + 1, lastLetterAt, now, plan);
  return {
    ...next,
    reasons: [...lapsed, ...reasons, ...next.reasons],
    effects: [...effects, ...next.effects],
  };
}

const hasSent = (walk: OpenEnrollment, step: number): boolean => walk.sent.some((one) => one.step === step);

/** To the next step of which no evidence says that it went already, or to the end where there is none. */
export function advance(
  state: ContactState,
  walk: OpenEnrollment,
  after: number,
  from: Instant,
  now: Instant,
  plan: Plan,
): Turn {
  const step = nextStep(plan.steps, after, plan.who?.grade, (index) => hasSent(walk, index));
  const next = step < 0 ? undefined : planNext(walk.id, step, from, now, plan);
  if (!next) {
    const through: OpenEnrollment = { ...walk, letter: { kind: 'planned', step: after, dueAt: now } };
    return applied(state, ended(through, 'finished', now), [{ rule: 'finished' }]);
  }
  const { wasAbsent: _, ...rest } = walk;
  const planned: OpenEnrollment = { ...rest, letter: next.letter };
  // An undated hold keeps the moment but sets no timer; a dated one moves it.
  const settled = settle(planned, next.letter.dueAt, plan);
  return applied(state, settled.walk, [...next.reasons, ...settled.reasons], settled.effects);
}

/** Gives a claim back after a definite no; the cap forgets it. Only the claim's own run may. */
export function release(
  state: ContactState,
  event: Of<'gate-closed' | 'claim-expired' | 'send-refused'>,
  now: Instant,
  plan: Plan,
): Turn {
  const walk = state.enrollment;
  const letter = walk?.letter;
  if (!walk || letter?.kind !== 'sending' || letter.claim !== event.claim) {
    return ignored(state, { rule: 'stale-timer' });
  }
  const why = releaseReason(event);
  const uncapped = withCap(state, letter.capBefore);
  if (walk.kind === 'ended') {
    const { letter: _, ...rest } = walk;
    return applied(uncapped, rest, [why]);
  }
  // An earlier claim of this step was given up, and turns out to have gone: nothing is left to send.
  const went = walk.sent.findLast((one) => one.step === letter.step);
  if (went) {
    const next = advance(uncapped, walk, letter.step + 1, went.at, now, plan);
    return { ...next, reasons: [why, ...next.reasons] };
  }
  const retryAt = event.kind === 'claim-expired' ? now : event.retryAt;
  const again = planSoonest(walk.id, letter.step, retryAt, plan);
  const waiting: PlannedLetter =
    event.kind === 'gate-closed' ? { ...again.letter, firstDueAt: letter.firstDueAt } : again.letter;
  const settled = settle({ ...walk, letter: waiting }, again.letter.dueAt, plan);
  return applied(uncapped, settled.walk, [why, ...again.reasons, ...settled.reasons], settled.effects);
}

function releaseReason(event: Of<'gate-closed' | 'claim-expired' | 'send-refused'>): Reason {
  switch (event.kind) {
    case 'gate-closed':
      return { rule: 'gate-closed', args: { gate: event.gate } };
    case 'claim-expired':
      return { rule: 'claim-too-old' };
    case 'send-refused':
      return { rule: 'send-refused', args: { why: event.why } };
  }
}

function withCap(state: ContactState, before: Instant | undefined): ContactState {
  const { lastClaimAt: _, ...rest } = state;
  return before ? { ...rest, lastClaimAt: before } : rest;
}

/** SES refused this very letter: the same words would be refused again. */
export function sendFailed(state: ContactState, event: Of<'send-failed'>, now: Instant): Turn {
  const walk = state.enrollment;
  const letter = walk?.letter;
  const why: Reason = { rule: 'send-failed', args: { why: event.why } };
  if (walk?.sent.some((one) => one.sesId !== undefined && one.sesId === event.sesId)) {
    return droppedBySes(state, walk, event, now, why);
  }
  if (!walk || letter?.kind !== 'sending' || letter.claim !== event.claim) {
    return ignored(state, { rule: 'stale-timer' });
  }
  const uncapped = withCap(state, letter.capBefore);
  const { letter: _, ...rest } = walk;
  if (walk.kind === 'ended') return applied(uncapped, rest as typeof walk, [why]);
  const unsent: OpenEnrollment = { ...walk, letter: { kind: 'planned', step: letter.step, dueAt: now } };
  return applied(uncapped, ended(unsent, 'failed', now), [why], failureEffects(state, walk, event, now));
}

/** Taken, marked as sent, and then found to be harmful: it never arrives, so nothing may follow up on it. */
function droppedBySes(
  state: ContactState,
  walk: Enrollment,
  event: Of<'send-failed'>,
  now: Instant,
  why: Reason,
): Turn {
  const isDone = walk.kind === 'ended' && walk.end.kind === 'stopped';
  if (isDone) return ignored(state, { rule: 'meanwhile-ended' });
  const failed: Enrollment =
    walk.kind === 'open' ? ended(walk, 'failed', now) : { ...walk, end: { kind: 'stopped', why: 'failed' } };
  return applied(state, failed, [why], failureEffects(state, walk, event, now));
}

function failureEffects(
  state: ContactState,
  walk: Enrollment,
  event: Of<'send-failed'>,
  now: Instant,
): readonly Effect[] {
  const cause = `failed-${event.claim}`;
  const task = newTask(walk, state, now, { kind: 'find-another-way', cause, dueAt: now });
  return [
    { kind: 'close-tasks', enrollmentId: walk.id, except: [task.id] },
    { kind: 'add-task', task },
    { kind: 'raise-alert', alert: sendingAlert(state, 'letter-failed', event.claim, now, event.why) },
  ];
}

export function sendUnknown(state: ContactState, event: Of<'send-unknown'>, now: Instant): Turn {
  const letter = state.enrollment?.letter;
  if (letter?.kind !== 'sending' || letter.claim !== event.claim)
    return ignored(state, { rule: 'stale-timer' });
  return toUnknown(state, letter, now, { rule: 'send-unknown' });
}

export function toUnknown(state: ContactState, letter: SendingLetter, now: Instant, why: Reason): Turn {
  const { step, claim, claimedAt } = letter;
  const unknown = { kind: 'unknown', step, claim, claimedAt, since: now } as const;
  const walk = state.enrollment;
  if (!walk) return ignored(state, { rule: 'stale-timer' });
  return applied(state, { ...walk, letter: unknown }, [why]);
}

/** Any reporter's "it went": marks once, plans the next step, and notices a double. */
/** This very acceptance is recorded: hearing of it again moves nothing, whatever the plan says. */
export const isMarked = ({ sent }: Enrollment, { sesId }: Pick<Of<'step-sent'>, 'sesId'>): boolean =>
  sent.some((one) => one.sesId === sesId);

export function stepSent(state: ContactState, event: Of<'step-sent'>, now: Instant, plan: Plan): Turn {
  const walk = state.enrollment;
  if (!walk) return ignored(state, { rule: 'meanwhile-ended' });
  if (isMarked(walk, event)) return ignored(state, { rule: 'sent', args: { step: event.step } });
  const { letter } = walk;
  const isMine = letter?.kind !== 'planned' && letter?.claim === event.claim;
  // A letter that was planned anew (a person said "send again") but then turns out to have gone.
  const isLateNews = letter?.kind === 'planned' && letter.step === event.step;
  const at = isMine ? letter.claimedAt : now;
  const sent: SentLetter = { step: event.step, at, sesId: event.sesId };
  const record: Effect = {
    kind: 'record-sent',
    enrollmentId: walk.id,
    step: event.step,
    sesId: event.sesId,
    at,
  };
  const vouched = walk.sent.findIndex((one) => one.step === event.step && one.sesId === undefined);
  if (vouched >= 0) {
    // A person had said that it went: this is the proof of that very letter, not a second one.
    const proven = walk.sent.with(vouched, { ...sent, at: walk.sent[vouched]?.at ?? at });
    return applied(
      state,
      { ...walk, sent: proven },
      [{ rule: 'sent', args: { step: event.step } }],
      [record],
    );
  }
  const doubled: Effect[] = walk.sent.some((one) => one.step === event.step)
    ? [{ kind: 'raise-alert', alert: sendingAlert(state, 'sent-twice', event.sesId, now) }]
    : [];
  const reason: Reason = { rule: doubled.length ? 'sent-twice' : 'sent', args: { step: event.step } };
  const effects = [record, ...doubled];

  if (walk.kind === 'ended') {
    const { letter: pending, ...rest } = walk;
    const kept = isMine || !pending ? {} : { letter: pending };
    return applied(state, { ...rest, ...kept, sent: [...walk.sent, sent] }, [reason], effects);
  }
  const marked: OpenEnrollment = { ...walk, sent: [...walk.sent, sent] };
  if (!isMine && !isLateNews) return applied(state, marked, [reason], effects);
  const next = advance(state, marked, event.step + 1, at, now, plan);
  return { ...next, reasons: [reason, ...next.reasons], effects: [...effects, ...next.effects] };
}

/** The question that only a person can answer: did this claim's letter go? */
export const decideTask = (walk: Enrollment, state: ContactState, claim: ClaimId, now: Instant): Task =>
  newTask(walk, state, now, { kind: 'decide', cause: claim, dueAt: now });

/** A person knows what SES did not say. */
export function decided(
  state: ContactState,
  { decision, claim }: Extract<PersonEvent, { kind: 'decided' }>,
  now: Instant,
  plan: Plan,
): Turn {
  const walk = state.enrollment;
  const letter = walk?.letter;
  const isAsked = letter?.kind === 'unknown' && letter.claim === claim;
  if (walk?.kind !== 'open' || !isAsked) return ignored(state, { rule: 'stale-timer' });
  const closed: Effect = { kind: 'close-tasks', enrollmentId: walk.id, except: [] };
  if (decision === 'it-went') {
    const marked: OpenEnrollment = {
      ...walk,
      sent: [...walk.sent, { step: letter.step, at: letter.claimedAt }],
    };
    const next = advance(state, marked, letter.step + 1, letter.claimedAt, now, plan);
    const reason: Reason = { rule: 'confirmed-sent', args: { step: letter.step } };
    return { ...next, reasons: [reason, ...next.reasons], effects: [closed, ...next.effects] };
  }
  const went = walk.sent.findLast((one) => one.step === letter.step);
  if (went) {
    // The person cannot know yet what SES has told meanwhile: an earlier claim of this step did go.
    const next = advance(state, walk, letter.step + 1, went.at, now, plan);
    const known: Reason = { rule: 'sent', args: { step: letter.step } };
    return { ...next, reasons: [known, ...next.reasons], effects: [closed, ...next.effects] };
  }
  // The person's word frees the cap too: the claim it counts was this very letter's.
  const again = planSoonest(walk.id, letter.step, now, plan);
  const settled = settle({ ...walk, letter: again.letter }, again.letter.dueAt, plan);
  const reason: Reason = { rule: 'send-again', args: { step: letter.step } };
  return applied(
    withCap(state, undefined),
    settled.walk,
    [reason, ...again.reasons],
    [closed, ...settled.effects],
  );
}

export function sendingAlert(
  state: ContactState,
  kind: 'letter-failed' | 'sent-twice' | 'needs-decision',
  cause: string,
  now: Instant,
  detail?: string,
): Alert {
  const walk = state.enrollment;
  return {
    id: derivedId('alert', kind, walk?.id ?? state.contactId, cause) as AlertId,
    kind,
    at: now,
    contactId: state.contactId,
    ...(walk ? { enrollmentId: walk.id, campaignId: walk.campaignId, senderId: walk.senderId } : {}),
    ...(detail === undefined ? {} : { detail }),
    delivered: {},
  };
}
