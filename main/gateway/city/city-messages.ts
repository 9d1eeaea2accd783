import { z } from 'zod';
import { problemCodeSchema } from '../../../core/streams/problem.ts';
import { headSchema } from '../simulated-ptz/ptz-head.ts';

const key = z.int();
const bytes = z.instanceof(Uint8Array);

/** What the city's thread is started with: where prepared scenes are, and what they must have been drawn by. */
export const cityDataSchema = z.strictObject({
  prepared: z.strictObject({ folder: z.string(), stamp: z.string() }).nullable(),
});
export type CityData = z.infer<typeof cityDataSchema>;
export type PreparedCity = NonNullable<CityData['prepared']>;

/** What the gateway tells the city's thread. `key` names one opening of one camera. */
export const cityOrderSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('open'), key, camera: z.string(), ffmpegPath: z.string() }),
  z.strictObject({ what: z.literal('close'), key }),
  /** Where a steerable camera looks from now on. */
  z.strictObject({ what: z.literal('head'), camera: z.string(), head: headSchema }),
]);
export type CityOrder = z.infer<typeof cityOrderSchema>;

/** What the city's thread tells back. */
export const cityNewsSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('opened'), key, parameterSets: z.array(bytes) }),
  z.strictObject({
    what: z.literal('unit'),
    key,
    /** The NAL units one after another, and their lengths. */
    bytes,
    lengths: z.array(z.int()),
    keyPicture: z.boolean(),
    rtpTimestamp: z.int(),
    captureUtcMs: z.number(),
  }),
  z.strictObject({ what: z.literal('ended'), key, code: problemCodeSchema, detail: z.string() }),
  /** For the log. */
  z.strictObject({ what: z.literal('note'), words: z.string() }),
  /** The encoder of this opening is gone; nothing is left of it. */
  z.strictObject({ what: z.literal('gone'), key }),
]);
export type CityNews = z.infer<typeof cityNewsSchema>;
