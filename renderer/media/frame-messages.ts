import type { Gait } from './frame-gait.ts';
import type { TapFacts } from './frame-tap.ts';

/** What a receiver's transform is made with. */
export interface LineOptions {
  readonly line: number;
  /** The page's `performance.timeOrigin`: a worker's clock begins later. */
  readonly originMs: number;
  readonly gait: Gait;
}

/** What the page tells the worker. */
export type LineOrder =
  /** `waits`: the next key picture comes soon by itself, and none is asked for. */
  | { readonly t: 'gait'; readonly line: number; readonly gait: Gait; readonly waits: boolean }
  /** A key picture is wanted: pictures come, and none is shown. */
  | { readonly t: 'ask'; readonly line: number }
  /** Another source's pictures come from now on: what was seen before says nothing of them. */
  | { readonly t: 'renew'; readonly line: number }
  /** The connection was closed. */
  | { readonly t: 'end'; readonly line: number };

/** What the worker tells: at most once a second of all lines that had pictures, and at once where repeats begin or end. */
export type LineNews = readonly { readonly line: number; readonly facts: TapFacts }[];
