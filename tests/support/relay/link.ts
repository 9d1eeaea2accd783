/** What a link does to packets, one direction. Everything at rest by default. */
export interface LinkRules {
  /** Share of packets lost by themselves, 0 to 1. */
  readonly loss: number;
  /** Losses in a row (Gilbert's model): the share of packets at which a burst begins, and how many packets it lasts in the mean. */
  readonly burst: { readonly share: number; readonly meanPackets: number };
  readonly delayMs: number;
  /** Added to the delay, 0 to this, evenly spread. Packets keep their order. */
  readonly jitterMs: number;
  /** Share of packets (0 to 1) that are held back by `byMs`, so that later ones overtake them. */
  readonly reorder: { readonly share: number; readonly byMs: number };
  /** Nothing passes. */
  readonly cut: boolean;
}

export const cleanLink: LinkRules = {
  loss: 0,
  burst: { share: 0, meanPackets: 1 },
  delayMs: 0,
  jitterMs: 0,
  reorder: { share: 0, byMs: 0 },
  cut: false,
};

/** The fate of packets, in the order they come. The same seed and the same questions give the same answers. */
export interface Link {
  /** When a packet that came at `atMs` leaves on the other side; null: never. */
  fate(atMs: number): number | null;
  /** From the next packet on. What is on its way arrives. */
  change(rules: LinkRules): void;
}

/** @param seed any whole number */
export function createLink(first: LinkRules, seed: number): Link {
  const random = seededRandom(seed);
  let rules = first;
  let burstLeft = 0;
  let lastLeavesMs = Number.NEGATIVE_INFINITY;
  return {
    fate(atMs) {
      const { loss, burst, delayMs, jitterMs, reorder, cut } = rules;
      // Always as many draws a packet, so that one rule's change leaves what the others do.
      const [lost, begins, length, late, held] = [random(), random(), random(), random(), random()];
      if (cut) return null;
      if (burstLeft === 0 && begins < burst.share) burstLeft = geometric(length, burst.meanPackets);
      if (burstLeft > 0) {
        burstLeft -= 1;
        return null;
      }
      if (lost < loss) return null;
      const leavesMs = Math.max(lastLeavesMs, atMs + delayMs + late * jitterMs);
      if (held < reorder.share) return leavesMs + reorder.byMs;
      lastLeavesMs = leavesMs;
      return leavesMs;
    },
    change(next) {
      rules = next;
      burstLeft = 0;
    },
  };
}

/** At least 1, `mean` in the mean. */
function geometric(draw: number, mean: number): number {
  if (mean <= 1) return 1;
  return Math.max(1, Math.ceil(Math.log(1 - draw) / Math.log(1 - 1 / mean)));
}

/** Numbers in [0, 1), 2^32 of them before they come round (an additive step with a mixing of its bits). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
