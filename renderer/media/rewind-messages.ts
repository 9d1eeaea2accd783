/**
 * Where a rewound picture is: at `saidMs` it was `momentMs` (ms since 1970 by the clock that never goes back), and it goes on at `speed`; 0: it stands, `steps` pictures
 * from the one of that moment.
 */
export interface PlayPosition {
  readonly momentMs: number;
  readonly saidMs: number;
  readonly speed: number;
  readonly steps: number;
  /** Counts what was asked for of this picture, so that what is told can say what it is about. */
  readonly wish: number;
}

/** What there is to say of a rewound picture. */
export interface RewoundFact {
  /** `failed`: it is kept and cannot be decoded; `no-decoder`: by nothing here; `nothing`: nothing is kept of this camera. */
  readonly state: 'seeking' | 'shown' | 'nothing' | 'failed' | 'no-decoder';
  /** Of the picture that is shown: when it arrived (as `momentMs`), and when it was taken (UTC, ms; null where nobody told). Null before the first. */
  readonly arrivedMs: number | null;
  readonly takenUtcMs: number | null;
  /** Its place among those that are kept. */
  readonly sequence: number | null;
  /** What is kept reaches from there (as `momentMs`). */
  readonly fromMs: number | null;
  /** The moment that was wanted lies where nothing was kept: so long it is from the picture that is shown to the next one (ms). Null where it does not. */
  readonly gapMs: number | null;
  /** The wish that the picture on the glass is shown for, and the pace it was shown at; null before the first. */
  readonly wish: number | null;
  readonly speed: number | null;
}

/** What the page tells the worker that shows rewound pictures. */
export type RewindOrder =
  /** The way to what is kept comes along as a port. */
  | { readonly t: 'rings' }
  /** `sources`: the same camera's streams, the best first. */
  | { readonly t: 'open'; readonly id: number; readonly sources: readonly string[] }
  /** The picture that was sent is on the glass: the next one may come. */
  | { readonly t: 'taken'; readonly id: number }
  | { readonly t: 'show'; readonly id: number; readonly position: PlayPosition }
  /** Only the last key picture of them, once. */
  | { readonly t: 'last'; readonly id: number; readonly sources: readonly string[] }
  /** Of either: nobody wants it any more. */
  | { readonly t: 'close'; readonly id: number };

/** The last key picture that is kept of a camera. Whoever gets it closes its bitmap. */
export interface LastPicture {
  readonly bitmap: ImageBitmap;
  /** As `momentMs`. */
  readonly arrivedMs: number;
  /** UTC, ms; null where nobody told. */
  readonly takenUtcMs: number | null;
}

export type RewindNews =
  /** A picture and what is to be said of it come together; null: only what is said is another. Whoever gets a picture closes it. */
  | { readonly id: number; readonly fact: RewoundFact; readonly picture: ImageBitmap | null }
  /** Null where nothing is kept, or what is cannot be decoded. */
  | { readonly id: number; readonly last: LastPicture | null };
