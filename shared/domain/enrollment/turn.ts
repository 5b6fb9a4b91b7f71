/** What `decide` is given beside the state, what it answers, and the few moves that every rule makes. */
import type { Because, Reason } from '../because.ts';
import type { Grade } from '../contact.ts';
import { derivedId, type EnrollmentId, type MessageId, type TaskId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { PlaceLimits, Places } from '../place.ts';
import type { Step } from '../sequence.ts';
import type { Task, TaskKind } from '../task.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Duty } from '../time/duty.ts';
import type { StepRules } from '../time/rules.ts';
import type { Effect } from './effect.ts';
import type { ContactState, EndedEnrollment, Enrollment, OpenEnrollment, StopReason } from './state.ts';

/** What planning needs to know about the world, gathered before: the rules stay pure. */
export type Plan = {
  readonly steps: readonly Step[];
  readonly calendar: Calendar;
  readonly senderZone: string;
  /** Whom the steps are for; absent: nothing is known of them. */
  readonly who?: { readonly grade?: Grade; readonly phones: readonly string[]; readonly country?: string };
  /** Each letter waits until a person has approved it. */
  readonly wantsApproval?: true;
  /** Somebody gave a reason to touch these people more often than the ledger allows. */
  readonly mayPester?: true;
  /** The sender's week; without it no rule can ask for somebody on duty. */
  readonly duty?: Duty;
  /** What the campaign says of all its steps. */
  readonly overrides?: Partial<StepRules>;
  /** How many letters the sender's days and hours take; without it nothing is reserved. */
  readonly limits?: PlaceLimits;
  /** The sender's places as far as they were looked at; without them every moment has one. */
  readonly places?: Places;
};

/**
 * `applied`: the state changed. `ignored`: stale or duplicate; its effects make sure that the right timer is set.
 * `too-early`: the timer overtook its moment and is set again.
 */
export type Answer = 'applied' | 'ignored' | 'too-early';

export type Decision = {
  readonly answer: Answer;
  readonly state: ContactState;
  readonly effects: readonly Effect[];
  readonly because: readonly Because[];
};

/** A decision before its reasons are dated. */
export type Turn = {
  readonly answer: Answer;
  readonly state: ContactState;
  readonly effects: readonly Effect[];
  readonly reasons: readonly Reason[];
};

export const ignored = (
  state: ContactState,
  reason: Reason,
  effects: readonly Effect[] = [],
  answer: 'ignored' | 'too-early' = 'ignored',
): Turn => ({ answer, state, effects, reasons: [reason] });

export const applied = (
  state: ContactState,
  enrollment: Enrollment | undefined,
  reasons: readonly Reason[],
  effects: readonly Effect[] = [],
): Turn => ({
  answer: 'applied',
  state: enrollment ? { ...state, enrollment } : state,
  effects,
  reasons,
});

/** Ends a walk; a letter whose fate is open stays beside the end, so that its mark still finds it. */
export function ended(walk: OpenEnrollment, why: StopReason | 'finished', now: Instant): EndedEnrollment {
  const { id, campaignId, senderId, sent, letter, hasOwnLetters } = walk;
  return {
    kind: 'ended',
    id,
    campaignId,
    senderId,
    sent,
    ...(hasOwnLetters ? { hasOwnLetters } : {}),
    end: why === 'finished' ? { kind: 'finished' } : { kind: 'stopped', why },
    endedAt: now,
    ...(letter.kind === 'planned' ? {} : { letter }),
  };
}

/** A task whose id hangs on what caused it: the same cause never makes two. */
/** The same cause makes the same task, however often it is heard. */
export const taskIdOf = (enrollmentId: EnrollmentId, kind: TaskKind, cause: string): TaskId =>
  derivedId('task', enrollmentId, kind, cause) as TaskId;

export function newTask(
  walk: Enrollment,
  state: ContactState,
  now: Instant,
  task: {
    readonly kind: TaskKind;
    readonly cause: string;
    readonly dueAt: Instant;
    readonly phone?: string | undefined;
    readonly person?: string | undefined;
    readonly messageId?: MessageId | undefined;
    readonly text?: string | undefined;
    readonly address?: string | undefined;
    readonly quote?: string | undefined;
    readonly wakeOn?: string | undefined;
  },
): Task {
  const { kind, cause, dueAt, phone, person, messageId, text, address, quote, wakeOn } = task;
  return {
    id: taskIdOf(walk.id, kind, cause),
    kind,
    contactId: state.contactId,
    enrollmentId: walk.id,
    campaignId: walk.campaignId,
    senderId: walk.senderId,
    dueAt,
    createdAt: now,
    status: 'open',
    ...(phone === undefined ? {} : { phone }),
    ...(person === undefined ? {} : { person }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(text === undefined ? {} : { text }),
    ...(address === undefined ? {} : { address }),
    ...(quote === undefined ? {} : { quote }),
    ...(wakeOn === undefined ? {} : { wakeOn }),
  };
}
