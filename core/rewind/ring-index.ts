/** What a key picture says of those that lean on it. */
export interface KeyFormat {
  /** The codec's (`video/H264`). */
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
}

/** A picture that is to be kept. */
export interface NewPicture {
  /** Its size; at least 0. */
  readonly bytes: number;
  /** As received: 90 kHz, 32 bits (RFC 3550 §5.1). */
  readonly rtpTimestamp: number;
  /** Null where it leans on others. */
  readonly key: KeyFormat | null;
  /** When it arrived (ms), by a clock that never goes back. */
  readonly arrivedMs: number;
}

/** A picture that is kept. */
export interface KeptPicture extends NewPicture {
  /** From 0, without a gap; never used twice. */
  readonly sequence: number;
  /** Where its bytes begin, counted from the ring's first byte ever. */
  readonly offset: number;
  /** Pictures of one stretch came over one connection, one after the other, and have one RTP clock. */
  readonly stretch: number;
}

/**
 * Which pictures of one stream are kept, and where; their bytes lie elsewhere. A group is a key picture with all that lean on it, and goes as a whole. Numbers
 * lie in columns: an object per picture would weigh more than the picture's place is worth.
 */
export interface RingIndex {
  /** The first picture that is kept and the one that comes next, by sequence; equal where none is kept. */
  first(): number;
  next(): number;
  /** Of what is kept. */
  bytes(): number;
  groups(): number;
  /** Null where it is not kept (any more). */
  at(sequence: number): KeptPicture | null;
  /** Takes a picture in. Null where it leans on one that is not here. */
  add(picture: NewPicture): KeptPicture | null;
  /** What comes next does not go on from here: it begins with a key picture, in another stretch. */
  cut(): void;
  /** The key picture one has to begin with to show the moment; the first one that is kept where it is older. Null where nothing is kept. */
  keyFor(momentMs: number): KeptPicture | null;
  /** The key picture that a kept picture leans on (itself, where it is one). Null where it is not kept. */
  keyOf(sequence: number): KeptPicture | null;
  /** The last picture that had arrived at the moment; the first one that is kept where it is older. Null where nothing is kept. */
  shownAt(momentMs: number): KeptPicture | null;
  /** Where the oldest group ends and the next begins; of the only one, what comes next and when its last picture came. Null where nothing is kept. */
  oldestEnd(): { readonly sequence: number; readonly atMs: number } | null;
  /** Forgets the oldest group. Every byte before the answer is free. */
  dropOldest(): number;
}

interface Columns {
  readonly offset: Float64Array;
  readonly bytes: Uint32Array;
  readonly rtpTimestamp: Uint32Array;
  readonly arrivedMs: Float64Array;
  readonly stretch: Uint32Array;
}

/** A power of two: a place is found by a mask. */
const leastPlaces = 64;

const makeColumns = (places: number): Columns => ({
  offset: new Float64Array(places),
  bytes: new Uint32Array(places),
  rtpTimestamp: new Uint32Array(places),
  arrivedMs: new Float64Array(places),
  stretch: new Uint32Array(places),
});

export function createRingIndex(): RingIndex {
  let columns = makeColumns(leastPlaces);
  let first = 0;
  let next = 0;
  let end = 0;
  let stretch = 0;
  /** Whether what comes next may lean on what is here. */
  let whole = false;
  /** Key pictures that are kept, oldest first. */
  const keys: { readonly sequence: number; readonly format: KeyFormat }[] = [];

  const placeOf = (sequence: number): number => sequence & (columns.bytes.length - 1);
  const numberAt = (column: Float64Array | Uint32Array, sequence: number): number => column[placeOf(sequence)] ?? 0;
  const arrivedAt = (sequence: number): number => numberAt(columns.arrivedMs, sequence);

  function grow(): void {
    const wider = makeColumns(columns.bytes.length * 2);
    for (let sequence = first; sequence < next; sequence += 1) {
      const place = sequence & (wider.bytes.length - 1);
      wider.offset[place] = numberAt(columns.offset, sequence);
      wider.bytes[place] = numberAt(columns.bytes, sequence);
      wider.rtpTimestamp[place] = numberAt(columns.rtpTimestamp, sequence);
      wider.arrivedMs[place] = arrivedAt(sequence);
      wider.stretch[place] = numberAt(columns.stretch, sequence);
    }
    columns = wider;
  }

  /** How many of the first `length` places have a time of `momentMs` or before. */
  function countUntil(momentMs: number, length: number, timeOf: (place: number) => number): number {
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (timeOf(middle) <= momentMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The last key picture up to there. */
  const keyUntil = (sequence: number) => keys[countUntil(sequence, keys.length, (at) => keys[at]?.sequence ?? 0) - 1];

  function formatOf(sequence: number): KeyFormat | null {
    const key = keyUntil(sequence);
    return key?.sequence === sequence ? key.format : null;
  }

  function at(sequence: number): KeptPicture | null {
    if (sequence < first || sequence >= next) return null;
    return {
      sequence,
      offset: numberAt(columns.offset, sequence),
      bytes: numberAt(columns.bytes, sequence),
      rtpTimestamp: numberAt(columns.rtpTimestamp, sequence),
      key: formatOf(sequence),
      arrivedMs: arrivedAt(sequence),
      stretch: numberAt(columns.stretch, sequence),
    };
  }

  return {
    first: () => first,
    next: () => next,
    bytes: () => (first === next ? 0 : end - numberAt(columns.offset, first)),
    groups: () => keys.length,
    at,
    add({ bytes, rtpTimestamp, key, arrivedMs }) {
      if (key === null && !whole) return null;
      if (!whole) stretch += 1;
      whole = true;
      if (next - first === columns.bytes.length) grow();
      const place = placeOf(next);
      columns.offset[place] = end;
      columns.bytes[place] = bytes;
      columns.rtpTimestamp[place] = rtpTimestamp;
      // A clock that was set back must not put the pictures out of their order.
      columns.arrivedMs[place] = next === first ? arrivedMs : Math.max(arrivedMs, arrivedAt(next - 1));
      columns.stretch[place] = stretch;
      if (key) keys.push({ sequence: next, format: sameFormat(keys.at(-1)?.format, key) });
      end += bytes;
      next += 1;
      return at(next - 1);
    },
    cut() {
      whole = false;
    },
    keyFor(momentMs) {
      const count = countUntil(momentMs, keys.length, (place) => arrivedAt(keys[place]?.sequence ?? first));
      const key = keys[Math.max(0, count - 1)];
      return key === undefined ? null : at(key.sequence);
    },
    keyOf: (sequence) => (sequence < first || sequence >= next ? null : at(keyUntil(sequence)?.sequence ?? first)),
    shownAt: (momentMs) => at(first + Math.max(0, countUntil(momentMs, next - first, (place) => arrivedAt(first + place)) - 1)),
    oldestEnd() {
      if (first === next) return null;
      const sequence = keys[1]?.sequence ?? next;
      return { sequence, atMs: arrivedAt(Math.min(sequence, next - 1)) };
    },
    dropOldest() {
      keys.shift();
      const [second] = keys;
      first = second?.sequence ?? next;
      // What leans on a picture that was forgotten is of no use.
      if (second === undefined) whole = false;
      return first === next ? end : numberAt(columns.offset, first);
    },
  };
}

/** Thousands of key pictures of one stream share one format. */
function sameFormat(last: KeyFormat | undefined, { mimeType, width, height }: KeyFormat): KeyFormat {
  if (last?.mimeType === mimeType && last.width === width && last.height === height) return last;
  return { mimeType, width, height };
}
