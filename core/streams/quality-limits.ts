import { z } from 'zod';

/** What the tiles of one window may have at most. */
export const qualityLimitsSchema = z.strictObject({
  /** Main streams of cameras that have a smaller one, too. */
  mostHighStreams: z.int().min(0).max(256),
  /** Streams of which every picture is decoded; of what is over that, key pictures are. Null: as many as this PC can. */
  mostFullStreams: z.int().min(0).max(256).nullable(),
  /** Of all streams together; null: as much as comes. */
  bandwidthKbps: z.int().min(100).max(10_000_000).nullable(),
});
export type QualityLimits = z.infer<typeof qualityLimitsSchema>;

/** Where nobody set anything up (16: Nx Witness). */
export const usualLimits: QualityLimits = { mostHighStreams: 16, mostFullStreams: null, bandwidthKbps: null };
