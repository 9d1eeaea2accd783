import type { CameraId } from '../../core/cameras/camera.ts';
import type { TilePlace, WallChange } from '../../core/wall/wall-change.ts';

/** What is dragged inside a window: cameras (one, or those of a site or a group) or what a tile shows. */
export type DragPayload =
  | { readonly kind: 'cameras'; readonly cameras: readonly CameraId[]; readonly label: string }
  | { readonly kind: 'tile'; readonly at: TilePlace; readonly label: string };

const key = 'deedban-drag';

/** The payload as the data of a drag (`getInitialData`). */
export const dragData = (payload: DragPayload): Record<string, unknown> => ({ [key]: payload });

/** The payload of a drag, or null where it is none of ours. */
export function dragPayload(data: Record<string | symbol, unknown>): DragPayload | null {
  const payload = data[key];
  // Only `dragData` of this window writes under this name: a drag's data never leaves the page.
  return typeof payload === 'object' && payload !== null ? (payload as DragPayload) : null;
}

/** Where something is dropped; `tile` null: on the display as a whole. */
export interface DropPlace {
  readonly displayId: string;
  readonly tile: number | null;
}

/** What a drop does to the wall; null: nothing. */
export function changeForDrop(payload: DragPayload, { displayId, tile }: DropPlace): WallChange | null {
  if (payload.kind === 'tile') {
    if (tile === null || (payload.at.displayId === displayId && payload.at.tile === tile)) return null;
    return { type: 'swap', from: payload.at, to: { displayId, tile } };
  }
  const contents = payload.cameras.map((camera) => ({ kind: 'camera' as const, camera }));
  const [only] = contents;
  if (!only) return null;
  if (contents.length === 1 && tile !== null) return { type: 'put', at: { displayId, tile }, content: only };
  return { type: 'fill', displayId, contents };
}
