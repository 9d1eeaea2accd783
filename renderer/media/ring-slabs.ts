/**
 * Small against what a ring holds, so that what is left free at both of its ends is some hundredths; large against a picture, so that there are few.
 */
export const slabBytes = 32 * 1024;
/** Freed ones are used again, up to so many: what is allocated and dropped all day long has to be collected. */
const mostSpare = 64;

/** Blocks of memory of one size, for all rings. */
export interface SlabShelf {
  take(): Uint8Array;
  giveBack(slab: Uint8Array): void;
  /** Bytes that rings use. */
  inUse(): number;
  /** The same with those that are spare. */
  allocated(): number;
}

export function createSlabShelf(): SlabShelf {
  const spare: Uint8Array[] = [];
  let inUse = 0;
  return {
    take() {
      inUse += 1;
      return spare.pop() ?? new Uint8Array(slabBytes);
    },
    giveBack(slab) {
      inUse -= 1;
      if (spare.length < mostSpare) spare.push(slab);
    },
    inUse: () => inUse * slabBytes,
    allocated: () => (inUse + spare.length) * slabBytes,
  };
}

/** The bytes of one ring, end to end over slabs: nothing is wasted between two pictures. */
export interface RingBytes {
  /** Puts bytes behind the last ones. */
  append(bytes: Uint8Array): void;
  /** Copies what begins at `offset` (from the first byte ever) into the whole of `target`. It must not have been freed. */
  copy(offset: number, target: Uint8Array): void;
  /** What lies before `offset` is not read any more. */
  freeBefore(offset: number): void;
  /** Gives everything back; it is not used after that. */
  clear(): void;
}

export function createRingBytes(shelf: SlabShelf): RingBytes {
  const slabs: Uint8Array[] = [];
  /** How many slabs were given back since the first byte. */
  let gone = 0;
  let end = 0;

  /** Calls back with each piece between `from` and `to`, by its slab. */
  function eachPiece(from: number, to: number, use: (slab: Uint8Array, at: number, length: number, done: number) => void): void {
    for (let offset = from; offset < to; ) {
      const at = offset % slabBytes;
      const length = Math.min(slabBytes - at, to - offset);
      const slab = slabs[Math.floor(offset / slabBytes) - gone];
      if (slab === undefined) throw new RangeError('these bytes are not kept');
      use(slab, at, length, offset - from);
      offset += length;
    }
  }

  return {
    append(bytes) {
      const after = end + bytes.length;
      while ((gone + slabs.length) * slabBytes < after) slabs.push(shelf.take());
      eachPiece(end, after, (slab, at, length, done) => slab.set(bytes.subarray(done, done + length), at));
      end = after;
    },
    copy: (offset, target) =>
      eachPiece(offset, offset + target.length, (slab, at, length, done) => target.set(slab.subarray(at, at + length), done)),
    freeBefore(offset) {
      for (; (gone + 1) * slabBytes <= offset && slabs.length > 0; gone += 1) {
        const slab = slabs.shift();
        if (slab) shelf.giveBack(slab);
      }
    },
    clear() {
      for (const slab of slabs.splice(0)) shelf.giveBack(slab);
    },
  };
}
