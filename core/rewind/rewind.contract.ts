import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';
import { call, state } from '../rpc/define.ts';
import { tilePlaceSchema } from '../wall/wall-change.ts';
import { mostBackMs, speeds } from './rewind-position.ts';

/** See `RewindPosition`. */
export const rewindPositionSchema = z.strictObject({
  momentUtcMs: z.number(),
  saidUtcMs: z.number(),
  speed: z
    .number()
    .min(0)
    .max(Math.max(...speeds)),
  steps: z.int().min(-100_000).max(100_000),
  foundUtcMs: z.number().nullable(),
});

/** A tile that shows what was. */
export const rewoundTileSchema = z.strictObject({
  at: tilePlaceSchema,
  camera: cameraIdSchema,
  position: rewindPositionSchema,
  /** Which seat had it rewound. */
  seat: z.int().min(1).max(999),
});
export type RewoundTile = z.infer<typeof rewoundTileSchema>;

export const rewindActSchema = z.discriminatedUnion('act', [
  /** So far back from what is shown now. */
  z.strictObject({ act: z.literal('back'), byMs: z.number().min(0).max(mostBackMs) }),
  /** To a moment: it goes on as it went, at the pace of life where it was live. */
  z.strictObject({ act: z.literal('to'), momentUtcMs: z.number() }),
  /** 0 stands still. */
  z.strictObject({ act: z.literal('pace'), speed: z.literal([0, ...speeds]) }),
  /** To the next pace, up or down, from the one it has when main hears of it: who presses three times in an instant means three. */
  z.strictObject({ act: z.literal('faster'), by: z.literal([1, -1]) }),
  /** Stands still, so many pictures later (earlier, below 0). */
  z.strictObject({ act: z.literal('step'), by: z.int().min(-25).max(25) }),
  z.strictObject({ act: z.literal('live') }),
]);
export type RewindAct = z.infer<typeof rewindActSchema>;

/** `no-camera`: there is nothing that could be rewound. `live`: only what is rewound has a pace. */
export const rewindRefusals = ['no-camera', 'live'] as const;
export const rewindOutcomeSchema = z.strictObject({ refusal: z.enum(rewindRefusals).nullable() });
export type RewindOutcome = z.infer<typeof rewindOutcomeSchema>;

export const ringLimitsSchema = z.strictObject({ mostMs: z.number().min(0).max(mostBackMs), mostBytes: z.number().min(0) });

export const rewindContract = {
  /** How much of encoded pictures each window keeps (`RingLimits`). */
  'rewind.limits': state(ringLimitsSchema),
  /** Every tile of the wall that is rewound. Its window shows what it has kept; nothing is fetched for it. */
  'rewind.tiles': state(z.array(rewoundTileSchema).max(1_024)),
  /** One tile, or (null) all tiles of the wall that show a camera, to one moment together. Ends with the session that asked. */
  'rewind.go': call({
    input: z.strictObject({ at: tilePlaceSchema.nullable(), what: rewindActSchema }),
    output: rewindOutcomeSchema,
    who: 'operator',
  }),
  /**
   * What a window found for a position (as it was told, so that no other is meant): the moment of the picture on the glass, where that is another than was asked for or than
   * was told before. `waits`: it goes on, and that picture stays on the glass because nothing is kept of what follows. Only of tiles on the window's own display; else nothing
   * happens.
   */
  'rewind.found': call({
    input: z.strictObject({
      at: tilePlaceSchema,
      position: rewindPositionSchema.pick({ saidUtcMs: true, steps: true }),
      shownUtcMs: z.number(),
      waits: z.boolean(),
    }),
    output: z.strictObject({}),
  }),
};
