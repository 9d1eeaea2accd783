import type { KeyFormat } from '../../core/rewind/ring-index.ts';
import type { RingLimits } from '../../core/rewind/ring-rules.ts';

/**
 * Where to begin: the key picture that is needed to show what had arrived at a moment (the oldest where that is gone, even if it came later), or what is needed to show a picture, or that picture itself. Moments
 * are ms since 1970 by a clock that never goes back (`performance.timeOrigin + performance.now()`); answers say what it shows now.
 */
export type RingFrom = { readonly momentMs: number } | { readonly toShow: number } | { readonly sequence: number };

/** One picture of a batch. */
export interface RingPicture {
  /** Counted from the ring's first picture ever, without a gap. */
  readonly sequence: number;
  /** Where it lies in the batch's data: Annex B, as received. */
  readonly offset: number;
  readonly bytes: number;
  /** As received: 90 kHz, 32 bits. Only those of one stretch can be compared. */
  readonly rtpTimestamp: number;
  /** Null where it leans on others. */
  readonly key: KeyFormat | null;
  readonly arrivedMs: number;
  /** By the sender's reports (UTC, ms); null where nobody told. */
  readonly takenUtcMs: number | null;
  /** Another one than before: another connection, or another camera was between; it begins with a key picture. */
  readonly stretch: number;
}

export interface RingBatch {
  readonly source: string;
  readonly nowMs: number;
  /** The caller's own copy. */
  readonly data: ArrayBuffer;
  readonly pictures: readonly RingPicture[];
  /** So many before the first were wanted and are gone. */
  readonly lost: number;
  /** The sequence to go on with. */
  readonly next: number;
  /** There are more of what was asked for. */
  readonly more: boolean;
  /** From the oldest to the newest picture that is kept. */
  readonly measure: { readonly fromMs: number; readonly toMs: number };
  /** Pictures of the source still come. */
  readonly shown: boolean;
}

/** One ring. */
export interface RingMeasure {
  readonly source: string;
  /** Pictures still come. */
  readonly shown: boolean;
  /** Arrival of the oldest and the newest picture. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly first: number;
  readonly next: number;
  readonly groups: number;
  /** Of encoded pictures. */
  readonly bytes: number;
  /** Null: no connection brings it any more. */
  readonly importance: number | null;
}

export interface RingMeasures {
  readonly nowMs: number;
  readonly limits: RingLimits;
  /** What all rings take for pictures, used or spare. */
  readonly allocatedBytes: number;
  readonly rings: readonly RingMeasure[];
}

/** What is asked over a port to the rings. `id` is the asker's; an answer carries it. */
export type RingOrder =
  | { readonly t: 'measure'; readonly id: number }
  /** Up to those of `toMs`, as many as one answer holds. */
  | { readonly t: 'read'; readonly id: number; readonly source: string; readonly from: RingFrom; readonly toMs: number }
  /** What is kept from there on, and then what comes, batch by batch, each when the one before was taken (`more`), until `end`. */
  | { readonly t: 'follow'; readonly id: number; readonly source: string; readonly from: RingFrom }
  | { readonly t: 'more'; readonly id: number }
  | { readonly t: 'end'; readonly id: number };

export type RingAnswer =
  | { readonly t: 'measured'; readonly id: number; readonly measures: RingMeasures }
  /** Null: nothing is kept of that source. */
  | { readonly t: 'batch'; readonly id: number; readonly batch: RingBatch | null };
