import type { Gait } from './frame-gait.ts';
import type { TapFacts } from './frame-tap.ts';
import type { RingLimits } from '../../core/rewind/ring-rules.ts';

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
  /** Whose pictures come: those with this mark are `source`'s (of all marks where it is null). Told before they can come. No source: nobody's, and none is kept. */
  | { readonly t: 'own'; readonly line: number; readonly source: string | null; readonly mark: number | null }
  /** When one of its last pictures was taken (UTC, ms). */
  | { readonly t: 'taken'; readonly line: number; readonly rtpTimestamp: number; readonly takenUtcMs: number }
  /** How important what it brings is, against other lines'. */
  | { readonly t: 'matter'; readonly line: number; readonly importance: number }
  /** The connection was closed. */
  | { readonly t: 'end'; readonly line: number };

/** What the page tells the worker of all lines together. */
export type PageOrder =
  /** What is kept of pictures, from now on. */
  | { readonly t: 'keep'; readonly limits: RingLimits }
  /** Somebody asks for what is kept, over the port that comes along. */
  | { readonly t: 'rings' };

/** What the worker tells: at most once a second of all lines that had pictures, and at once where repeats begin or end. */
export type LineNews = readonly { readonly line: number; readonly facts: TapFacts }[];
