/**
 * Pictures of many cameras come at any time. Each by itself would wake whoever passes it on, and have the compositor draw at every refresh of the screen
 * for one or two of them; on a common beat they go together. It is kept twice: our gateway sends on it, and a window gives to its decoders on it.
 */
export interface CommonBeat {
  /** Has `go` happen at the next beat, behind everything that was taken before; at once where few streams show pictures. Must not throw. */
  take(go: () => void): void;
  /** So many streams show pictures now. */
  count(streams: number): void;
}

/** When it beats, in milliseconds. */
export interface BeatRules {
  /** From beat to beat at least. */
  readonly everyMs: number;
  /** From the first of what goes together to its beat at least: so long others of the same beat may still be on their way. */
  readonly gatherMs: number;
}

/**
 * Every other refresh of a 60 Hz screen: a picture waits for half of it on average. Longer, two pictures of a camera of 30 a second would meet in one
 * beat, and the first of them would never be seen.
 */
export const beatMs = 1_000 / 30;
/** Our gateway sends so much of a wall at once, and so much sooner than the window's own beat would be, that this follows it and never the other way round. */
export const sendingBeat: BeatRules = { everyMs: beatMs, gatherMs: 0 };
export const showingBeat: BeatRules = { everyMs: beatMs - 2, gatherMs: 8 };
/** So few do not fill the refreshes anyway: theirs are shown as they come. */
export const fewStreams = 9;

/** What of its place is needed. `nowMs`: any monotonic clock. */
export interface CommonBeatPorts {
  nowMs(): number;
  setTimeout(then: () => void, delayMs: number): unknown;
}

export function createCommonBeat({ nowMs, setTimeout }: CommonBeatPorts, { everyMs, gatherMs }: BeatRules): CommonBeat {
  let held: (() => void)[] = [];
  let beats = false;
  let lastDueMs = Number.NEGATIVE_INFINITY;

  function release(): void {
    const all = held;
    held = [];
    for (const go of all) go();
  }

  return {
    take(go) {
      // Behind what waits, whatever was counted meanwhile: pictures keep their order.
      if (!beats && held.length === 0) return go();
      if (held.push(go) > 1) return;
      // From when it was due, not from when it was: timers are late, and lateness would add up.
      lastDueMs = Math.max(nowMs() + gatherMs, lastDueMs + everyMs);
      setTimeout(release, lastDueMs - nowMs());
    },
    count(streams) {
      beats = streams > fewStreams;
    },
  };
}
