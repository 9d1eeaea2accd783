import { describe, expect, it } from 'vitest';
import { awaitMiniature } from '../../renderer/features/displays/await-miniature.ts';
import type { Miniature } from '../../renderer/features/displays/miniature-source.ts';

/** A source that tells what it is told to, the present one at once, as the real one does. */
function pretendSource(present: number | null) {
  const listeners = new Set<(miniature: Miniature) => void>();
  const miniature = (atUtcMs: number): Miniature => ({ url: 'blob:x', atUtcMs });
  return {
    listeners,
    come: (atUtcMs: number) => [...listeners].forEach((listener) => listener(miniature(atUtcMs))),
    watch(_displayId: string, listener: (miniature: Miniature) => void) {
      listeners.add(listener);
      if (present !== null) listener(miniature(present));
      return () => void listeners.delete(listener);
    },
  };
}
function wait(present: number | null, sinceUtcMs: number) {
  const source = pretendSource(present);
  let times = 0;
  const stop = awaitMiniature(source, 'a', sinceUtcMs, () => {
    times += 1;
  });
  return { source, stop, times: () => times };
}

describe('a tile on a miniature that was made before a change', () => {
  it('waits for the second one that comes after it, however long that takes', () => {
    const { source, times } = wait(900, 1_000);
    source.come(990);
    source.come(9_000);
    expect(times()).toBe(0);
    // The same again is no newer one.
    source.come(9_000);
    expect(times()).toBe(0);
    source.come(19_000);
    source.come(20_000);
    expect(times()).toBe(1);
    expect(source.listeners.size).toBe(0);
  });

  it('does not wait any more once that is called off', () => {
    const { source, stop, times } = wait(null, 1_000);
    source.come(2_000);
    stop();
    source.come(3_000);
    expect([times(), source.listeners.size]).toEqual([0, 0]);
  });
});
