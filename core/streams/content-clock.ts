/** What the coded pictures themselves say: told by whoever sees each of them, decoded or not. */
export interface ContentFacts {
  /** How many key pictures were unlike the two before them, since this source is watched. */
  readonly keyChanges: number;
  /** How many key pictures in a row were bit for bit the last one (or the one before it: encoders number them alternately). */
  readonly keyRepeats: number;
  /** How many groups of pictures in a row had all come before, bit for bit. */
  readonly sequenceRepeats: number;
  /** When a picture last came that was unlike what had been sent before (this window's monotonic ms); null before the first. */
  readonly lastChangeMs: number | null;
  /** How large the other pictures of the last whole group were on average against its key picture (1: as large); null where unknown. */
  readonly deltaShare: number | null;
  /** The largest that ever was, but for the first two groups; null where there are no others. */
  readonly mostDeltaShare: number | null;
}

/** From this share on something moves between key pictures: a picture that only says "as before" is far below a hundredth. */
const movesFrom = 0.01;
/** An encoder that is still finding its rate sends more than that of a scene without any noise, and key pictures that differ; but less and fewer than these. */
const surelyMovesFrom = 0.05;
const settlingKeys = 10;

export type ContentSays = 'unknown' | 'changes' | 'unchanged' | 'frozen' | 'slate';

/**
 * Whether what is shown changes. Judged by coded bits: a sensor has noise, so the key pictures of the stillest scene differ, and two
 * that are equal come from an encoder that was given the same picture twice.
 *
 * Two things send equal key pictures: an encoder whose picture stands still, and a scene without any noise (a test card, a lens
 * cap behind strong noise reduction). Their bits are the same, so only the past can tell them apart: a source in whose pictures something
 * moved once, or whose key pictures differed for long, and that are now equal is `frozen`; of one that never changed while it was watched
 * nobody can know, and it is `unchanged`.
 * A loop is told by what moves in it: nothing in front of a camera happens twice bit for bit, but a gateway's filler picture does. Its
 * first round is new, so it is named at the end of its second.
 */
export function contentSays(facts: ContentFacts | null): ContentSays {
  if (facts === null) return 'unknown';
  const moves = (facts.deltaShare ?? 0) >= movesFrom;
  if (facts.sequenceRepeats > 0 && (facts.keyRepeats === 0 || moves)) return 'slate';
  if (facts.keyRepeats === 0 || moves) return 'changes';
  const moved = (facts.mostDeltaShare ?? 0) >= surelyMovesFrom || facts.keyChanges >= settlingKeys;
  return facts.keyChanges > 0 && moved ? 'frozen' : 'unchanged';
}
