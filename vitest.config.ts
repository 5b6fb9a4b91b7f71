/** Where vitest looks, and how much of two slow cores it may take. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The end-to-end files start whole runtimes; the machine they share may have two slow cores.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // A module is loaded once a worker, not once a file: that costs half. No test changes what others see.
    isolate: false,
  },
});
