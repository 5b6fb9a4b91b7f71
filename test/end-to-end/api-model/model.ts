// The lifecycle of one campaign and its enrollments, small enough to be obviously right.

export const PEOPLE = ['Ana', 'Bea'] as const;
export type Person = (typeof PEOPLE)[number];

export type Walk = {
  sent: 0 | 1;
  isHeld: boolean;
  /** Why it ended; absent while it is open. */
  stopped?: 'by-person';
};

export type Model = {
  status?: 'draft' | 'running' | 'paused' | 'finished';
  readonly roster: Set<Person>;
  /** Whose page was queued; the queue is worked off when time passes. */
  readonly queued: Set<Person>;
  readonly walks: Map<Person, Walk>;
  readonly suppressed: Set<Person>;
};

export const freshModel = (): Model => ({
  roster: new Set(),
  queued: new Set(),
  walks: new Map(),
  suppressed: new Set(),
});

export function end(walk: Walk | undefined): void {
  if (!walk || walk.stopped) return;
  walk.stopped = 'by-person';
  walk.isHeld = false;
}

/** What twenty minutes do: pages are worked off, due letters go. */
export function passTime(model: Model): void {
  if (model.status === 'draft' || model.status === undefined) return;
  for (const person of model.queued) {
    const mayBegin = model.status !== 'finished' && !model.suppressed.has(person);
    if (mayBegin && !model.walks.has(person)) model.walks.set(person, { sent: 0, isHeld: false });
  }
  model.queued.clear();
  for (const walk of model.walks.values()) {
    if (model.status === 'finished') end(walk);
    if (model.status === 'running' && !walk.stopped && !walk.isHeld) walk.sent = 1;
  }
}
