import { expect } from 'vitest';
import { type CameraId, cameraIdSchema } from '../../core/cameras/camera.ts';
import { firstWall } from '../../core/wall/first-wall.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import { type KnownToWall, nextWall, type Wall } from '../../core/wall/next-wall.ts';
import type { TileContent } from '../../core/wall/tile-content.ts';
import type { WallChange } from '../../core/wall/wall-change.ts';
import { someCameras } from './wall-set-up.ts';

const id = (name: string): CameraId => cameraIdSchema.parse(name);
export const camera = (name: string): TileContent => ({ kind: 'camera', camera: id(name) });
export const empty: TileContent = { kind: 'empty' };
export const known: KnownToWall = { hasCamera: (name) => name !== 'gone', sizeOf: () => ({ width: 1920, height: 1080 }) };

export const displays = ['left', 'right'].map((name) => ({ id: name, width: 1920, height: 1080, contentOf: name, waits: false }));
/** Two displays of four tiles: c0 to c3, and c4 to c7. */
export const wall: Wall = firstWall(someCameras(8), displays, null);

export function after(from: Wall, ...changes: readonly WallChange[]): Wall {
  return changes.reduce((now, change) => {
    const next = nextWall(now, change, known);
    expect(next.refusal).toBeNull();
    return next.wall;
  }, from);
}
export const words = (on: Wall, displayId: string) =>
  (on.get(displayId)?.tiles ?? []).map(({ content }) => (content.kind === 'camera' ? content.camera : content.kind));
export const put = (tile: number, content: TileContent, displayId = 'left'): WallChange => ({
  type: 'put',
  at: { displayId, tile },
  content,
});
export const pin = (tile: number, displayId = 'left'): WallChange => ({ type: 'pin', at: { displayId, tile }, pinned: true });
export const back = (tile: number): WallChange => ({ type: 'back', at: { displayId: 'left', tile } });
export const forward = (tile: number): WallChange => ({ type: 'forward', at: { displayId: 'left', tile } });
export const divide = (columns: number, rows: number): WallChange => ({
  type: 'divide',
  displayId: 'left',
  layout: gridLayout(columns, rows),
});

export const swap = (from: number, to: number, displayId = 'left'): WallChange => ({
  type: 'swap',
  from: { displayId: 'left', tile: from },
  to: { displayId, tile: to },
});
