/** What the rings of one window may hold. */
export interface RingLimits {
  /** How far one ring reaches back (ms), but for the rest of its oldest group. */
  readonly mostMs: number;
  /** Of all rings together; 0: nothing is kept. */
  readonly mostBytes: number;
}

export const usualRingLimits: RingLimits = { mostMs: 120_000, mostBytes: 512 * 1024 * 1024 };
/** One camera whose key pictures never come must not take the room of all others. */
export const mostRingBytes = 64 * 1024 * 1024;
/** Cameras that were shown a moment ago keep theirs; of more than so many the one that was left first goes. */
export const mostRings = 512;
/** So much of a ring stays while another one has more: what happened a moment ago is what somebody wants to see again. */
export const leastMs = 15_000;

/** One ring, as who gives way is decided by. */
export interface RingState {
  /** Of its stream's tile, the larger the more important; null where no tile shows it any more. */
  readonly importance: number | null;
  /** How far it reaches back (ms). */
  readonly lengthMs: number;
  readonly groups: number;
}

/**
 * Whose oldest group is given up where all together are too large: of what no tile shows any more first, then of the least important, the longest of equals; never
 * below `leastMs` while any ring has more. Null where nobody has anything.
 */
export function nextToGive(rings: readonly RingState[]): number | null {
  let chosen: { readonly place: number; readonly ring: RingState } | null = null;
  for (const [place, ring] of rings.entries()) {
    if (ring.groups > 0 && (chosen === null || givesBefore(ring, chosen.ring))) chosen = { place, ring };
  }
  return chosen?.place ?? null;
}

function givesBefore(ring: RingState, other: RingState): boolean {
  const [one, two] = [sparedClass(ring), sparedClass(other)];
  if (one !== two) return one < two;
  if (ring.importance !== other.importance) return (ring.importance ?? 0) < (other.importance ?? 0);
  return ring.lengthMs > other.lengthMs;
}

/** 0: nobody shows it; 1: has more than the least; 2: has the least or less. */
const sparedClass = ({ importance, lengthMs, groups }: RingState): 0 | 1 | 2 =>
  importance === null ? 0 : lengthMs > leastMs && groups > 1 ? 1 : 2;

/** What is known of a stream that speaks for keeping it. */
export interface RingClaims {
  /** Of an open incident. */
  readonly flagged: boolean;
  /** Somebody looks back at it. */
  readonly rewound: boolean;
  readonly steered: boolean;
  readonly selected: boolean;
  readonly pinned: boolean;
}

/** From 0 (like any other) to 5: the larger, the later it gives way. The strongest claim counts. */
export function ringImportance({ flagged, rewound, steered, selected, pinned }: RingClaims): number {
  const claims = [pinned, selected, steered, rewound, flagged];
  return claims.lastIndexOf(true) + 1;
}
