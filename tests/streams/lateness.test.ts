import { expect, it } from 'vitest';
import { type Lateness, nextLateness } from '../../core/streams/lateness.ts';

/** Pictures of a second each, `delayMs` old when they are shown, by a camera's clock that is ahead; as many of a clock that is misread by so much. */
function watch() {
  let [lateness, atMs]: [Lateness | null, number] = [null, 0];
  const made = {
    pass(ms: number) {
      atMs += ms;
      return made;
    },
    show(count: number, { delayMs = 50, aheadMs = 0, misreadMs = 0 } = {}) {
      for (let index = 0; index < count; index += 1) {
        atMs += 1_000;
        const takenMs = atMs - delayMs + aheadMs + misreadMs;
        lateness = nextLateness(lateness, { shownMs: atMs, takenMs, rtpMs: atMs - delayMs, arrivedMs: null }, atMs);
      }
      return made;
    },
    isLate: () => lateness?.lateSinceMs !== null,
  };
  return made;
}

it('pictures that are on time are not late for good where a sleep before the last one had their times misread', () => {
  const made = watch().show(10).pass(6_000).show(3, { misreadMs: 1_600 }).pass(6_000).show(5);
  expect(made.isLate()).toBe(false);
});

it('what comes late after an interruption is late, by a right clock and by one that is far ahead', () => {
  expect(watch().show(10).pass(6_000).show(3, { delayMs: 2_000 }).isLate()).toBe(true);
  const ahead = { aheadMs: 30_000 };
  expect(
    watch()
      .show(10, ahead)
      .pass(6_000)
      .show(3, { ...ahead, delayMs: 2_000 })
      .isLate(),
  ).toBe(true);
});
