import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';
import { call, event, state } from '../rpc/define.ts';
import { ptzAbilitiesSchema, ptzProblemSchema } from './abilities.ts';
import { dutySchema } from './duty.ts';
import { holderSchema, longestReserveMs } from './lease.ts';
import { lensDataSchema, lensFactSchema } from './lens.ts';
import { mostSavedTours, savedTourSchema } from './saved-tour.ts';
import { tourStepSchema } from './tour-life.ts';
import { positionSchema, translationSchema, velocitySchema } from './velocity.ts';

/** So many cameras are steered, kept or watched at once at most. */
export const mostPtzCameras = 256;
const camera = z.strictObject({ camera: cameraIdSchema });
const token = z.string().min(1).max(100);

/** Why a command was not done: what is wrong with the camera (`PtzProblem`), or with the asking. */
export const ptzRefusalSchema = z.union([
  ptzProblemSchema,
  z.enum(['held', 'too-many', 'too-many-tours', 'preset-locked', 'not-saved', 'number-taken']),
]);
export type PtzRefusal = z.infer<typeof ptzRefusalSchema>;
const outcome = z.strictObject({
  refusal: ptzRefusalSchema.nullable(),
  /** Where it was refused because somebody else steers: who. */
  heldBy: holderSchema.nullable(),
});
export type PtzOutcome = z.infer<typeof outcome>;

/** A place a camera can be sent to. The camera's token tells equal names apart; the number is ours, for an operator to type. */
export const presetSchema = z.strictObject({
  token,
  name: z.string().max(120),
  number: z.int().min(1).max(999).nullable(),
  locked: z.boolean(),
});
export type Preset = z.infer<typeof presetSchema>;
/** What one sees in a list: GET `/preset-pictures/<picture>` gives what the camera showed when it was saved; null where nobody saw that. */
export const listedPresetSchema = presetSchema.extend({
  picture: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});
export type ListedPreset = z.infer<typeof listedPresetSchema>;

export const leaseFactSchema = z.strictObject({
  camera: cameraIdSchema,
  by: holderSchema,
  reserved: z.boolean(),
  sinceUtcMs: z.number(),
  /** It moves by a command of ours, or may still move. */
  moving: z.boolean(),
});
export type LeaseFact = z.infer<typeof leaseFactSchema>;

export const abilityFactSchema = z.discriminatedUnion('state', [
  z.strictObject({ camera: cameraIdSchema, state: z.literal('reading') }),
  z.strictObject({ camera: cameraIdSchema, state: z.literal('known'), abilities: ptzAbilitiesSchema, lens: lensFactSchema }),
  z.strictObject({ camera: cameraIdSchema, state: z.literal('failed'), problem: ptzProblemSchema }),
]);
export type AbilityFact = z.infer<typeof abilityFactSchema>;

/** A camera that may be moving although nobody wants it to, or cannot be steered just now. */
const troubleSchema = z.strictObject({ camera: cameraIdSchema, problem: ptzProblemSchema, sinceUtcMs: z.number() });
export type PtzTrouble = z.infer<typeof troubleSchema>;

const dutyFactSchema = z.strictObject({
  camera: cameraIdSchema,
  duty: dutySchema,
  /** Null: it is on duty. */
  offSinceUtcMs: z.number().nullable(),
});
export type DutyFact = z.infer<typeof dutyFactSchema>;
/** A tour that we run; steering interrupts it. */
const tourFactSchema = z.strictObject({ camera: cameraIdSchema, state: z.enum(['running', 'interrupted']) });
export type TourFact = z.infer<typeof tourFactSchema>;
export const mostCameraTours = 64;
/** A tour that the camera keeps and runs by itself (ONVIF PTZ §5.7). The name may be empty. */
export const cameraTourSchema = z.strictObject({
  token,
  name: z.string().max(120),
  state: z.enum(['idle', 'touring', 'paused', 'unknown']),
});
export type CameraTour = z.infer<typeof cameraTourSchema>;
const cameraTourFactSchema = z.strictObject({
  camera: cameraIdSchema,
  tour: token,
  /** `unsure`: it ran when the camera last answered. `ended`: it did not go on after steering. */
  state: z.enum(['starting', 'running', 'unsure', 'interrupted', 'ended']),
  /** `interrupted`: the camera was not heard to pause it. `ended`: why it did not go on. */
  problem: ptzProblemSchema.nullable(),
});
export type CameraTourFact = z.infer<typeof cameraTourFactSchema>;
/** A preset was saved just now, and its camera stands: a window that shows it live is to PUT a small picture of it to `/preset-pictures/<wish>`. */
const pictureWishSchema = z.strictObject({ wish: z.uuid(), camera: cameraIdSchema });
export type PictureWish = z.infer<typeof pictureWishSchema>;
export const mostPictureWishes = 32;
const lensAct = z.enum(['near', 'far', 'stop', 'auto', 'manual']);

