import { type Camera, cameraSchema } from '../../core/cameras/camera.ts';
import { createCell } from '../../core/rpc/cell.ts';
import type { WallDisplay } from '../../core/wall/wall-display.ts';
import { createWallFeature } from '../../main/features/wall/wall-feature.ts';
import type { Journal } from '../../main/ports/journal.ts';
import type { Log } from '../../main/ports/log.ts';
import type { Registry } from '../../main/ports/registry.ts';

export function someCameras(count: number, prefix = 'c'): Camera[] {
  return Array.from({ length: count }, (_, index) =>
    cameraSchema.parse({
      id: `${prefix}${index}`,
      number: index + 1,
      name: `Camera ${index + 1}`,
      district: '',
      site: '',
      position: null,
      kind: 'fixed',
      streams: ['main'],
      simulated: false,
    }),
  );
}

/** Two displays, and a browser that stands on none. */
export const someDisplays: readonly WallDisplay[] = ['left', 'right', 'wall'].map((id) => ({
  id,
  width: 1920,
  height: 1080,
  contentOf: id,
  waits: false,
}));

/** A wall of two displays of four tiles: c0 to c3, and c4 to c7. It knows c0 to c99. */
export async function startWall(registry: Registry, journal: Journal, log: Log) {
  const cameras = createCell<readonly Camera[]>(someCameras(8));
  const displays = createCell(someDisplays);
  const known = new Map(someCameras(100).map((camera) => [camera.id as string, camera]));
  const wall = await createWallFeature({
    cameras,
    camera: (id) => known.get(id),
    displays,
    tiles: null,
    registry,
    journal,
    log,
  });
  return { wall, cameras, displays };
}
