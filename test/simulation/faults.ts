/**
 * What can go wrong at one call of a port, and how often in this run. Swarm testing: each seed draws which faults it
 * has at all and how frequent each is, because a world where everything fails at once hides what one fault does.
 */
import type { Random } from './random.ts';

/** What a port call does to the world: nothing, something that may be repeated, or one SES call. */
export type CallSort = 'read' | 'write' | 'mail';

export const FAULTS = {
  read: ['crash', 'refuse', 'lose-request', 'freeze'],
  write: [
    /** The process dies before anything left it. */
    'crash',
    /** It dies when the effect is there and the answer is not. */
    'crash-after',
    /** Throttled to the end, or a 4xx: told at once, nothing happened. */
    'refuse',
    /** The adapter tried to the end and gave up; nothing happened. */
    'lose-request',
    /** The adapter gave up; it had happened. */
    'lose-response',
    /** The adapter gave up; it happens later, up to four minutes. */
    'late',
    /** The first answer was lost inside the adapter, which calls again. */
    'echo',
    /** The process stands still for minutes before its call leaves… */
    'freeze-before',
    /** …or before it hears the answer. */
    'freeze',
  ],
  mail: [
    'crash',
    'crash-after',
    'throttled',
    'unreachable',
    'rejected',
    /** No answer; SES never saw it. */
    'unknown',
    /** No answer; SES took it… */
    'unknown-accepted',
    /** …or takes it up to four minutes later. */
    'unknown-late',
    'freeze',
  ],
} as const satisfies Record<CallSort, readonly string[]>;

export type Fault = (typeof FAULTS)[CallSort][number];

/** Faults between the ports: queues, schedules, SES's events, mails. */
export const DISTURBANCES = [
  'message-twice',
  'message-storm',
  'message-delayed',
  'invocation-killed',
  'schedule-lost',
  'schedule-twice',
  'schedule-early',
  'schedule-late',
  'event-lost',
  'event-twice',
  'event-delayed',
  'mail-twice',
  'mail-delayed',
  'reconcile-missed',
] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

export type FaultPlan = {
  /** The fault of this call, if it has one. */
  atCall(sort: CallSort): Fault | undefined;
  disturbs(what: Disturbance): boolean;
  /** Milliseconds that each function's clock may be off. */
  readonly skewMs: number;
  /** Milliseconds that the indexes may lag. */
  readonly indexLagMs: number;
  /** From here on nothing fails any more. */
  heal(): void;
  readonly counted: { faults: number };
};

/** A disturbing letter refusal ends a walk, so it stays rare; a lost schedule is found within the quarter hour. */
const RARE: Partial<Record<Fault | Disturbance, number>> = { rejected: 0.1, 'message-storm': 0.1 };
const RATE_MIN = 0.002;
const RATE_MAX = 0.06;
const DISTURBED_MAX = 0.4;

export function swarmFaults(random: Random): FaultPlan {
  const counted = { faults: 0 };
  let isHealed = false;
  const intensity = random.pick([0.3, 1, 1, 2]);
  const rateOf = (fault: Fault | Disturbance, most: number): number => {
    if (random.chance(0.4)) return 0;
    const rate = RATE_MIN * (most / RATE_MIN) ** random.next();
    return Math.min(0.8, rate * intensity * (RARE[fault] ?? 1));
  };
  const rates = {
    read: FAULTS.read.map((fault) => [fault, rateOf(fault, RATE_MAX) / 2] as const),
    write: FAULTS.write.map((fault) => [fault, rateOf(fault, RATE_MAX)] as const),
    // There is one SES call where there are forty others: its faults must be as frequent as it is precious.
    mail: FAULTS.mail.map((fault) => [fault, rateOf(fault, RATE_MAX * 4)] as const),
  };
  const disturbances = new Map(DISTURBANCES.map((one) => [one, rateOf(one, DISTURBED_MAX)]));
  const calls = random.fork('calls');
  const between = random.fork('between');
  return {
    counted,
    skewMs: random.pick([0, 0, 500, 2_000, 20_000]),
    indexLagMs: random.pick([0, 1_000, 10_000]),
    atCall: (sort) => {
      if (isHealed) return undefined;
      let left = calls.next();
      for (const [fault, rate] of rates[sort]) {
        left -= rate;
        if (left >= 0) continue;
        counted.faults += 1;
        return fault;
      }
      return undefined;
    },
    disturbs: (what) => {
      if (isHealed || !between.chance(disturbances.get(what) ?? 0)) return false;
      counted.faults += 1;
      return true;
    },
    heal: () => {
      isHealed = true;
    },
  };
}

/** Exactly these faults at exactly these calls, counted from the first call after `begin`. Nothing else fails. */
export function scriptedFaults(at: ReadonlyMap<number, Fault>): FaultPlan & {
  begin(): void;
  /** The sorts of the calls counted so far. */
  readonly sorts: readonly CallSort[];
} {
  const counted = { faults: 0 };
  const sorts: CallSort[] = [];
  let isCounting = false;
  return {
    counted,
    sorts,
    skewMs: 0,
    indexLagMs: 0,
    begin: () => {
      isCounting = true;
    },
    atCall: (sort) => {
      if (!isCounting) return undefined;
      const fault = at.get(sorts.length);
      sorts.push(sort);
      if (!fault || !(FAULTS[sort] as readonly string[]).includes(fault)) return undefined;
      counted.faults += 1;
      return fault;
    },
    disturbs: () => false,
    heal: () => {
      isCounting = false;
    },
  };
}
