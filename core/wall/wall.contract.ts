import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';
import { state } from '../rpc/define.ts';

/** One display's share of the wall: a grid, filled row by row. */
export const displayWallSchema = z.strictObject({
  displayId: z.string().max(200),
  columns: z.int().min(1).max(16),
  rows: z.int().min(1).max(16),
  /** Tile by tile; null is an empty tile. */
  tiles: z.array(z.strictObject({ camera: cameraIdSchema.nullable() })).max(256),
});
export type DisplayWall = z.infer<typeof displayWallSchema>;

export const wallContract = {
  /** What the display of this window shows. */
  'wall.display': state(displayWallSchema),
};
