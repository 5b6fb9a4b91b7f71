/** Somebody's wish to be forgotten, while it is carried out: opaque ids and moments only. */
import type { ContactId } from './ids.ts';
import { type Instant, MINUTE } from './instant.ts';

export type Erasure = {
  readonly contactId: ContactId;
  readonly askedAt: Instant;
  /** Where their colleagues are found; gone when it is done. */
  readonly companyDomain?: string;
  readonly doneAt?: Instant;
};

/**
 * A run that was under way when the wish was recorded may still write what it had read, and a call that it had made may be
 * heard late: Lambda ends a run after 15 minutes at most. So the last sweep comes this long after the wish.
 */
export const ERASURE_SETTLES_MS = 30 * MINUTE;
