import { z } from 'zod';
import { watchedSchema } from './session-wish.ts';

/** The most streams a window may have held open beforehand. */
export const mostWarmLines = 64;
/** The longest that they are held without another word (ms). */
export const longestWarmMs = 30_000;

/**
 * What a window is about to show: our gateway opens these cameras and keeps their newest group of pictures, which are sent to nobody and decoded by
 * nobody, so that an open session shows them at once. It takes the place of what the same window said before; what is not shown within `keepMs` is let go.
 */
export const lineWishSchema = z.strictObject({
  lines: z.array(watchedSchema).max(mostWarmLines),
  keepMs: z.int().min(0).max(longestWarmMs),
});
export type LineWish = z.infer<typeof lineWishSchema>;

/** Main says to the gateway which window wishes so. */
export const heldLinesSchema = z.strictObject({ ...lineWishSchema.shape, holder: z.string().min(1).max(128) });
/** The most bytes such a wish has. */
export const lineWishBytes = 32 * 1_024;

/** Which of them are held, in their order; the others are no cameras of our gateway. */
export const lineAnswerSchema = z.object({ held: z.array(z.boolean()).max(mostWarmLines) });
