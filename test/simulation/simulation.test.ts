// Never twice, never after an answer, never lost: seeds, schedules and planted bugs, as many as a build can wait for.
import { describe, expect, it } from 'vitest';
import { hashIn, simulate } from './command.ts';

/** Two slow shared cores need about a minute and a half for these. */
const SEEDS = 1_200;
const PLANTED_SEEDS = 400;
const PATIENCE_MS = 1_200_000;

describe('the simulation', () => {
  it(
    `finds nothing wrong in ${SEEDS} seeds, with at least 20 faults each`,
    async () => {
      const { code, text, last } = await simulate(`--seeds=${SEEDS}`, '--json');
      expect(text.split('\n').filter((line) => line.startsWith('FAILED'))).toEqual([]);
      expect(last).toMatchObject({ seeds: SEEDS, violations: 0 });
      const { faults } = last as { readonly faults: number };
      expect(faults / SEEDS).toBeGreaterThanOrEqual(20);
      expect(code).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    'finds nothing wrong in any schedule of one fault within the first 40 calls of two letters',
    async () => {
      const { code, text, last } = await simulate(
        '--exhaustive',
        '--workload=two-letters',
        '--state=',
        '--json',
      );
      expect(text.split('\n').filter((line) => line.startsWith('FAILED'))).toEqual([]);
      expect(last).toMatchObject({ violations: 0 });
      expect(code).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    'plays the same seed the same way, twice in a row',
    async () => {
      const [one, two] = [await simulate('--seed=12'), await simulate('--seed=12')];
      expect(hashIn(one.text)).toMatch(/^[0-9a-f]{16}$/);
      expect(one.text).toBe(two.text);
    },
    PATIENCE_MS,
  );

  it(
    'finds every planted bug',
    async () => {
      const { code, text, last } = await simulate('--planted', `--seeds=${PLANTED_SEEDS}`, '--json');
      expect(text.split('\n').filter((line) => line.includes('NOT FOUND'))).toEqual([]);
      const { planted, median } = last as { readonly planted: number; readonly median: number };
      expect(planted).toBeGreaterThanOrEqual(25);
      expect(median).toBeLessThanOrEqual(20);
      expect(code).toBe(0);
    },
    PATIENCE_MS,
  );
});
