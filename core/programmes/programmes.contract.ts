import { z } from 'zod';
import { cameraIdSchema, streamNames } from '../cameras/camera.ts';
import { call, state } from '../rpc/define.ts';
import { sceneIdSchema } from '../scenes/scene.ts';
import { mostTiles } from '../wall/layout.ts';

export const programmeIdSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .brand<'ProgrammeId'>();
export type ProgrammeId = z.infer<typeof programmeIdSchema>;

/** Seconds a scene stays: 5 s to 24 h. */
export const dwellSchema = z.int().min(5).max(86_400);

export const programmeDraftSchema = z.strictObject({
  number: z.int().min(1).max(9_999),
  name: z.string().min(1).max(120),
  steps: z
    .array(z.strictObject({ scene: sceneIdSchema, dwellS: dwellSchema }))
    .min(1)
    .max(200),
});
export type ProgrammeDraft = z.infer<typeof programmeDraftSchema>;

/** Scenes in turn. */
export const programmeSchema = programmeDraftSchema.extend({
  id: programmeIdSchema,
  revision: z.int().min(1),
  ownerSeat: z.int().min(1).max(999),
  changedUtcMs: z.number(),
});
export type Programme = z.infer<typeof programmeSchema>;

/** A programme that plays. `nextAtUtcMs` is null while it is paused. */
export const playingSchema = z.strictObject({
  programme: programmeIdSchema,
  step: z.int().min(0),
  paused: z.boolean(),
  nextAtUtcMs: z.number().nullable(),
  /** What is left of the present step's dwell while paused, in ms. */
  leftMs: z.number().nullable(),
  /** Tiles of the present step that stayed because they are pinned. */
  pinned: z.int().min(0),
  /** The wall refused the present step (a full disk, no display of it is there); it still shows what it showed before. */
  notShown: z.boolean(),
  /** A scene of it that is no longer there was passed over. */
  missing: z.boolean(),
  startedBySeat: z.int(),
  /** A seat called a scene by hand on displays that the programme plays on: it is paused, and going on shows its present step anew. */
  interrupted: z.strictObject({ bySeat: z.int(), sceneNumber: z.int() }).nullable(),
});
export type Playing = z.infer<typeof playingSchema>;

/** What the next step will open in a window, told some seconds before it so that it can be opened beforehand. */
export const nextPicturesSchema = z.strictObject({
  /** When the step is due. */
  atUtcMs: z.number(),
  /** Tiles of the window that will show another camera; a pinned one is not among them. */
  tiles: z
    .array(
      z.strictObject({
        camera: cameraIdSchema,
        streams: z.array(z.enum(streamNames)),
        /** The part of its display's width the tile will take. */
        widthShare: z.number().gt(0).max(1),
      }),
    )
    .max(mostTiles),
});
export type NextPictures = z.infer<typeof nextPicturesSchema>;

export const programmesRefusals = [
  'no-such-programme',
  'no-such-scene',
  'number-taken',
  'not-playing',
  'not-saved',
  'too-many',
  'changed-meanwhile',
] as const;
const outcome = z.strictObject({ refusal: z.enum(programmesRefusals).nullable() });
const stored = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('stored'), programme: programmeSchema }),
  z.strictObject({ outcome: z.literal('conflict'), present: programmeSchema }),
  z.strictObject({ outcome: z.literal('refused'), refusal: z.enum(programmesRefusals) }),
]);

export const programmesContract = {
  'programmes.list': state(z.array(programmeSchema).max(500)),
  /** One at a time plays on a wall; null: none. */
  'programmes.playing': state(playingSchema.nullable()),
  /** Null: no step is near, or this window shows nothing of it. */
  'programmes.next': state(nextPicturesSchema.nullable()),
  'programmes.create': call({ input: programmeDraftSchema, output: stored, who: 'supervisor' }),
  'programmes.change': call({
    input: z.strictObject({ id: programmeIdSchema, revision: z.int(), draft: programmeDraftSchema }),
    output: stored,
    who: 'supervisor',
  }),
  'programmes.delete': call({
    input: z.strictObject({ id: programmeIdSchema, revision: z.int() }),
    output: outcome,
    who: 'supervisor',
  }),
  'programmes.start': call({ input: z.strictObject({ id: programmeIdSchema }), output: outcome, who: 'operator' }),
  'programmes.pause': call({ input: z.strictObject({ paused: z.boolean() }), output: outcome, who: 'operator' }),
  /** To the next step, or the one before. */
  'programmes.skip': call({
    input: z.strictObject({ by: z.union([z.literal(1), z.literal(-1)]) }),
    output: outcome,
    who: 'operator',
  }),
  'programmes.stop': call({ input: z.strictObject({}), output: outcome, who: 'operator' }),
};
