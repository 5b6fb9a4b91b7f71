/** SES: takes mails, remembers every one it took (the ground truth of the whole simulation), and reports on them. */
import { HOUR, MINUTE, SECOND } from '../../shared/domain/instant.ts';
import type { SesAllowance } from '../../shared/domain/ses-allowance.ts';
import type { OutgoingMail, Refusal, SendOutcome } from '../../shared/ports.ts';
import { type Calls, MAIL_CALL_MS_MAX, type Run } from './calls.ts';
import type { Fault, FaultPlan } from './faults.ts';
import type { Queues } from './queues.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

export type Accepted = {
  readonly sesId: string;
  /** When the product made the call, and when SES took the mail. Epoch milliseconds, true time. */
  readonly callAt: number;
  readonly at: number;
  readonly to: string;
  readonly raw: Uint8Array;
  readonly tags: Readonly<Record<string, string>>;
  readonly by: string;
};

/** What a call for a letter names. Alerts have none of it. */
export type LetterTags = { readonly enrollment: string; readonly step: number; readonly claim: string };

export type Ses = {
  readonly accepted: readonly Accepted[];
  send(run: Run, mail: OutgoingMail): Promise<SendOutcome>;
  /** As a production account has at first: more than any workload asks for. */
  allowance(run: Run): Promise<SesAllowance>;
  /** A workload's own refusals: the account paused, the day's quota used up. */
  refuseWhile(rule: (mail: OutgoingMail) => Refusal | undefined): void;
  /** Addresses that do not exist. */
  bounces(rule: (address: string) => boolean): void;
  complain(accepted: Accepted): void;
  onCall(listener: (mail: OutgoingMail) => void): void;
  onRefused(listener: (mail: OutgoingMail, why: Refusal) => void): void;
  onAccepted(listener: (accepted: Accepted) => void): void;
  /** The mail reached a mailbox. */
  onDelivered(listener: (accepted: Accepted) => void): void;
};

const LATE_MS_MAX = 4 * MINUTE;
const EVENT_DELAYED_MS_MAX = 30 * HOUR;

export const letterTags = (tags: Readonly<Record<string, string>>): LetterTags | undefined =>
  tags.enrollment && tags.claim
    ? { enrollment: tags.enrollment, step: Number(tags.step), claim: tags.claim }
    : undefined;

export function makeSes(
  timeline: Timeline,
  faults: FaultPlan,
  random: Random,
  calls: Calls,
  queues: Queues,
): Ses {
  const accepted: Accepted[] = [];
  const named = new Map<string, number>();
  const onCall: ((mail: OutgoingMail) => void)[] = [];
  const onRefused: ((mail: OutgoingMail, why: Refusal) => void)[] = [];
  const onAccepted: ((one: Accepted) => void)[] = [];
  const onDelivered: ((one: Accepted) => void)[] = [];
  let refusal: (mail: OutgoingMail) => Refusal | undefined = () => undefined;
  let isBouncing: (address: string) => boolean = () => false;

  /** The same letter has the same id in every run, so that the answers to it are the same bytes. */
  const newId = (tags: OutgoingMail['tags']): string => {
    const other = tags.answer ? `answer-${tags.answer}` : `alert-${tags.alert}`;
    const name = tags.enrollment ? `${tags.enrollment}-${tags.step}` : other;
    const times = (named.get(name) ?? 0) + 1;
    named.set(name, times);
    return `0100-${name}-${times}`;
  };
  const report = (one: Accepted, eventType: string, more: object, afterMs: number): void => {
    if (faults.disturbs('event-lost')) return;
    const body = { eventType, mail: { messageId: one.sesId, tags: listed(one.tags) }, ...more };
    const delayMs = faults.disturbs('event-delayed') ? random.int(EVENT_DELAYED_MS_MAX) : 0;
    timeline.after(afterMs + delayMs, () => queues.send('deliveries', body));
    if (faults.disturbs('event-twice')) {
      timeline.after(afterMs + random.int(3 * HOUR), () => queues.send('deliveries', body));
    }
  };
  const accept = (run: Run, mail: OutgoingMail, callAt: number): Accepted => {
    const one: Accepted = {
      sesId: newId(mail.tags),
      callAt,
      at: timeline.now(),
      to: mail.to[0] ?? '',
      raw: mail.raw,
      tags: mail.tags,
      by: run.id,
    };
    accepted.push(one);
    timeline.trace(`SES takes ${one.sesId}`);
    for (const listener of onAccepted) listener(one);
    report(one, 'Send', {}, SECOND);
    const arrivesIn = 2 * SECOND + random.int(20 * SECOND);
    if (isBouncing(one.to)) {
      const bounce = {
        bounceType: 'Permanent',
        bouncedRecipients: [{ emailAddress: one.to, status: '5.1.1' }],
      };
      report(one, 'Bounce', { bounce }, arrivesIn);
    } else {
      report(one, 'Delivery', {}, arrivesIn);
    }
    timeline.after(arrivesIn, () => {
      for (const listener of onDelivered) listener(one);
    });
    return one;
  };

  const answer = (run: Run, mail: OutgoingMail, callAt: number, fault: Fault | undefined): SendOutcome => {
    const unknown = { kind: 'unknown', detail: 'simulated' } as const;
    const why = refusal(mail);
    if (fault === 'unknown') return unknown;
    // An alert that SES rejects for its content would be an operator's day's work, not the protocol's.
    const isDrawn =
      fault === 'throttled' || fault === 'unreachable' || (fault === 'rejected' && mail.tags.enrollment);
    const no = why ?? (isDrawn ? fault : undefined);
    if (no) {
      for (const listener of onRefused) listener(mail, no);
      return { kind: 'refused', why: no, detail: 'simulated' };
    }
    if (fault === 'unknown-late') {
      timeline.after(random.int(LATE_MS_MAX), () => accept(run, mail, callAt));
      return unknown;
    }
    const { sesId } = accept(run, mail, callAt);
    return fault === 'unknown-accepted' ? unknown : { kind: 'accepted', sesId: sesId as never };
  };

  return {
    accepted,
    send: (run, mail) => {
      const callAt = timeline.now();
      if (!run.isDead) for (const listener of onCall) listener(mail);
      const key = mail.tags.enrollment
        ? `${mail.tags.enrollment} ${mail.tags.step}`
        : `alert ${mail.tags.alert}`;
      return calls.mail(run, { sort: 'mail', op: 'send', key }, (fault) => answer(run, mail, callAt, fault));
    },
    allowance: (run) =>
      calls.make(run, { sort: 'read', op: 'allowance', key: '' }, () => ({ perDay: 50_000, perSecond: 14 })),
    refuseWhile: (rule) => {
      refusal = rule;
    },
    bounces: (rule) => {
      isBouncing = rule;
    },
    complain: (one) => report(one, 'Complaint', {}, MAIL_CALL_MS_MAX),
    onCall: (listener) => onCall.push(listener),
    onRefused: (listener) => onRefused.push(listener),
    onAccepted: (listener) => onAccepted.push(listener),
    onDelivered: (listener) => onDelivered.push(listener),
  };
}

const listed = (tags: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
