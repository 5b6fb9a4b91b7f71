/** How many send steps may run at once, so that they meet the SES account at about its own rate. */

/** A step is five calls to the table, a schedule and the letter itself, one after another: about 200 ms. */
const STEPS_PER_SECOND = 5;
/** What Lambda's event source mapping takes. */
const CONCURRENCY_MIN = 2;
const CONCURRENCY_MAX = 1_000;

/** Rounded down: what is left over costs patience, what is too much costs throttled calls and new timers. */
export function sendConcurrency(lettersPerSecond: number): number {
  const wanted = Math.floor(lettersPerSecond / STEPS_PER_SECOND);
  return Math.min(Math.max(wanted, CONCURRENCY_MIN), CONCURRENCY_MAX);
}
