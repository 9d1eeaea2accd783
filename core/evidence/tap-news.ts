import { z } from 'zod';
import { clipIdSchema, fragmentsMost } from './clip.ts';

/** The longest piece of a clip, in bytes. */
export const tapPieceBytesMost = 16 * 1024 * 1024;

/** What a gateway tells of pictures that it keeps itself: a line of JSON each, behind a `piece` as many bytes as it says. */
export const tapNewsSchema = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('piece'),
    clip: clipIdSchema,
    index: z
      .int()
      .min(0)
      .max(fragmentsMost - 1),
    bytes: z.int().min(1).max(tapPieceBytesMost),
    pictures: z.int().min(0),
    endMs: z.number().min(0),
    /** When the clip's first picture came (UTC, ms). */
    firstUtcMs: z.number(),
  }),
  /** No more of this clip. */
  z.strictObject({ t: z.literal('end'), clip: clipIdSchema }),
  /** It is still there, and there is nothing new. */
  z.strictObject({ t: z.literal('quiet') }),
]);
export type TapNews = z.infer<typeof tapNewsSchema>;
