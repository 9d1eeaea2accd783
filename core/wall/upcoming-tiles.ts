import type { CameraId } from '../cameras/camera.ts';
import type { Wall } from './next-wall.ts';

/** A tile that is about to show another camera. */
export interface UpcomingTile {
  readonly displayId: string;
  readonly tile: number;
  readonly camera: CameraId;
  /** The part of its display's width it will take, above 0 to 1. */
  readonly widthShare: number;
}

/** The tiles that show another camera `after` than `before`; none of a display that is blanked, where nobody would see them. */
export function upcomingTiles(before: Wall, after: Wall): UpcomingTile[] {
  return [...after.values()].flatMap((display) => {
    const former = before.get(display.displayId);
    if (former === display || display.blank) return [];
    return display.tiles.flatMap(({ content }, tile) => {
      const cell = display.layout.cells[tile];
      const shown = former?.tiles[tile]?.content;
      if (content.kind !== 'camera' || cell === undefined) return [];
      if (shown?.kind === 'camera' && shown.camera === content.camera) return [];
      const widthShare = cell.columnSpan / display.layout.columns;
      return [{ displayId: display.displayId, tile, camera: content.camera, widthShare }];
    });
  });
}
