/** Somebody's wish to be forgotten, while it is carried out: opaque ids and moments only. */
import type { ContactId } from './ids.ts';
import { type Instant, MINUTE } from './instant.ts';

export type Erasure = {
  readonly contactId: ContactId;
  readonly askedAt: Instant;
  /** Sweeps that found nothing any more, and when the last one was. */
  readonly sweptAt?: Instant;
  readonly doneAt?: Instant;
};

/**
 * A run that was under way when the wish was recorded may still write what it had read: Lambda ends it after 15 minutes at
 * most, and a call that it had already made is heard within minutes. So the last sweep comes this long after the wish.
 */
export const ERASURE_SETTLES_MS = 20 * MINUTE;
