/** From so many connections on that are ended and not collected, collecting is asked for. */
export const sweepFrom = 32;
const firstMs = 200;
/** What cannot be collected now is asked for again later each time: a collection costs the window some milliseconds. */
const longestMs = 30_000;
/** Of memory that is hardly touched, so it costs nothing but the browser's own reckoning of what a page holds. */
const ballastBytes = 64 * 1_024 * 1_024;

/**
 * Has the browser collect. A page has no call for that, and an ended connection weighs so little in the browser's reckoning that 500 of them cause no collection;
 * a large block that is dropped at once does (measured: all of a hundred were collected at the first or second).
 */
export function dropBallast(): void {
  try {
    // Something has to be done with it, or a compiler leaves it out.
    new Uint8Array(ballastBytes)[0] = 1;
  } catch {
    // There was no room for it: the browser has collected before it said so.
  }
}

/** Calls back when a thing was collected. */
export function watchCollection(): (thing: WeakKey, collected: () => void) => void {
  const registry = new FinalizationRegistry<() => void>((collected) => collected());
  return (thing, collected) => registry.register(thing, collected);
}

/** Asks for a collection while there is enough to collect. */
export interface Sweep {
  /** So many are ended and not collected. */
  tell(ended: number): void;
}

export function createSweep(collect: () => void): Sweep {
  let ended = 0;
  let delayMs = firstMs;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function run(): void {
    timer = undefined;
    if (ended < sweepFrom) return;
    collect();
    delayMs = Math.min(longestMs, delayMs * 2);
    timer = setTimeout(run, delayMs);
  }

  return {
    tell(now) {
      if (now < ended) delayMs = firstMs;
      ended = now;
      if (ended < sweepFrom) {
        clearTimeout(timer);
        timer = undefined;
        delayMs = firstMs;
      } else timer ??= setTimeout(run, delayMs);
    },
  };
}
