/**
 * Wakes a service at its next due moment: by a timer while the clock runs, by the turning of a turned clock. The
 * services ask for nothing else of time, so that the same code serves a working day and a demo.
 */
import type { LocalClock } from './clock.ts';

/** Node's timers take 32 bits; a later moment is reached in several steps. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export type Waker = {
  /** Looks anew for the next moment; to be called whenever one was added or removed. */
  plan(): void;
  close(): void;
};

/**
 * `wake` is called when the moment has come for which was planned, and after every turn of a turned clock. It must not
 * throw, and must lead to another `plan` once it has moved that moment on.
 */
export function makeWaker(options: {
  readonly clock: LocalClock;
  readonly nextMoment: () => number | undefined;
  readonly wake: () => void;
}): Waker {
  const { clock, nextMoment, wake } = options;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const plan = (): void => {
    clearTimeout(timer);
    if (closed || clock.mode === 'turned') return;
    const next = nextMoment();
    if (next === undefined) return;
    const ring = (): void => (next <= clock.now() ? wake() : plan());
    timer = setTimeout(ring, Math.min(Math.max(next - clock.now(), 0), LONGEST_TIMEOUT_MS));
  };
  const unsubscribe = clock.onChange(wake);

  return {
    plan,
    close: () => {
      closed = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
