import { describe, expect, it } from 'vitest';
import { whyUnhealthy } from '../../../shared/domain/sending-health.ts';

describe('a sender’s rates', () => {
  it.each([
    [{ sent: 0, bounced: 0, complained: 0 }, undefined],
    // Below the floor nothing is a rate.
    [{ sent: 49, bounced: 40, complained: 9 }, undefined],
    [{ sent: 50, bounced: 4, complained: 1 }, undefined],
    [{ sent: 50, bounced: 5, complained: 0 }, 'bounce-rate'],
    [{ sent: 100, bounced: 5, complained: 0 }, 'bounce-rate'],
    [{ sent: 101, bounced: 5, complained: 0 }, undefined],
    [{ sent: 200, bounced: 0, complained: 2 }, 'complaint-rate'],
    [{ sent: 2_000, bounced: 0, complained: 2 }, 'complaint-rate'],
    [{ sent: 2_001, bounced: 0, complained: 2 }, undefined],
    [{ sent: 100, bounced: 50, complained: 2 }, 'complaint-rate'],
  ] as const)('%j: %s', (fates, why) => {
    expect(whyUnhealthy(fates)).toBe(why);
  });
});
