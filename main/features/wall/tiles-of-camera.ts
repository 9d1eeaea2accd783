import type { DisplayWall } from '../../../core/wall/wall.contract.ts';

/** The tiles of a display that show a camera. */
export function tilesOfCamera({ displayId, tiles }: DisplayWall, camera: string): readonly { displayId: string; tile: number }[] {
  return tiles.flatMap(({ content }, tile) =>
    content.kind === 'camera' && content.camera === camera ? [{ displayId, tile }] : [],
  );
}
