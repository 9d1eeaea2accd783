/**
 * How much of a stream goes on to the decoder:
 * `full`: every picture; `keys`: key pictures only; `asleep`: nothing. The connection stays as it is.
 */
export type Gait = 'full' | 'keys' | 'asleep';

export interface FrameGait {
  /** Changes the gait. True where a key picture is needed before pictures can go on. */
  change(gait: Gait): boolean;
  /** Whether this picture goes on to the decoder; to be asked of each, in order. */
  passes(key: boolean): boolean;
}

/** Begins `full` or as told. Whole: the decoder was given every picture since the last key picture. */
export function createFrameGait(first: Gait): FrameGait {
  let gait = first;
  let whole = first === 'full';
  return {
    change(next) {
      gait = next;
      return gait === 'full' && !whole;
    },
    passes(key) {
      // A picture that leans on one the decoder has not got would only be an error there.
      const passes = gait === 'full' ? key || whole : gait === 'keys' && key;
      // A key picture alone is whole until the next one is left out.
      whole = passes;
      return passes;
    },
  };
}
