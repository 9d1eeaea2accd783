import { longestWarmMs } from '../../../core/streams/line-wish.ts';
import { mostConsidered } from '../../../core/wall/wall.contract.ts';
import type { StreamPool } from '../../media/stream-pool.ts';

/** So long one is kept that nobody considers any more: what was shown is told as such a moment before its tile takes it, and a pointer comes back. */
const graceMs = 3_000;

/** What somebody may show next in this window, made ready while it is considered and some seconds longer; of the latest two at most. */
export function createConsideredStreams(pool: Pick<StreamPool, 'prepare'>) {
  /** By path, the oldest first; the timer of one that is not considered any more. */
  const kept = new Map<string, ReturnType<typeof setTimeout> | null>();

  function end(path: string): void {
    clearTimeout(kept.get(path) ?? undefined);
    kept.delete(path);
    pool.prepare(wishOf(path), [], 0);
  }

  return {
    /** These are considered now (their paths), and no others. */
    tell(paths: readonly string[]): void {
      for (const [path, timer] of kept) {
        if (timer === null && !paths.includes(path))
          kept.set(
            path,
            setTimeout(() => end(path), graceMs),
          );
      }
      for (const path of paths) {
        const timer = kept.get(path);
        clearTimeout(timer ?? undefined);
        kept.set(path, null);
        if (timer === undefined) pool.prepare(wishOf(path), [path], longestWarmMs);
      }
      const left = [...kept].filter(([, timer]) => timer !== null);
      for (const [path] of left.slice(0, Math.max(0, kept.size - mostConsidered))) end(path);
    },
    close(): void {
      for (const path of [...kept.keys()]) end(path);
    },
  };
}

const wishOf = (path: string): string => `considered ${path}`;