export const ptzContract = {
  /** Every camera somebody steers or keeps. */
  'ptz.leases': state(z.array(leaseFactSchema).max(mostPtzCameras)),
  /** What the cameras can do that were asked for. */
  'ptz.abilities': state(z.array(abilityFactSchema).max(mostPtzCameras)),
  'ptz.troubles': state(z.array(troubleSchema).max(mostPtzCameras)),
  /** Cameras with a duty preset. */
  'ptz.duties': state(z.array(dutyFactSchema).max(2_000)),
  'ptz.tours': state(z.array(tourFactSchema).max(mostPtzCameras)),
  /** Tours that run in cameras, as far as they were seen to or began by us. */
  'ptz.camera-tours': state(z.array(cameraTourFactSchema).max(mostPtzCameras)),
  'ptz.pictures-wanted': state(z.array(pictureWishSchema).max(mostPictureWishes)),
  /** Presets of this camera were saved, named, deleted or got a picture: who shows them reads them again. */
  'ptz.presets-changed': event(z.strictObject({ camera: cameraIdSchema })),
  /** The word to the seat that lost a camera; `to` is null where nobody took it: 15 s without a command, or the reservation is over. */
  'ptz.lost': event(z.strictObject({ camera: cameraIdSchema, to: holderSchema.nullable() })),
  /** Reads what a camera can do, once; the answer is in `ptz.abilities`. */
  'ptz.read': call({ input: camera, output: outcome, who: 'operator', limitMs: 15_000 }),
  'ptz.take': call({ input: camera, output: outcome, who: 'operator' }),
  'ptz.reserve': call({
    input: camera.extend({ forMs: z.int().min(60_000).max(longestReserveMs) }),
    output: outcome,
    who: 'operator',
  }),
  'ptz.release': call({ input: camera, output: outcome, who: 'operator' }),
  /** Takes the lease where nobody of higher priority has it. Said again every `moveRenewMs` while it goes on; answered before the camera does. */
  'ptz.move': call({ input: camera.extend({ velocity: velocitySchema }), output: outcome, who: 'operator' }),
  'ptz.stop': call({ input: camera, output: outcome, who: 'operator' }),
  'ptz.go-to': call({
    input: camera.extend({
      to: z.discriminatedUnion('what', [
        z.strictObject({ what: z.literal('absolute'), position: positionSchema }),
        z.strictObject({ what: z.literal('relative'), by: translationSchema }),
        z.strictObject({ what: z.literal('preset'), token }),
        z.strictObject({ what: z.literal('home') }),
      ]),
    }),
    output: outcome,
    who: 'operator',
    limitMs: 15_000,
  }),
  'ptz.position': call({
    input: camera,
    output: z.strictObject({ refusal: ptzRefusalSchema.nullable(), position: positionSchema.nullable() }),
    limitMs: 15_000,
  }),
  'ptz.presets': call({
    input: camera,
    output: z.strictObject({ refusal: ptzRefusalSchema.nullable(), presets: z.array(listedPresetSchema).max(1_000) }),
    limitMs: 15_000,
  }),
  /** `token` null: a new one where it looks now. Else that preset is where it looks now. */
  'ptz.save-preset': call({
    input: camera.extend({ token: token.nullable(), name: z.string().min(1).max(120) }),
    output: outcome.extend({ token: token.nullable() }),
    who: 'operator',
    limitMs: 15_000,
  }),
  /** What is ours of a preset: its name, number and lock. The camera keeps its own name. */
  'ptz.describe-preset': call({
    input: camera.extend(presetSchema.shape),
    output: outcome,
    who: 'operator',
  }),
  'ptz.delete-preset': call({ input: camera.extend({ token }), output: outcome, who: 'operator', limitMs: 15_000 }),
  'ptz.set-home': call({ input: camera, output: outcome, who: 'supervisor', limitMs: 15_000 }),
  'ptz.set-duty': call({ input: camera.extend({ duty: dutySchema.nullable() }), output: outcome, who: 'supervisor' }),
  /** What its datasheet says of its lens; null: what the camera tells, or what is usual. */
  'ptz.set-lens': call({ input: camera.extend({ lens: lensDataSchema.nullable() }), output: outcome, who: 'technician' }),
  'ptz.start-tour': call({
    input: camera.extend({ steps: z.array(tourStepSchema).min(1).max(64) }),
    output: outcome,
    who: 'operator',
    limitMs: 15_000,
  }),
  /** Those of ours that have a name. */
  'ptz.saved-tours': call({
    input: camera,
    output: z.strictObject({ tours: z.array(savedTourSchema).max(mostSavedTours) }),
  }),
  /** One of the same name is replaced. */
  'ptz.save-tour': call({ input: camera.extend({ tour: savedTourSchema }), output: outcome, who: 'operator' }),
  'ptz.delete-tour': call({ input: camera.extend({ name: savedTourSchema.shape.name }), output: outcome, who: 'operator' }),
  /** Ours or the camera's, whichever runs. */
  'ptz.stop-tour': call({ input: camera, output: outcome, who: 'operator', limitMs: 15_000 }),
  /** The tours that the camera keeps. */
  'ptz.read-tours': call({
    input: camera,
    output: z.strictObject({ refusal: ptzRefusalSchema.nullable(), tours: z.array(cameraTourSchema).max(mostCameraTours) }),
    limitMs: 15_000,
  }),
  'ptz.start-camera-tour': call({ input: camera.extend({ tour: token }), output: outcome, who: 'operator', limitMs: 15_000 }),
  'ptz.focus': call({ input: camera.extend({ act: lensAct }), output: outcome, who: 'operator', limitMs: 15_000 }),
  'ptz.iris': call({
    input: camera.extend({
      act: z.discriminatedUnion('what', [
        z.strictObject({ what: z.literal('auto') }),
        /** Part of its range, 0 (closed) to 1 (open). */
        z.strictObject({ what: z.literal('open'), part: z.number().min(0).max(1) }),
      ]),
    }),
    output: outcome,
    who: 'operator',
    limitMs: 15_000,
  }),
  'ptz.auxiliary': call({
    input: camera.extend({ command: z.string().min(1).max(100) }),
    output: outcome,
    who: 'operator',
    limitMs: 15_000,
  }),
};
