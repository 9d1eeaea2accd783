import { z } from 'zod';
import { cameraIdSchema, streamNameSchema } from '../cameras/camera.ts';
import { verdictFactSchema } from './verdict-fact.ts';

export const tileStates = ['empty', 'opening', 'live', 'stalled', 'retrying', 'refused', 'hidden'] as const;

/** What a window knows of one of its tiles. Counters only grow within one `life`; a reader takes differences. */
export const tileFactSchema = z.strictObject({
  /** The place on its display, from 0. */
  tile: z.int().min(0).max(255),
  camera: cameraIdSchema,
  stream: streamNameSchema,
  state: z.enum(tileStates),
  /** The window's monotonic clock (ms) when this was read. */
  atMs: z.number(),
  /** Pictures presented since the tile opened this camera. */
  frames: z.int().min(0),
  /** From asking for the stream to its first picture; null before it. */
  firstFrameMs: z.number().nullable(),
  width: z.int().min(0),
  height: z.int().min(0),
  /** When bytes, losses and freezes were counted (the window's monotonic clock, ms); null before the first time. */
  countedAtMs: z.number().nullable(),
  bytes: z.number().min(0),
  packetsLost: z.number(),
  freezes: z.number().min(0),
  decoder: z.enum(['hardware', 'software', 'unknown']),
  /** How that is known: `statistics` (measured) or `media-capabilities` (what the browser expects); `none` if it is not. */
  decoderSource: z.enum(['statistics', 'media-capabilities', 'none']),
  verdict: verdictFactSchema,
});
export type TileFact = z.infer<typeof tileFactSchema>;
