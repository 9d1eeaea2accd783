import { createParameterSets, type ParameterSets } from '../pictures/parameter-sets.ts';
import { gopBounds } from '../pictures/gop-cache.ts';
import type { AccessUnit, VideoCodec } from '../source.ts';

/** A picture as it came; key pictures with their parameter sets. */
export interface KeptPicture {
  /** From 0, one more with each. */
  readonly sequence: number;
  /** Another where the source was opened anew: pictures of two do not belong together. */
  readonly stretch: number;
  readonly codec: VideoCodec;
  readonly arrivedUtcMs: number;
  readonly rtpTimestamp: number;
  readonly key: boolean;
  readonly nals: readonly Buffer[];
  readonly bytes: number;
}

export const ringBounds = {
  /** Of one line: two minutes of 4 Mbit/s. */
  lineBytes: 64 * 1024 * 1024,
  /** Of all lines together. */
  allBytes: 512 * 1024 * 1024,
} as const;

/** How long pictures are kept (ms). */
export const keptMs = {
  /** Of what no window decodes: as long as windows keep theirs by default. */
  hidden: 120_000,
  /** Of what windows get and a tap takes away: so far it may be behind. */
  tapped: 20_000,
  /** Of all else: no more than the present group. */
  none: 0,
} as const;

/** What all rings of a gateway hold together. */
export interface RingRoom {
  usedBytes: number;
}

/**
 * The last pictures of a line that are kept nowhere else: no window decodes them, or a tap takes them. Whole groups go from the old end. Of any other line the present group alone
 * is held beside, so that a tap begins with it.
 */
export interface LineRing {
  /** A source has opened. */
  begin(codec: VideoCodec, parameterSets: readonly Buffer[]): void;
  /** `forMs`: so long it is kept (`keptMs`). */
  take(unit: AccessUnit, arrivedUtcMs: number, forMs: number): void;
  /** The first picture of that sequence number or later; from a moment: the key picture that stands for it, or the oldest there is. */
  after(from: { readonly sequence: number } | { readonly momentUtcMs: number }): KeptPicture | null;
  /** Resolves with the next picture, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void>;
  clear(): void;
}

export function createLineRing(room: RingRoom, bounds: Readonly<Record<keyof typeof ringBounds, number>> = ringBounds): LineRing {
  let pictures: KeptPicture[] = [];
  /** The present group, where it is not kept. */
  let present: Omit<KeptPicture, 'sequence'>[] = [];
  let presentBytes = 0;
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
  function fit(oldestUtcMs: number): void {
    for (;;) {
      const [oldest] = pictures;
      const tooMuch = heldBytes > bounds.lineBytes || room.usedBytes > bounds.allBytes;
      if (!oldest || (oldest.arrivedUtcMs >= oldestUtcMs && !tooMuch)) return;
      const nextGroup = pictures.findIndex(({ key }, place) => place > 0 && key);
      // A group that is still growing is kept for as long as it fits.
      const isGrowing = nextGroup < 0 && (pictures.at(-1)?.arrivedUtcMs ?? 0) >= oldestUtcMs;
      if (isGrowing && !tooMuch) return;
      dropUntil(nextGroup < 0 ? pictures.length : nextGroup);
    }
  }
  function forgetPresent(): void {
    present = [];
    presentBytes = 0;
  }
  function hold(picture: Omit<KeptPicture, 'sequence'>): void {
    if (picture.key) forgetPresent();
    else if (present.length === 0) return;
    present.push(picture);
    presentBytes += picture.bytes;
    if (presentBytes > gopBounds.bytes || present.length > gopBounds.units) forgetPresent();
  }
  function keep(picture: Omit<KeptPicture, 'sequence'>): void {
    // What leans on a picture that is not here cannot be shown by anybody.
    if (!picture.key && pictures.at(-1)?.stretch !== picture.stretch) return;
    pictures.push({ ...picture, sequence: next });
    next += 1;
    heldBytes += picture.bytes;
    room.usedBytes += picture.bytes;
  }
  return {
    begin(codec, parameterSets) {
      sets = createParameterSets(codec);
      sets.learn(parameterSets);
      stretch += 1;
      forgetPresent();
    },
    take(unit, arrivedUtcMs, forMs) {
      if (!unit.key) sets.learn(unit.nals);
      const nals = unit.key ? sets.complete(unit.nals) : unit.nals;
      const bytes = nals.reduce((sum, nal) => sum + nal.length, 0);
      const { codec, rtpTimestamp, key } = unit;
      if (forMs === keptMs.none && pictures.at(-1)?.stretch === stretch) stretch += 1;
      const picture = { stretch, codec, arrivedUtcMs, rtpTimestamp, key, nals, bytes };
      if (forMs === keptMs.none) {
        hold(picture);
        return fit(arrivedUtcMs - keptMs.hidden);
      }
      if (!key) for (const held of present) keep(held);
      forgetPresent();
      keep(picture);
      fit(arrivedUtcMs - forMs);
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
    clear() {
      forgetPresent();
      dropUntil(pictures.length);
    },
  };
}
