import { z } from 'zod';
import { cameraIdSchema, streamNameSchema } from '../cameras/camera.ts';
import { incidentNumberSchema } from '../incidents/incident-number.ts';
import { pictureOriginSchema } from '../streams/picture-origin.ts';
import { verdictFactSchema } from '../streams/verdict-fact.ts';

const of = { incident: incidentNumberSchema, utcMs: z.number() };
/** The seat that did it; null: a rule did. */
const bySeat = z.int().nullable();

/** Why no more of an incident is secured. */
export const securingEnds = ['ended', 'too-long', 'withdrawn', 'closed'] as const;

/** In the place of a display: the gateway keeps what no window secures. */
export const gatewayPlace = 'gateway';

/** What happened to an incident's evidence, beside what happened to each clip. */
export const custodyRecordSchema = z.discriminatedUnion('what', [
  /** A window secures a camera's pictures from here on. */
  z.strictObject({
    ...of,
    what: z.literal('secured-by'),
    camera: cameraIdSchema,
    bySeat,
    displayId: z.string().max(200),
    /** Pictures are wanted from then on; older records do not say it. */
    fromUtcMs: z.number().optional(),
    /** Said where it is secured beside what somebody else secures of the camera. */
    stream: streamNameSchema.optional(),
  }),
  /** Nobody secures that stream of it beside the other. `elsewhere`: it does not come by our gateway; `too-many`: that secures as many cameras' as it may. */
  z.strictObject({
    ...of,
    what: z.literal('not-secured'),
    camera: cameraIdSchema,
    stream: streamNameSchema,
    why: z.enum(['elsewhere', 'too-many']),
  }),
  /** It does not any more, and nobody does until another one takes over. */
  z.strictObject({
    ...of,
    what: z.literal('left'),
    camera: cameraIdSchema,
    why: z.enum(['given-back', 'window-gone', 'taken-back']),
  }),
  z.strictObject({ ...of, what: z.literal('over'), why: z.enum(securingEnds), bySeat }),
  /** What the tile that shows the camera said of its picture, whenever that changed. */
  z.strictObject({
    ...of,
    what: z.literal('verdict'),
    camera: cameraIdSchema,
    stream: streamNameSchema,
    displayId: z.string().max(200),
    verdict: verdictFactSchema,
    width: z.int(),
    height: z.int(),
    packetsLost: z.number(),
  }),
  /** How the pictures of one of its streams were made, as the gateway says that has it open, whenever that changed. */
  z.strictObject({
    ...of,
    what: z.literal('origin'),
    camera: cameraIdSchema,
    stream: streamNameSchema,
    codec: z.enum(['h264', 'h265']),
    origin: pictureOriginSchema,
  }),
  /** What an operator says to whoever reads the evidence. */
  z.strictObject({ ...of, what: z.literal('stated'), bySeat, text: z.string().min(1).max(4_000) }),
  z.strictObject({
    ...of,
    what: z.literal('sealed'),
    bySeat,
    file: z.string().max(200),
    sizeBytes: z.number(),
    fingerprint: z.string(),
    /** `none`: the authority that was asked gave no time-stamp. Missing where nobody was asked. */
    timeStamp: z.enum(['stamped', 'none']).optional(),
    /** Copies that were encoded anew, and those that could not be made; missing where nobody asked for any. */
    copies: z.int().optional(),
    copiesFailed: z.int().optional(),
  }),
  /** Another seat's key signed the same bundle: two pairs of eyes. */
  z.strictObject({
    ...of,
    what: z.literal('countersigned'),
    bySeat,
    file: z.string().max(200),
    sizeBytes: z.number(),
    fingerprint: z.string(),
  }),
  /** A sealed bundle is gone from this machine; copies that left it are where they are. */
  z.strictObject({
    ...of,
    what: z.literal('bundle-deleted'),
    bySeat,
    file: z.string().max(200),
    reason: z.string().min(1).max(500),
  }),
  z.strictObject({ ...of, what: z.literal('viewed'), bySeat, clip: z.uuid() }),
  /** A file that belongs to the incident was put there, or was looked at. */
  z.strictObject({ ...of, what: z.literal('attached'), bySeat, name: z.string().max(200), digest: z.string().max(64) }),
  z.strictObject({ ...of, what: z.literal('opened'), bySeat, name: z.string().max(200), digest: z.string().max(64) }),
  /** A file of an incident is gone; that it was there is not. */
  z.strictObject({
    ...of,
    what: z.literal('file-deleted'),
    bySeat,
    name: z.string().max(200),
    digest: z.string().max(64),
    reason: z.string().min(1).max(500),
  }),
  /**
   * A copy of a bundle leaves: first that it is asked for, then how that ended. `whole`: who took it said that all of it is where it was to go; `sent`: all of it was given, and
   * nobody said whether it was kept.
   */
  z.strictObject({
    ...of,
    what: z.literal('exported'),
    bySeat,
    file: z.string().max(200),
    outcome: z.enum(['begun', 'whole', 'sent', 'broken-off']),
  }),
]);
export type CustodyRecord = z.infer<typeof custodyRecordSchema>;

/** The same, and what a clip's own records say of a piece that was found without one, and of its end: they are kept with the clip, and written once. */
export const custodyLineSchema = z.discriminatedUnion('what', [
  ...custodyRecordSchema.options,
  z.strictObject({ ...of, what: z.literal('deleted'), bySeat, clip: z.uuid(), camera: cameraIdSchema, reason: z.string() }),
  z.strictObject({
    ...of,
    what: z.literal('adopted'),
    clip: z.uuid(),
    camera: cameraIdSchema,
    fromMs: z.number(),
    toMs: z.number(),
  }),
]);
export type CustodyLine = z.infer<typeof custodyLineSchema>;
export const custodyKinds = custodyRecordSchema.options.map((option) => option.shape.what.value);

/** So many lines of each incident are kept at hand; of more the oldest verdicts are left to the Journal. */
export const custodyMost = 5_000;
