import { z } from 'zod';
import { cameraIdSchema, streamNameSchema } from '../cameras/camera.ts';
import { problemCodeSchema } from './problem.ts';
import { wayFactSchema } from './way-fact.ts';

/** Marks are 0 to 7: the last three bits of an RTP timestamp (89 µs of 90 kHz), which no clock and no eye notices. */
export const markCount = 8;

export const watchedSchema = z.strictObject({ camera: cameraIdSchema, stream: streamNameSchema });

/**
 * What an open session of the embedded gateway is to show. Every picture of it carries `mark` in the last bits of its RTP timestamp, so that a window
 * knows by the picture itself whose it is, whenever the gateway changes and whatever answer is late. Null: nothing, and no camera is held for it.
 */
export const sessionWishSchema = z.strictObject({
  session: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
  show: watchedSchema.nullable(),
  mark: z
    .int()
    .min(0)
    .max(markCount - 1),
});
export type SessionWish = z.infer<typeof sessionWishSchema>;

/** Everything a window wants changed at one time: a scene is one question. */
export const sessionWishesSchema = z.strictObject({ wishes: z.array(sessionWishSchema).max(512) });
/** The most bytes such a question has. */
export const wishesBytes = 128 * 1_024;

/** `way`: by which of several ways of its stream it comes. */
const answerSchema = z.discriminatedUnion('what', [
  /** It is shown from now on, or its first picture is on its way. */
  z.object({ what: z.literal('shown'), way: wayFactSchema.nullish() }),
  /** Its first key picture is still to come; what was shown goes on until then. A wish that is not asked again is forgotten after some seconds. */
  z.object({ what: z.literal('awaited'), way: wayFactSchema.nullish() }),
  z.object({ what: z.literal('refused'), code: problemCodeSchema, retryAfterMs: z.number().nullable() }),
]);
/** One answer for each wish, in their order. */
export const wishAnswersSchema = z.object({ answers: z.array(answerSchema).max(512) });

export type WishAnswer = z.infer<typeof answerSchema>;
