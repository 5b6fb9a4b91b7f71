/** What is remembered of a call that may come again under its `Idempotency-Key`. */
import { DAY, type Instant } from './domain/instant.ts';

export type Repeat = {
  /** Derived from caller and key. */
  readonly id: string;
  /** When the key was first used: it is forgotten a day later. */
  readonly at: Instant;
  /** Of method, path, query and body. */
  readonly fingerprint: string;
  /** When the run began that is under way, or was when it died. */
  readonly startedAt: Instant;
  /** Fresh for each run, so that of two that take over a dead one only the first goes on. */
  readonly run: string;
  readonly answer?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** As it was answered; from 100 KB on packed, base64 behind `gz:`. */
    readonly body: string;
  };
};

export const REPEAT_KEPT_MS = DAY;
