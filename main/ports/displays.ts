import type { Watchable } from '../../core/rpc/cell.ts';

/** A physical screen, in the coordinates of the desktop it is part of. */
export interface Display {
  /** Stable as far as the host knows it; at least the connector's name (`DUMMY1`, `HDMI-1`). */
  readonly id: string;
  readonly name: string;
  readonly primary: boolean;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** The displays there are now; empty where there is none (a server). */
export type Displays = Watchable<readonly Display[]>;
