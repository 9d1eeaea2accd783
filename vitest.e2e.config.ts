import { defineConfig } from 'vitest/config';

/**
 * Whole walls of live pictures, and what befalls them: these keep a small machine busy by themselves. And whatever says that no picture may be late, or
 * measures a pace: what runs beside it on two cores would be at fault. Of the wall's own, some have a few cameras and wait for them.
 */
const walls = [
  'tests/room/**/*.e2e.ts',
  'tests/wall/!(no-decoder|planted-credentials|heals-suspended|heals-browser|common-cause|live-wall).e2e.ts',
  'tests/streams/{bad-links,crept-latency}.e2e.ts',
  'tests/ptz/lens.e2e.ts',
  'tests/rewind/aged-picture.e2e.ts',
  'tests/renderer/tile-switch.e2e.ts',
];

/** They only bound a hang: whoever waits for a busy machine waits for nothing else. */
const patience = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 30_000 } } };

/**
 * Real programs in a real browser, states awaited with generous deadlines. Most of these wait for one camera or one page nearly all of
 * their time, so two files run at once; walls run after them, one by one.
 */
export default defineConfig({
  test: {
    passWithNoTests: false,
    globalSetup: 'tests/support/own-temporary-folder.ts',
    projects: [
      {
        test: {
          name: 'pages',
          include: ['tests/**/*.e2e.ts'],
          exclude: [...walls, '**/node_modules/**'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          ...patience,
        },
      },
      { test: { name: 'walls', include: walls, fileParallelism: false, sequence: { groupOrder: 2 }, ...patience } },
    ],
  },
});
