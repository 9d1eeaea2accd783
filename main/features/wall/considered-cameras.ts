import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { type ConsideredCamera, type DisplayWall, mostConsidered } from '../../../core/wall/wall.contract.ts';
import { tilesOfCamera } from './tiles-of-camera.ts';

/** A camera that somebody may show next, and the tile it would come into. */
interface Considered {
  readonly camera: CameraId;
  readonly at: TilePlace;
}

/** What the windows in which somebody chooses cameras consider: one of each, until it says otherwise or ends. */
export interface ConsideredCameras {
  /** The newest first. */
  readonly all: Watchable<readonly Considered[]>;
  set(session: Session, considered: Considered | null): void;
  forget(session: Session): void;
}

export function createConsideredCameras(): ConsideredCameras {
  const bySession = new Map<string, Considered>();
  const all = createCell<readonly Considered[]>([]);
  function set({ id }: Session, considered: Considered | null): void {
    const was = bySession.delete(id);
    if (considered !== null) bySession.set(id, considered);
    else if (!was) return;
    all.set([...bySession.values()].reverse());
  }
  return { all, set, forget: (session) => set(session, null) };
}

/** Those that would come into this display, are not in a tile of it, and would be seen there. */
export function consideredFor(
  share: DisplayWall,
  all: readonly Considered[],
  cameraOf: (id: string) => Camera | undefined,
): ConsideredCamera[] {
  const { displayId, layout, enlarged, blank } = share;
  const found = new Map<CameraId, ConsideredCamera>();
  for (const { camera, at } of all) {
    const cell = layout.cells[at.tile];
    const streams = cameraOf(camera)?.streams;
    if (blank || at.displayId !== displayId || !cell || !streams || found.has(camera)) continue;
    if ((enlarged !== null && enlarged !== at.tile) || tilesOfCamera(share, camera).length > 0) continue;
    found.set(camera, { camera, streams, widthShare: enlarged === null ? cell.columnSpan / layout.columns : 1 });
  }
  return [...found.values()].slice(0, mostConsidered);
}

export const sameConsidered = (one: readonly ConsideredCamera[], other: readonly ConsideredCamera[]): boolean =>
  one.length === other.length &&
  one.every(({ camera, widthShare }, place) => camera === other[place]?.camera && widthShare === other[place].widthShare);
