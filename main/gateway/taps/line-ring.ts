import { createParameterSets, type ParameterSets } from '../pictures/parameter-sets.ts';
import type { AccessUnit } from '../source.ts';

/** A picture that nobody was sent, as it came; key pictures with their parameter sets. */
export interface KeptPicture {
  /** From 0, one more with each. */
  readonly sequence: number;
  /** Another where the source was opened anew: pictures of two do not belong together. */
  readonly stretch: number;
  readonly arrivedUtcMs: number;
  readonly rtpTimestamp: number;
  readonly key: boolean;
  readonly nals: readonly Buffer[];
  readonly bytes: number;
}

export const ringBounds = {
  /** As long as windows keep theirs by default. */
  keptMs: 120_000,
  /** Of one line: two minutes of 4 Mbit/s. */
  lineBytes: 64 * 1024 * 1024,
  /** Of all lines together. */
  allBytes: 512 * 1024 * 1024,
} as const;

/** What all rings of a gateway hold together. */
export interface RingRoom {
  usedBytes: number;
}

/** The last pictures of a line of which no window decodes any: they are nowhere else. Whole groups go from the old end. */
export interface LineRing {
  /** A source has opened. */
  begin(parameterSets: readonly Buffer[]): void;
  /** `keeps`: false where a window gets it, too. */
  take(unit: AccessUnit, arrivedUtcMs: number, keeps: boolean): void;
  /** The first picture of that sequence number or later; from a moment: the key picture that stands for it, or the oldest there is. */
  after(from: { readonly sequence: number } | { readonly momentUtcMs: number }): KeptPicture | null;
  /** Resolves with the next picture, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void>;
  clear(): void;
}

export function createLineRing(room: RingRoom, bounds: Readonly<Record<keyof typeof ringBounds, number>> = ringBounds): LineRing {
  let pictures: KeptPicture[] = [];
  let heldBytes = 0;
  let next = 0;
  let stretch = 0;
  let sets: ParameterSets = createParameterSets('h265');
  const waiting = new Set<() => void>();

  function dropUntil(count: number): void {
    const bytes = pictures.slice(0, count).reduce((sum, picture) => sum + picture.bytes, 0);
    pictures = pictures.slice(count);
    heldBytes -= bytes;
    room.usedBytes -= bytes;
  }
  function fit(nowUtcMs: number): void {
    for (;;) {
      const [oldest] = pictures;
      const tooMuch = heldBytes > bounds.lineBytes || room.usedBytes > bounds.allBytes;
      if (!oldest || (nowUtcMs - oldest.arrivedUtcMs <= bounds.keptMs && !tooMuch)) return;
      const nextGroup = pictures.findIndex(({ key }, place) => place > 0 && key);
      // A group that is still growing is kept for as long as it fits.
      if (nextGroup < 0 && !tooMuch) return;
      dropUntil(nextGroup < 0 ? pictures.length : nextGroup);
    }
  }
  return {
    begin(parameterSets) {
      sets = createParameterSets('h265');
      sets.learn(parameterSets);
      stretch += 1;
    },
    take(unit, arrivedUtcMs, keeps) {
      if (!unit.key) sets.learn(unit.nals);
      const nals = unit.key ? sets.complete(unit.nals) : unit.nals;
      const last = pictures.at(-1);
      if (!keeps) {
        if (last?.stretch === stretch) stretch += 1;
        return;
      }
      // What leans on a picture that is not here cannot be shown by anybody.
      if (!unit.key && last?.stretch !== stretch) return;
      const bytes = nals.reduce((sum, nal) => sum + nal.length, 0);
      const { rtpTimestamp, key } = unit;
      pictures.push({ sequence: next, stretch, arrivedUtcMs, rtpTimestamp, key, nals, bytes });
      next += 1;
      heldBytes += bytes;
      room.usedBytes += bytes;
      fit(arrivedUtcMs);
      for (const wake of [...waiting]) wake();
    },
    after(from) {
      // They are numbered without gaps, and go from the old end only.
      if ('sequence' in from) return pictures[Math.max(0, from.sequence - (pictures[0]?.sequence ?? 0))] ?? null;
      const before = pictures.findLast(({ key, arrivedUtcMs }) => key && arrivedUtcMs <= from.momentUtcMs);
      return before ?? pictures.find(({ key }) => key) ?? null;
    },
    changed: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const wake = () => {
          signal.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        signal.addEventListener('abort', wake, { once: true });
        waiting.add(wake);
      }),
    clear: () => dropUntil(pictures.length),
  };
}
