import { z } from 'zod';
import { cameraIdSchema, streamNameSchema } from '../cameras/camera.ts';
import { pictureOriginSchema } from './picture-origin.ts';
import { problemCodeSchema } from './problem.ts';

/**
 * The gateway's connection to one stream of one camera.
 *
 *     idle ──viewer──▶ opening ──first unit──▶ live
 *      ▲                 │  ▲                   │
 *      │                 ▼  │ retry             ▼
 *      └──last viewer── lost ◀──────────────────┘
 *                        │ 401, 403
 *                        ▼
 *                      refused ──5 min or new credentials──▶ opening
 */
export const sourceStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('idle') }),
  z.strictObject({ state: z.literal('opening'), sinceUtcMs: z.number() }),
  z.strictObject({
    state: z.literal('live'),
    sinceUtcMs: z.number(),
    codec: z.enum(['h264', 'h265']),
    /** A gateway that outlived an older program does not tell it. */
    origin: pictureOriginSchema.optional(),
  }),
  z.strictObject({ state: z.literal('lost'), sinceUtcMs: z.number(), why: problemCodeSchema }),
  z.strictObject({ state: z.literal('refused'), sinceUtcMs: z.number(), why: problemCodeSchema, untilUtcMs: z.number() }),
]);
export type SourceState = z.infer<typeof sourceStateSchema>;

export const sourceFactSchema = z.strictObject({
  camera: cameraIdSchema,
  stream: streamNameSchema,
  source: sourceStateSchema,
});
export type SourceFact = z.infer<typeof sourceFactSchema>;
