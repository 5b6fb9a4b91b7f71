/**
 * How fast one caller may ask: a bucket of tokens each, kept by this process alone. On AWS it keeps one client from using
 * up what API Gateway lets through for all; the gateway's own 429 comes without a `Retry-After`, this one says when.
 */
import { epochMs } from '../../shared/domain/instant.ts';
import type { Ports } from '../../shared/ports.ts';
import { ApiProblem } from './problem.ts';

/** What may come at once after a pause, in seconds of the steady pace: a page of the console asks ten things. */
const BURST_SECONDS = 2;
/** More callers than this at once are forgotten, oldest first; a forgotten one begins with a full bucket. */
const CALLERS_MAX = 1_000;

type Bucket = { tokens: number; at: number };

/** Throws 429 where a caller is too fast. Without `requestsPerSecond` in the settings everybody may ask as they like. */
export function makePace({ settings, clock }: Pick<Ports, 'settings' | 'clock'>): (caller: string) => void {
  const perSecond = settings.requestsPerSecond;
  if (perSecond === undefined) return () => undefined;
  const buckets = new Map<string, Bucket>();
  const full = Math.max(1, perSecond * BURST_SECONDS);
  return (caller) => {
    const now = epochMs(clock.now());
    const bucket = buckets.get(caller) ?? { tokens: full, at: now };
    const earned = (Math.max(0, now - bucket.at) * perSecond) / 1_000;
    const tokens = Math.min(full, bucket.tokens + earned);
    // Last in the map is last used: the first is the one to forget.
    buckets.delete(caller);
    buckets.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    for (const oldest of buckets.keys()) {
      if (buckets.size <= CALLERS_MAX) break;
      buckets.delete(oldest);
    }
    if (tokens >= 1) return;
    const seconds = Math.max(1, Math.ceil((1 - tokens) / perSecond));
    throw new ApiProblem(429, `Ask at most ${perSecond} times a second; come back in ${seconds} s.`, {
      headers: { 'Retry-After': String(seconds) },
    });
  };
}
