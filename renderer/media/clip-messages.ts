/** What the page tells the worker that makes clips. `job` names what is secured by whoever asks. */
export type ClipOrder =
  /** The way to the rings comes along. First of all. */
  | { readonly t: 'rings' }
  /** Makes clips of these sources from `fromUtcMs` on (as far as they are kept), until `finish`. */
  | { readonly t: 'secure'; readonly job: string; readonly sources: readonly string[]; readonly fromUtcMs: number }
  /** A piece was put: one more may come. */
  | { readonly t: 'put'; readonly job: string }
  /** A clip is not taken any more: what comes goes into another one, from the next key picture on. */
  | { readonly t: 'drop'; readonly job: string; readonly clip: string }
  /** Gives what has come until now, and ends. */
  | { readonly t: 'finish'; readonly job: string };

/** A piece of a clip. */
export interface ClipPiece {
  readonly clip: string;
  readonly source: string;
  /** From 0. */
  readonly index: number;
  readonly bytes: ArrayBuffer;
  /** Pictures of the clip so far, and its length so far (ms). */
  readonly pictures: number;
  readonly endMs: number;
  /** When the clip's first picture came (UTC, ms), by this machine's clock. */
  readonly firstUtcMs: number;
}

/** What the worker tells. */
export type ClipNews =
  | ({ readonly t: 'piece'; readonly job: string } & ClipPiece)
  /** No more pieces of this clip will come: all that there were have been given. */
  | { readonly t: 'clip-end'; readonly job: string; readonly clip: string }
  | { readonly t: 'done'; readonly job: string };
