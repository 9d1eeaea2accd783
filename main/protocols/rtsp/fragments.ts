/** A picture of a 4K camera at its best quality stays well below this. */
export const maxUnitBytes = 8 * 1024 * 1024;

/** Puts one fragmented NAL unit together again. */
export interface Fragments {
  /** The header and the first piece; false if another unit was still open (it is forgotten). */
  begin(header: Buffer, piece: Buffer): boolean;
  /** A further piece; false if nothing was begun or it grows past `maxUnitBytes`. */
  add(piece: Buffer): boolean;
  /** The whole unit; null if nothing was begun. */
  end(): Buffer | null;
  open(): boolean;
  reset(): void;
}

export function createFragments(): Fragments {
  let pieces: Buffer[] = [];
  let bytes = 0;
  const reset = () => {
    pieces = [];
    bytes = 0;
  };
  return {
    begin(header, piece) {
      const clean = pieces.length === 0;
      pieces = [header, piece];
      bytes = header.length + piece.length;
      return clean;
    },
    add(piece) {
      if (pieces.length === 0) return false;
      if (bytes + piece.length > maxUnitBytes) {
        reset();
        return false;
      }
      pieces.push(piece);
      bytes += piece.length;
      return true;
    },
    end() {
      if (pieces.length === 0) return null;
      const unit = Buffer.concat(pieces, bytes);
      reset();
      return unit;
    },
    open: () => pieces.length > 0,
    reset,
  };
}

/**
 * Cuts an aggregation payload (RFC 6184 §5.7.1, RFC 7798 §4.4.2) into its units: each a length of two bytes and the unit.
 * Null if a length runs past the end, is too small for a unit, or nothing is there.
 */
export function splitAggregate(payload: Buffer, from: number, leastUnitBytes: number): readonly Buffer[] | null {
  const units: Buffer[] = [];
  let at = from;
  while (at + 2 <= payload.length) {
    const end = at + 2 + payload.readUInt16BE(at);
    if (end > payload.length || end - at - 2 < leastUnitBytes) return null;
    units.push(payload.subarray(at + 2, end));
    at = end;
  }
  return units.length > 0 && at === payload.length ? units : null;
}
