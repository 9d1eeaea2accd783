import { z } from 'zod';
import { layoutSchema, mostTiles } from './layout.ts';
import { digitalZoomSchema, tileContentSchema } from './tile-content.ts';

export const displayIdSchema = z.string().min(1).max(200);

/** A tile of a display, from 0. */
export const tilePlaceSchema = z.strictObject({
  displayId: displayIdSchema,
  tile: z
    .int()
    .min(0)
    .max(mostTiles - 1),
});
export type TilePlace = z.infer<typeof tilePlaceSchema>;

/** What one display is to show. Contents beyond the layout's tiles are refused; tiles beyond the contents become empty. */
export const displayContentSchema = z.strictObject({
  displayId: displayIdSchema,
  layout: layoutSchema,
  contents: z.array(tileContentSchema).max(mostTiles),
});
export type DisplayContent = z.infer<typeof displayContentSchema>;

/** One step of an operator; each can be undone. */
export const wallChangeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('put'), at: tilePlaceSchema, content: tileContentSchema }),
  z.strictObject({ type: z.literal('swap'), from: tilePlaceSchema, to: tilePlaceSchema }),
  /** Spreads contents over a display: into its layout where they fit, else into the smallest grid that holds them. */
  z.strictObject({
    type: z.literal('fill'),
    displayId: displayIdSchema,
    contents: z.array(tileContentSchema).min(1).max(10_000),
  }),
  /** Contents keep their order; those without a tile any more are remembered by the last tile's `back`. */
  z.strictObject({ type: z.literal('divide'), displayId: displayIdSchema, layout: layoutSchema }),
  z.strictObject({ type: z.literal('pin'), at: tilePlaceSchema, pinned: z.boolean() }),
  z.strictObject({ type: z.literal('back'), at: tilePlaceSchema }),
  z.strictObject({ type: z.literal('forward'), at: tilePlaceSchema }),
  z.strictObject({ type: z.literal('zoom'), at: tilePlaceSchema, zoom: digitalZoomSchema.nullable() }),
  /** One tile over the whole display; null shows all again. */
  z.strictObject({
    type: z.literal('enlarge'),
    displayId: displayIdSchema,
    tile: z
      .int()
      .min(0)
      .max(mostTiles - 1)
      .nullable(),
  }),
  /** Shows nothing of a display (visitors); null: of all. */
  z.strictObject({ type: z.literal('blank'), displayId: displayIdSchema.nullable(), blank: z.boolean() }),
  z.strictObject({ type: z.literal('clear'), displayId: displayIdSchema }),
  /** A scene: some displays at once. Pinned tiles stay where the display's layout keeps their cell. */
  z.strictObject({ type: z.literal('show'), displays: z.array(displayContentSchema).min(1).max(64) }),
]);
export type WallChange = z.infer<typeof wallChangeSchema>;

/** Why nothing was changed. */
export const wallRefusals = [
  'no-such-display',
  'no-such-tile',
  'no-such-camera',
  'pinned',
  'nothing-to-undo',
  'nothing-to-redo',
  'changed-by-other',
  'changed-by-programme',
  'not-saved',
] as const;
export type WallRefusal = (typeof wallRefusals)[number];

export const wallOutcomeSchema = z.strictObject({
  refusal: z.enum(wallRefusals).nullable(),
  /** Who stood in the way of an undo: the other seat's number; null else. */
  bySeat: z.int().nullable(),
  /** Tiles that were left as they were because they are pinned. */
  pinned: z.array(tilePlaceSchema).max(4_096),
  /** Contents that found no tile. */
  left: z.int().min(0),
});
export type WallOutcome = z.infer<typeof wallOutcomeSchema>;
