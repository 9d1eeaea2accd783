import type { WindowKind } from '../../core/displays/displays.contract.ts';
import type { Watchable } from '../../core/rpc/cell.ts';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A physical screen that is there now. */
export interface Display {
  /** Known by what it is, not by where it stands (`displayIds`); the same in both hosts. */
  readonly id: string;
  /** A digest of what it says of itself; null where it says nothing. */
  readonly digest: string | null;
  /** Where it is plugged in, as the system names it (`HDMI-1`). */
  readonly connector: string;
  readonly name: string;
  readonly primary: boolean;
  /** In the unit in which this host places windows. 0 × 0: not known, and a window just covers whatever there is. */
  readonly bounds: Bounds;
  /** In physical pixels; the same as `bounds` in the browser host. */
  readonly pixels: Bounds;
  /** The size of its glass, lying or upright; null where it does not say it. */
  readonly millimetres: { readonly width: number; readonly height: number } | null;
  /** Device pixels per CSS pixel; null where it is not known. */
  readonly scale: number | null;
}

/** The displays there are now; empty where there is none (a server). */
export type Displays = Watchable<readonly Display[]>;

/** A window there should be; a host opens, moves and closes its windows to that. One per display; `displayId` is the window's own. */
export interface WindowWish {
  readonly displayId: string;
  readonly windowKind: WindowKind;
  /** The display's, in the unit in which this host places windows. */
  readonly bounds: Bounds;
  /** For the log, and for the system's list of windows. */
  readonly name: string;
  /** The one that comes to the front when somebody starts Deedban a second time. */
  readonly primary: boolean;
}

/** The display of a browser that stands on none that is known. */
export const wholeWallId = 'wall';
