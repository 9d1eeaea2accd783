import type { Watchable } from '../../../core/rpc/cell.ts';

/** What `compute` makes of `sources`, for as long as somebody watches; a watcher hears only of what is not the `same`. */
export function view<T>(sources: readonly Watchable<unknown>[], compute: () => T, same: (a: T, b: T) => boolean): Watchable<T> {
  return {
    current: compute,
    subscribe(listener) {
      let last = compute();
      const renew = () => {
        const next = compute();
        if (same(last, next)) return;
        last = next;
        listener(next);
      };
      const stops = sources.map((source) => source.subscribe(renew));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
