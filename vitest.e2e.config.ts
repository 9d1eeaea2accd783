import { defineConfig } from 'vitest/config';

/**
 * Whole walls of live pictures, and what befalls them: these keep a small machine busy by themselves. And whatever says that no picture may be late: what runs
 * beside it on two cores would be at fault. Of the wall's own, some have one camera and wait for it.
 */
const walls = [
  ...['room', 'ptz', 'rewind'].map((folder) => `tests/${folder}/**/*.e2e.ts`),
  'tests/wall/!(no-decoder|planted-credentials).e2e.ts',
  'tests/streams/{ways,bad-links,foreign-whep,slow-cameras,crept-latency}.e2e.ts',
  'tests/renderer/tile-switch.e2e.ts',
];

const patience = { testTimeout: 180_000, hookTimeout: 180_000 };

/**
 * Real programs in a real browser, states awaited with generous deadlines. Most of these wait for one camera or one page nearly all of
 * their time, so two files run at once; walls run after them, one by one.
 */
export default defineConfig({
  test: {
    passWithNoTests: false,
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
