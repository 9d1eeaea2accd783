import { z } from 'zod';
import { cameraIdSchema, cameraSchema, streamNames } from '../cameras/camera.ts';
import { call, event, state } from '../rpc/define.ts';
import { layoutSchema, mostTiles } from './layout.ts';
import { shownTileSchema } from './tile-content.ts';
import { displayIdSchema, tilePlaceSchema, wallChangeSchema, wallOutcomeSchema } from './wall-change.ts';

/** One display's share of the wall; `tiles` has exactly one entry per cell of the layout. */
export const displayWallSchema = z.strictObject({
  displayId: displayIdSchema,
  layout: layoutSchema,
  tiles: z.array(shownTileSchema).min(1).max(mostTiles),
  enlarged: z
    .int()
    .min(0)
    .max(mostTiles - 1)
    .nullable(),
  blank: z.boolean(),
  /** False until somebody changed it: then it still follows the directory, camera by camera. */
  arranged: z.boolean(),
});
export type DisplayWall = z.infer<typeof displayWallSchema>;

export const historySchema = z.strictObject({ undo: z.int().min(0), redo: z.int().min(0) });

/** No window is told of more at once: each is a connection that decodes. */
export const mostConsidered = 2;
/** A camera that somebody may show next, told to the window it would come into so that it can be made ready. */
export const consideredCameraSchema = z.strictObject({
  camera: cameraIdSchema,
  streams: z.array(z.enum(streamNames)),
  /** The part of its display's width the tile has that would take it. */
  widthShare: z.number().gt(0).max(1),
});
export type ConsideredCamera = z.infer<typeof consideredCameraSchema>;

export const wallContract = {
  /** What the display of this window shows (of a console: the one its seat's selection is on, else the first wall display). */
  'wall.display': state(displayWallSchema),
  /** Every display's share, also of displays that are missing now. Of what a tile remembers only the next content each way: all would be too long. */
  'wall.displays': state(z.array(displayWallSchema).max(64)),
  /** The cameras in the tiles of what this window shows (a console and a shared window: of all displays), in no order. */
  'wall.cameras': state(z.array(cameraSchema).max(4_096)),
  /** The tile this window's seat works on; shared by the windows of a seat. */
  'wall.selection': state(tilePlaceSchema.nullable()),
  /** This window's seat may show that camera next, in its selected tile; null: none any more. It changes nothing, and gives no right to a picture. */
  'wall.consider': call({
    input: z.strictObject({ camera: cameraIdSchema.nullable() }),
    output: z.strictObject({}),
    who: 'operator',
  }),
  /** What seats consider for the display this window shows, and no tile of it shows yet; the newest first. A console gets none: its pictures are not its own. */
  'wall.considered': state(z.array(consideredCameraSchema).max(mostConsidered)),
  'wall.select': call({ input: z.strictObject({ at: tilePlaceSchema.nullable() }), output: z.strictObject({}) }),
  /** Resolves when the change is on the disk. */
  'wall.change': call({ input: z.strictObject({ change: wallChangeSchema }), output: wallOutcomeSchema, who: 'operator' }),
  /** Has the window that shows this tile keep its picture as a still. False: no window does. */
  'wall.take-still': call({
    input: z.strictObject({ at: tilePlaceSchema }),
    output: z.strictObject({ asked: z.boolean() }),
    who: 'operator',
  }),
  /** Told to the one window that is to keep the picture of this tile. */
  'wall.still-wanted': event(tilePlaceSchema),
  'wall.undo': call({ input: z.strictObject({}), output: wallOutcomeSchema, who: 'operator' }),
  'wall.redo': call({ input: z.strictObject({}), output: wallOutcomeSchema, who: 'operator' }),
  /** How many steps this window's seat can undo and redo. */
  'wall.history': state(historySchema),
};
