import type { SharedPacket } from './packetize.ts';

/** A picture ready to be sent to anybody. */
export interface PacketedUnit {
  readonly packets: readonly SharedPacket[];
  readonly key: boolean;
  readonly bytes: number;
  /** The line's own media time: 90 kHz, not wrapped, continuous over reconnections. */
  readonly ticks: number;
  /** When it arrived, monotonic. */
  readonly atMs: number;
}

export const gopBounds = { bytes: 8 * 1024 * 1024, units: 600 } as const;

/**
 * All pictures since the last key picture: what a new viewer needs to see something at once. Bounded; a group that
 * grows over the bound is forgotten, and new viewers wait for the next key picture.
 */
export interface GopCache {
  add(unit: PacketedUnit): void;
  /** Nothing that is cached is the present any more. */
  clear(): void;
  /** From the key picture on; empty where there is nothing to start with. */
  units(): readonly PacketedUnit[];
}

export function createGopCache(bounds: { bytes: number; units: number } = gopBounds): GopCache {
  let units: PacketedUnit[] = [];
  let bytes = 0;
  const clear = (): void => {
    units = [];
    bytes = 0;
  };
  return {
    add(unit) {
      if (unit.key) clear();
      else if (units.length === 0) return;
      units.push(unit);
      bytes += unit.bytes;
      if (bytes > bounds.bytes || units.length > bounds.units) clear();
    },
    clear,
    units: () => units,
  };
}
