import { z } from 'zod';
import { waysMax } from '../cameras/address.ts';
import { cameraIdSchema, streamNameSchema } from '../cameras/camera.ts';
import { call, event, state } from '../rpc/define.ts';
import { commonCauseSchema, mostCauses } from './common-cause.ts';
import { decoderAnswerSchema, decoderKindSchema, decoderQuestionSchema } from './decoder-question.ts';
import { pcLoadSchema } from './pc-load.ts';
import { qualityLimitsSchema } from './quality-limits.ts';
import { sourceFactSchema } from './source-state.ts';
import { tileFactSchema } from './tile-fact.ts';

export const displayTilesSchema = z.strictObject({ displayId: z.string().max(200), tiles: z.array(tileFactSchema).max(256) });
/** The last report of one window. */
export type DisplayTiles = z.infer<typeof displayTilesSchema>;

export const streamsContract = {
  /** A short-lived bearer token for this session's requests to `/whep/…`; ask again before it ends. */
  'streams.token': call({ input: z.strictObject({}), output: z.strictObject({ token: z.string(), livesMs: z.number() }) }),
  /** A window tells what its tiles show, about once a second. */
  'streams.report': call({ input: z.strictObject({ tiles: z.array(tileFactSchema).max(256) }), output: z.strictObject({}) }),
  /** What the settings let the tiles of a window have. */
  'streams.limits': state(qualityLimitsSchema),
  /** Changes what the settings let the tiles of every window have; `not-saved` where the disk refused it. */
  'streams.set-limits': call({
    input: qualityLimitsSchema,
    output: z.strictObject({ refusal: z.enum(['not-saved']).nullable() }),
    who: 'supervisor',
  }),
  /** Who else decodes on this PC, and how busy it is. */
  'streams.pc': state(pcLoadSchema),
  /** What the browser of this window decodes with. One window is told to ask it; until that one told, the others wait, a few seconds at most. */
  'streams.decoder': call({ input: decoderQuestionSchema, output: decoderAnswerSchema }),
  /** What the browser said to the window that was told to ask. */
  'streams.decoder-found': call({
    input: z.strictObject({ ticket: z.int().min(1), decoder: decoderKindSchema }),
    output: z.strictObject({}),
  }),
  /** The gateway's side: every source that is not idle. */
  'streams.sources': state(z.array(sourceFactSchema)),
  /** The windows' side: the last report of every display. */
  'streams.tiles': state(z.array(displayTilesSchema)),
  /** The faults behind cameras that went dark together, the one with the most of them first. */
  'streams.causes': state(z.array(commonCauseSchema).max(mostCauses)),
  /** A stream that was refused has another address or password now, so it may be asked for again at once. */
  'streams.readdressed': event(z.strictObject({ camera: cameraIdSchema, stream: streamNameSchema })),
  /** This way of a stream (from 1) is to be tried by a window that shows the stream by a later one, or has no picture of it. */
  'streams.way-open': event(
    z.strictObject({ camera: cameraIdSchema, stream: streamNameSchema, way: z.int().min(1).max(waysMax) }),
  ),
  /** Whether the embedded gateway runs; null until it is first needed. */
  'streams.gateway': state(
    z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('starting'), sinceUtcMs: z.number() }),
      z.strictObject({ state: z.literal('running'), sinceUtcMs: z.number() }),
      z.strictObject({ state: z.literal('down'), sinceUtcMs: z.number(), retryInMs: z.number() }),
    ]),
  ),
};
