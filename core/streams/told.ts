import type { ProblemCode } from './problem.ts';
import type { SourceState } from './source-state.ts';

/** What the gateway's side told, kept through every state. */
export interface Told {
  /** The camera's connection at the gateway; null where nobody tells (a foreign gateway, or not opened yet). */
  readonly source: SourceState['state'] | null;
  readonly sourceWhy: ProblemCode | null;
  readonly sourceSinceMs: number;
  /** Until when the gateway leaves a camera alone that refused it (UTC, ms); null where it does not. */
  readonly sourceUntilUtcMs: number | null;
  /** This stream was seen among the embedded gateway's sources, so what that gateway does concerns it. */
  readonly embedded: boolean;
  /** Which run of the embedded gateway there is now; null while it is down or starting. */
  readonly gatewayRun: number | null;
  /** The run in which the present connection was opened. */
  readonly openedInRun: number | null;
  /** Since when ICE says that the peer does not answer; null while it does. */
  readonly disconnectedSinceMs: number | null;
}

/** Before anything was told, at `atMs` (the window's monotonic clock). */
export function nothingTold(atMs: number): Told {
  return {
    source: null,
    sourceWhy: null,
    sourceSinceMs: atMs,
    sourceUntilUtcMs: null,
    embedded: false,
    gatewayRun: null,
    openedInRun: null,
    disconnectedSinceMs: null,
  };
}
