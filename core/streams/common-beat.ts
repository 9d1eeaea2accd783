/**
 * Pictures of many cameras come at any time. Each by itself would have the compositor draw at every refresh of the screen, for one or two of them; on a
 * common beat they go to the glass together, at every other refresh. Measured at sixteen cameras: an eighth of what a wall costs.
 */
export interface FrameBeat {
  /** Has `go` happen at the next beat, behind everything that was taken before; at once where few streams show pictures. Must not throw. */
  take(go: () => void): void;
  /** So many streams show pictures now. */
  count(streams: number): void;
}

/**
 * Every other refresh of a 60 Hz screen: a picture waits for half of it on average. Longer, two pictures of a camera of 30 a second would meet in one
 * beat, and the first of them would never be seen.
 */
export const beatMs = 1_000 / 30;
/** So few do not fill the refreshes anyway: theirs are shown as they come. */
export const fewStreams = 9;

/** What of a worker is needed. `nowMs`: a clock that all windows of a PC share. */
export interface FrameBeatPorts {
  nowMs(): number;
  setTimeout(then: () => void, delayMs: number): unknown;
}

export function createFrameBeat({ nowMs, setTimeout }: FrameBeatPorts): FrameBeat {
  let held: (() => void)[] = [];
  let beats = false;

  function release(): void {
    const all = held;
    held = [];
    for (const go of all) go();
  }

  return {
    take(go) {
      // Behind what waits, whatever was counted meanwhile: pictures keep their order.
      if (!beats && held.length === 0) return go();
      if (held.push(go) === 1) setTimeout(release, beatMs - (nowMs() % beatMs));
    },
    count(streams) {
      beats = streams > fewStreams;
    },
  };
}
