/**
 * One call of a port: it takes time, it has its effect at one moment, and it can fail in every way a cloud knows. A
 * process that dies is one whose promises are never settled again; what it had already sent may still arrive.
 */
import { MINUTE, SECOND } from '../../shared/domain/instant.ts';
import { noteCall } from './exercised.ts';
import type { CallSort, Fault, FaultPlan } from './faults.ts';
import type { Random } from './random.ts';
import { busy, type Timeline } from './timeline.ts';

/** One execution of one function. */
export type Run = {
  /** `send-step#12`. */
  readonly id: string;
  readonly skewMs: number;
  isDead: boolean;
  /** The whole process stands still until then. */
  frozenUntil: number;
  /** Calls that it waits for. With none, it computes, and virtual time waits for it. */
  pending: number;
  /** None of its calls fails. */
  readonly isSpared: boolean;
  /** Its handler has answered. */
  isDone: boolean;
};

/** Virtual time stands still while a run neither waits for a call nor has ended, however long it really takes. */
export const computing = (run: Run): boolean => run.pending === 0 && !run.isDone && !run.isDead;

export type Call = {
  readonly sort: CallSort;
  /** `saveState`. */
  readonly op: string;
  readonly key: string;
};

export type Calls = {
  /** `effect` runs once, never, or, for an `echo`, twice; its last answer is the call's. */
  make<Answer>(run: Run, call: Call, effect: () => Answer): Promise<Answer>;
  /** The mailer's: the fault is the caller's to interpret, because its port answers in values. */
  mail<Answer>(run: Run, call: Call, answer: (fault: Fault | undefined) => Answer): Promise<Answer>;
  /** How many were made. */
  count(): number;
};

const CALL_MS_MAX = 25;
/** Four attempts of five seconds, and the pauses between them. */
const GIVE_UP_MS_MAX = 21 * SECOND;
const LATE_MS_MAX = 4 * MINUTE;
/** What the mailer port allows one SES call. */
export const MAIL_CALL_MS_MAX = 3 * SECOND;
const FREEZES: readonly (readonly [from: number, to: number])[] = [
  [3 * SECOND, 15 * SECOND],
  [15 * SECOND, 2 * MINUTE],
  [2 * MINUTE, 20 * MINUTE],
];

const never = <Answer>(): Promise<Answer> => new Promise<Answer>(() => {});

