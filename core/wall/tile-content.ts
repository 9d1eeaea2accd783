import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';

/** How many earlier contents a tile remembers. */
export const mostRemembered = 8;

/** What a tile holds. */
export const tileContentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('empty') }),
  z.strictObject({ kind: z.literal('camera'), camera: cameraIdSchema }),
  /** A picture kept in the Vault; `/stills/<digest>` on the window's own origin. */
  z.strictObject({
    kind: z.literal('still'),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    camera: cameraIdSchema.nullable(),
    takenUtcMs: z.number(),
  }),
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(500) }),
]);
export type TileContent = z.infer<typeof tileContentSchema>;

/** Digital zoom: how many times enlarged (above 1 to 16), and which point of the picture (0 to 1 each way) is in the middle. */
export const digitalZoomSchema = z.strictObject({
  scale: z.number().gt(1).max(16),
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
});
export type DigitalZoom = z.infer<typeof digitalZoomSchema>;

export const shownTileSchema = z.strictObject({
  content: tileContentSchema,
  /** Scenes, programmes and filling go around it. */
  pinned: z.boolean(),
  zoom: digitalZoomSchema.nullable(),
  /** Earlier contents, the newest last; and those gone back from, the next one last. */
  back: z.array(tileContentSchema).max(mostRemembered),
  forward: z.array(tileContentSchema).max(mostRemembered),
});
export type ShownTile = z.infer<typeof shownTileSchema>;
