/** Where vitest looks, and how much of two slow cores it may take. */
import { configDefaults, defineConfig } from 'vitest/config';

/** Nothing in these starts a runtime: a module is loaded once a worker, not once a file, and that costs half. */
const SHARING = ['test/shared/**/*.test.ts', 'test/functions/**/*.test.ts', 'test/corpus/**/*.test.ts'];

export default defineConfig({
  test: {
    // The end-to-end files start whole runtimes; the machine they share may have two slow cores.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'rules', include: SHARING, isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...SHARING],
        },
      },
    ],
  },
});
