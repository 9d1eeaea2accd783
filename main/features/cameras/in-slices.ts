import { setImmediate } from 'node:timers/promises';

/** How long a piece of work may hold up everything else in main, in milliseconds. Pictures do not pass here, but every click does. */
const sliceMs = 12;

/** Steps one piece of work takes between two looks at the clock are its own; each `yield` is such a look. */
export type SlicedWork<T> = Generator<void, T, void>;

/** Does the work in slices of some milliseconds, and other things in between. Rejects with the signal's reason when that is aborted. */
export async function inSlices<T>(work: SlicedWork<T>, signal?: AbortSignal): Promise<T> {
  let untilMs = performance.now() + sliceMs;
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (performance.now() < untilMs) continue;
    await setImmediate();
    signal?.throwIfAborted();
    untilMs = performance.now() + sliceMs;
  }
}
