// Never twice, never after an answer, never lost: seeds, schedules and planted bugs, as many as a build can wait for.
import { describe, expect, it } from 'vitest';
import { hashIn, simulate } from './command.ts';

/** What a build can wait for; `npm run simulate` goes on from there for hours. */
const SEEDS = 1_000;
/** A few of the planted bugs hide longer than this: `npm run simulate -- --planted` finds them all. */
const PLANTED_SEEDS = 10;
const FOUND_MIN = 25;
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
    'finds nothing wrong in every schedule of one fault within the first 40 calls of every workload',
    async () => {
      const { code, text, last } = await simulate('--exhaustive', '--state=', '--json');
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
    'plays the same seeds the same way, whatever its process has played before',
    async () => {
      const hashOf = async (from: number, seeds: number): Promise<number> => {
        const { last } = await simulate(`--from=${from}`, `--seeds=${seeds}`, '--workers=1', '--json');
        return Number.parseInt((last as { readonly hash: string }).hash, 16);
      };
      const [both, first, second] = [await hashOf(1, 20), await hashOf(1, 10), await hashOf(11, 10)];
      expect(both).toBe((first + second) >>> 0);
    },
    PATIENCE_MS,
  );

  it(
    `finds ${FOUND_MIN} planted bugs and more, most of them within a few seeds`,
    async () => {
      const { text, last } = await simulate('--planted', `--seeds=${PLANTED_SEEDS}`, '--json');
      const { found, median } = last as { readonly found: number; readonly median: number };
      expect({ found, text }).toSatisfy(({ found: n }: { found: number }) => n >= FOUND_MIN);
      expect(median).toBeLessThanOrEqual(20);
    },
    PATIENCE_MS,
  );
});
