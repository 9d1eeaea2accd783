import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    // Bounds on a hang, above those of what is awaited, so that it is named.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    globalSetup: 'tests/support/own-temporary-folder.ts',
    // Vitest leaves a core to itself, which is half of a small machine: most of these wait for a file or a process.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    passWithNoTests: false,
  },
});
