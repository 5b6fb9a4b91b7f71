/** Who did what, by ids: the actor from the token, the operation's name, the thing's id. No people's data. */
import type { Instant } from './instant.ts';

export type AuditEntry = {
  readonly id: string;
  readonly at: Instant;
  /** The token's subject or client; `local` on somebody's own machine. */
  readonly actor: string;
  /** `POST /v1/contacts/{id}/suppress`. */
  readonly operation: string;
  /** What stood in the path; of an address the contact's id. */
  readonly subject?: string;
  /** A code, where the operation asks why. */
  readonly reason?: string;
  readonly status: number;
  readonly requestId: string;
  /** When it may go; chosen by the operator's retention settings. */
  readonly expiresAt: Instant;
};