export function makeCalls(timeline: Timeline, faults: FaultPlan, random: Random): Calls {
  let count = 0;

  /** Hands the answer over once the process neither is frozen nor has died. */
  const settle = (run: Run, hand: () => void): void => {
    if (run.isDead) return;
    if (run.frozenUntil > timeline.now()) {
      timeline.at(run.frozenUntil, () => settle(run, hand));
      return;
    }
    moving(run, () => {
      run.pending -= 1;
    });
    hand();
  };
  const freeze = (run: Run): number => {
    const [from, to] = random.pick(FREEZES);
    run.frozenUntil = Math.max(run.frozenUntil, timeline.now() + Math.floor(random.between(from, to)));
    return run.frozenUntil;
  };
  const say = (run: Run, { op, key }: Call, what: string): void =>
    timeline.trace(`${run.id} ${op} ${key} ${what}`);

  function make<Answer>(run: Run, call: Call, effect: () => Answer): Promise<Answer> {
    if (run.isDead) return never();
    noteCall(run.id, call.op);
    count += 1;
    const fault = run.isSpared ? undefined : faults.atCall(call.sort);
    if (fault === 'crash') {
      say(run, call, '✗ crash');
      kill(run);
      return never();
    }
    moving(run, () => {
      run.pending += 1;
    });
    return new Promise<Answer>((resolve, reject) => {
      const give = (answer: Answer, note: string): void => {
        say(run, call, `${shown(answer)}${note}`);
        settle(run, () => resolve(answer));
      };
      const fail = (note: string): void => {
        say(run, call, `✗ ${note}`);
        settle(run, () => reject(portFailure(call.op, note)));
      };
      /** An effect that throws (a corrupt item, a page too large) is the call's own failure. */
      const act = (hand: (answer: Answer) => void): void => {
        let answer: Answer;
        try {
          answer = effect();
        } catch (error) {
          say(run, call, '✗ refused');
          settle(run, () => reject(error));
          return;
        }
        hand(answer);
      };
      const soon = 1 + random.int(CALL_MS_MAX);
      const gaveUp = 1 + random.int(GIVE_UP_MS_MAX);
      switch (fault) {
        case undefined:
          return timeline.after(soon, () => act((answer) => give(answer, '')));
        case 'crash-after':
          return timeline.after(soon, () =>
            act(() => {
              say(run, call, '✗ crash after');
              kill(run);
            }),
          );
        case 'refuse':
          return timeline.after(soon, () => fail('throttled'));
        case 'lose-request':
          return timeline.after(gaveUp, () => fail('request lost'));
        case 'lose-response':
          timeline.after(soon, () => act(() => {}));
          return timeline.after(Math.max(gaveUp, soon + 1), () => fail('response lost'));
        case 'late':
          timeline.after(gaveUp + random.int(LATE_MS_MAX), () => {
            act((answer) => say(run, call, `lands late: ${shown(answer)}`));
          });
          return timeline.after(gaveUp, () => fail('late'));
        case 'echo':
          timeline.after(soon, () => act(() => {}));
          return timeline.after(soon + 1 + random.int(6 * SECOND), () =>
            act((answer) => give(answer, ' (asked twice)')),
          );
        case 'freeze-before':
          say(run, call, '… freezes before');
          return timeline.at(freeze(run), () => {
            if (!run.isDead) act((answer) => give(answer, ''));
          });
        case 'freeze':
          return timeline.after(soon, () =>
            act((answer) => {
              freeze(run);
              give(answer, ' … freezes');
            }),
          );
        default:
          throw new Error(`A ${call.sort} call cannot fail by ${fault}.`);
      }
    });
  }

  function mail<Answer>(run: Run, call: Call, answer: (fault: Fault | undefined) => Answer): Promise<Answer> {
    if (run.isDead) return never();
    noteCall(run.id, call.op);
    count += 1;
    const fault = run.isSpared ? undefined : faults.atCall('mail');
    if (fault === 'crash') {
      say(run, call, '✗ crash');
      kill(run);
      return never();
    }
    moving(run, () => {
      run.pending += 1;
    });
    const takes = 1 + random.int(fault?.startsWith('unknown') ? MAIL_CALL_MS_MAX : 400);
    return new Promise<Answer>((resolve) => {
      timeline.after(takes, () => {
        const outcome = answer(fault);
        say(run, call, `${shown(outcome)}${fault ? ` (${fault})` : ''}`);
        if (fault === 'crash-after') kill(run);
        if (fault === 'freeze') freeze(run);
        settle(run, () => resolve(outcome));
      });
    });
  }

  return { make, mail, count: () => count };
}

/** Changes what a run is doing, and with it whether virtual time must wait for it. */
export function moving(run: Run, change: () => void): void {
  const before = computing(run);
  change();
  busy.count += Number(computing(run)) - Number(before);
}

export const kill = (run: Run): void =>
  moving(run, () => {
    run.isDead = true;
  });

const portFailure = (op: string, why: string): Error =>
  Object.assign(new Error(`${op}: ${why}`), { name: 'PortFailure' });

/** Short and without anything that is not the same on every run. */
function shown(answer: unknown): string {
  if (typeof answer === 'string') return `→ ${answer}`;
  if (typeof answer === 'boolean' || typeof answer === 'number') return `→ ${String(answer)}`;
  if (typeof answer !== 'object' || answer === null) return '';
  if ('kind' in answer && typeof answer.kind === 'string') return `→ ${answer.kind}`;
  if ('items' in answer && Array.isArray(answer.items)) return `→ ${answer.items.length} items`;
  return '';
}
