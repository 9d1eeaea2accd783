import { z } from 'zod';
import { jitterReasons, mostTargetMs } from './jitter-target.ts';
import { cameraIdSchema, streamNameSchema } from '../cameras/camera.ts';
import { qualityGaits, qualityReasons } from './quality.ts';
import { verdictFactSchema } from './verdict-fact.ts';
import { wayFactSchema } from './way-fact.ts';

export const tileStates = ['empty', 'opening', 'live', 'stalled', 'retrying', 'refused', 'hidden'] as const;

/** What the connection's statistics said at `countedAtMs`. All but `jitterMs` and `travelMs` grow as the counters of the tile do. */
export const tileMeasuresSchema = z.strictObject({
  packets: z.number().min(0),
  /** Pictures that went through the decoder, and the time that took (ms). */
  decoded: z.number().min(0),
  decodeMs: z.number().min(0),
  /** Pictures that came and were never shown. */
  dropped: z.number().min(0),
  /** Pictures that left the jitter buffer, and how long all of them together waited in it (ms). */
  buffered: z.number().min(0),
  bufferMs: z.number().min(0),
  /** How unevenly packets come (RFC 3550 §6.4.1, ms); null where it is not known. */
  jitterMs: z.number().min(0).nullable(),
  /** From the taking of the last picture to its arrival here (ms), as far as both clocks agree; null where nobody tells. */
  travelMs: z.number().nullable(),
});
export type TileMeasures = z.infer<typeof tileMeasuresSchema>;

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
  /** Null where its stream has only one way, or no session is open. */
  way: wayFactSchema.nullable().default(null),
  /** How far back its camera can be rewound from memory (ms). */
  keptMs: z.number().min(0).default(0),
  /** Null before the first count. */
  measures: tileMeasuresSchema.nullable().default(null),
  /** How long pictures are made to wait at least so that they move evenly (ms; 0: not at all), and why. Null where nobody tells. */
  smoothing: z
    .strictObject({ targetMs: z.number().min(0).max(mostTargetMs), why: z.enum(jitterReasons) })
    .nullable()
    .default(null),
  /** How much of the stream is decoded, and why not all of it (or only the smaller stream); null where nobody told. */
  quality: z
    .strictObject({ gait: z.enum(qualityGaits), reason: z.enum(qualityReasons).nullable() })
    .nullable()
    .default(null),
});
export type TileFact = z.infer<typeof tileFactSchema>;
