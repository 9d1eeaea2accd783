import type { MiniatureSource } from './miniature-source.ts';

/**
 * Calls `done` once, when a miniature of the display has come that was begun after this moment (UTC, ms). Miniatures are made one after the other: the
 * first that reaches main after the moment may have been begun before it, the second was not. Returns the way to stop waiting.
 */
export function awaitMiniature(
  source: Pick<MiniatureSource, 'watch'>,
  displayId: string,
  sinceUtcMs: number,
  done: () => void,
): () => void {
  let firstUtcMs = Number.POSITIVE_INFINITY;
  let stop: (() => void) | null = null;
  let ended = false;
  function end(): void {
    ended = true;
    stop?.();
  }
  stop = source.watch(displayId, ({ atUtcMs }) => {
    if (ended || atUtcMs <= sinceUtcMs) return;
    if (atUtcMs <= firstUtcMs) {
      firstUtcMs = atUtcMs;
      return;
    }
    end();
    done();
  });
  if (ended) stop();
  return end;
}
