/**
 * The one clock of the local runtime. It either runs (`real`) or is turned by hand (`turned`): a turned clock stands
 * still between two `set` calls, so that nothing is due before everything of the moment before has been done.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { onDisk } from './storage-failure.ts';

export type LocalClock = {
  readonly mode: 'real' | 'turned';
  /** Milliseconds since 1970, whole. */
  now(): number;
  /** Turns the clock to `toMs` and tells everyone. Throws for a real clock, and for a moment that has passed. */
  set(toMs: number): void;
  /** Calls `listener` after each `set`; returns how to stop that. Never called by a real clock. */
  onChange(listener: () => void): () => void;
};

export function makeClock(
  options: { mode: 'real' } | { mode: 'turned'; start: number } | { mode: 'skipping'; file: string },
): LocalClock {
  if (options.mode === 'skipping') return skippingClock(options.file);
  if (options.mode === 'real') {
    return {
      mode: 'real',
      now: () => Date.now(),
      set: () => {
        throw new Error('a real clock cannot be turned');
      },
      onChange: () => () => undefined,
    };
  }
  const listeners = new Set<() => void>();
  let standsAt = options.start;
  return {
    mode: 'turned',
    now: () => standsAt,
    set: (toMs) => {
      if (!Number.isSafeInteger(toMs)) throw new Error(`not a moment in whole milliseconds: ${toMs}`);
      if (toMs < standsAt)
        throw new Error(`the clock stands at ${standsAt} and cannot be turned back to ${toMs}`);
      standsAt = toMs;
      for (const listener of [...listeners]) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * Runs, and can be put forward by hand: what was skipped stands in `file`, or data written ahead would lie in the future
 * after a restart. To its services it is a real clock.
 */
function skippingClock(file: string): LocalClock {
  const listeners = new Set<() => void>();
  let skippedMs = readSkipped(file);
  const now = (): number => Date.now() + skippedMs;
  return {
    mode: 'real',
    now,
    set: (toMs) => {
      // It went on meanwhile: that moment has come by itself.
      if (toMs <= now()) return;
      skippedMs += toMs - now();
      onDisk(file, () => writeFileSync(file, JSON.stringify({ skippedMs })));
      for (const listener of [...listeners]) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readSkipped(file: string): number {
  if (!existsSync(file)) return 0;
  const { skippedMs } = JSON.parse(onDisk(file, () => readFileSync(file, 'utf8'))) as { skippedMs?: unknown };
  return typeof skippedMs === 'number' && skippedMs > 0 ? skippedMs : 0;
}
