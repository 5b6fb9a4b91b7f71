/**
 * Virtual time: a heap of what happens when. One thing happens at a time, and the next begins only once everything
 * that the last one set going stands still again, so a run is the same however busy the machine is.
 */
import { hashText } from './random.ts';

type Happening = {
  readonly at: number;
  readonly tie: number;
  readonly number: number;
  readonly run: () => void;
};

export type Timeline = {
  now(): number;
  /** `tie` orders what happens at the same millisecond; the earlier call goes first where ties are equal. */
  at(ms: number, run: () => void, tie?: number): void;
  after(ms: number, run: () => void, tie?: number): void;
  /** When the next thing happens, or `undefined`. */
  next(): number | undefined;
  /** Runs until nothing is left, or until `stop` says so before the next thing. */
  play(stop: (nextAt: number) => boolean): Promise<void>;
  /** Adds one line to the trace; the hash grows with it. */
  trace(line: string): void;
  hash(): string;
  lines(): readonly string[];
};

/** Runs that compute and libraries that stream: the next thing waits until there are none. See `calls.ts`. */
export const busy = { count: 0 };

/** Far above what any workload needs: a loop that feeds itself ends as a failure, not as a hang. */
const HAPPENINGS_MAX = 4_000_000;

export function makeTimeline(startMs: number, keepsLines: boolean): Timeline {
  const heap: Happening[] = [];
  const lines: string[] = [];
  let nowMs = startMs;
  let number = 0;
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  const at = (ms: number, run: () => void, tie = 0): void => {
    push(heap, { at: Math.max(ms, nowMs), tie, number: number++, run });
  };
  return {
    now: () => nowMs,
    at,
    after: (ms, run, tie) => at(nowMs + ms, run, tie),
    next: () => heap[0]?.at,
    play: async (stop) => {
      for (let count = 0; count < HAPPENINGS_MAX; count++) {
        const first = heap[0];
        if (!first || stop(first.at)) return;
        pop(heap);
        nowMs = first.at;
        first.run();
        do await turn();
        while (busy.count > 0);
      }
      throw new Error(`More than ${HAPPENINGS_MAX} things happened: the run feeds itself.`);
    },
    trace: (line) => {
      const dated = `${nowMs} ${line}`;
      low = hashText(low, dated);
      high = hashText(high ^ low, line);
      if (keepsLines) lines.push(`${new Date(nowMs).toISOString()} ${line}`);
    },
    hash: () => hex(low) + hex(high),
    lines: () => lines,
  };
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

/** A turn of the real event loop: all microtasks and ticks are through after it. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isBefore = (a: Happening, b: Happening): boolean =>
  a.at !== b.at ? a.at < b.at : a.tie !== b.tie ? a.tie < b.tie : a.number < b.number;

function push(heap: Happening[], item: Happening): void {
  let index = heap.length;
  heap.push(item);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Happening;
    if (!isBefore(item, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = item;
}

function pop(heap: Happening[]): void {
  const last = heap.pop();
  if (heap.length === 0 || !last) return;
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const right = left + 1;
    let child = left;
    if (right < heap.length && isBefore(heap[right] as Happening, heap[left] as Happening)) child = right;
    const below = heap[child];
    if (!below || !isBefore(below, last)) break;
    heap[index] = below;
    index = child;
  }
  heap[index] = last;
}
