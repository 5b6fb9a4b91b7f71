/** Which letters carry the one-click opt-out of RFC 8058: what the sender chose, unless the big providers choose. */
import { expect, it } from 'vitest';
import { hasListHeaders } from '../../../shared/domain/sender.ts';

it.each([
  ['always', 50, true, true],
  ['follow-ups', 50, false, true],
  ['never', 50, false, false],
  ['follow-ups', 5_000, false, true],
  ['never', 5_000, false, false],
  ['follow-ups', 5_001, true, true],
  ['never', 5_001, true, true],
] as const)(
  '%s with %i a day: first letter %s, follow-up %s',
  (listUnsubscribe, dailyQuota, first, later) => {
    const sender = { listUnsubscribe, dailyQuota };
    expect([hasListHeaders(sender, false), hasListHeaders(sender, true)]).toEqual([first, later]);
  },
);
