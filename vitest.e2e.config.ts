import { defineConfig } from 'vitest/config';

/** Real programs in a real browser: one file at a time, states awaited with generous deadlines. */
export default defineConfig({
  test: {
    include: ['tests/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    passWithNoTests: false,
  },
});
