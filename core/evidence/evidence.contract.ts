import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';
import { incidentNumberSchema } from '../incidents/incident-number.ts';
import { call, state } from '../rpc/define.ts';
import { clipIdSchema, clipSchema } from './clip.ts';
import { custodyLineSchema, custodyMost } from './custody.ts';
import { evidenceRoomSchema } from './evidence-room.ts';

/** A clip without its pieces. */
export const clipSummarySchema = clipSchema.omit({ fragments: true }).extend({
  sizeBytes: z.number(),
  pictures: z.int(),
  lengthMs: z.number(),
  /** Stretches that were never secured, from the clip's begin (ms); `toMs` null: it was cut off there. */
  gaps: z.array(z.strictObject({ fromMs: z.number(), toMs: z.number().nullable() })).max(1_000),
});
export type ClipSummary = z.infer<typeof clipSummarySchema>;

/** A sealed bundle that is kept on this machine. */
export const bundleFactSchema = z.strictObject({
  file: z.string(),
  incident: incidentNumberSchema,
  sealedUtcMs: z.number(),
  bySeat: z.int().nullable(),
  sizeBytes: z.number(),
  fingerprint: z.string(),
  /** Who signed it beside the installation; null: nobody yet. */
  second: z.strictObject({ bySeat: z.int().nullable(), utcMs: z.number(), fingerprint: z.string() }).nullable(),
});
export type BundleFact = z.infer<typeof bundleFactSchema>;

/** Clips are due by a clock that nobody believes: they stay until somebody says that it is right. */
const clockDoubtSchema = z.strictObject({
  /** How far it is ahead of what was believed last (ms). */
  aheadMs: z.number(),
  /** So many would go. */
  clips: z.int(),
});
export type ClockDoubt = z.infer<typeof clockDoubtSchema>;

const taskInput = z.strictObject({ incident: incidentNumberSchema, camera: cameraIdSchema });

/** Pictures of a camera that are to be kept for an incident. */
export const securingSchema = taskInput.extend({
  /** From here on (UTC, ms), as far back as a window has them. */
  fromUtcMs: z.number(),
  /** Who keeps them. `nobody`: a window that has the camera's pictures may take it. */
  taken: z.enum(['nobody', 'me', 'another']),
  /** When the last piece was on the disk; null before the first. */
  securedUtcMs: z.number().nullable(),
  /** It goes on for so long that somebody is to say whether it should. */
  long: z.boolean(),
});
export type Securing = z.infer<typeof securingSchema>;

export const evidenceContract = {
  /** Said before it is full. */
  'evidence.room': state(evidenceRoomSchema),
  'evidence.clock-doubt': state(clockDoubtSchema.nullable()),
  /** What is being secured now. */
  'evidence.securing': state(z.array(securingSchema).max(1_000)),
  /** This window keeps a camera's pictures for an incident from now on, until it says `leave`, ends, or the task is over. */
  'evidence.take': call({
    input: taskInput,
    output: z.strictObject({ outcome: z.enum(['yours', 'taken', 'over', 'not-saved']) }),
    who: 'operator',
  }),
  'evidence.leave': call({ input: taskInput, output: z.strictObject({}), who: 'operator' }),
  /** No more is secured of an incident. */
  'evidence.end': call({
    input: z.strictObject({ incident: incidentNumberSchema }),
    output: z.strictObject({ outcome: z.enum(['ended', 'over', 'not-saved']) }),
    who: 'operator',
  }),
  /** Somebody said that it should go on. */
  'evidence.go-on': call({
    input: z.strictObject({ incident: incidentNumberSchema }),
    output: z.strictObject({}),
    who: 'operator',
  }),
  /** The clock of this PC is right: what is due by it is deleted. */
  'evidence.trust-clock': call({
    input: z.strictObject({}),
    output: z.strictObject({ outcome: z.enum(['done', 'not-saved']) }),
    who: 'supervisor',
  }),
  'evidence.clips': call({
    input: z.strictObject({ incident: incidentNumberSchema }),
    output: z.strictObject({ clips: z.array(clipSummarySchema).max(10_000) }),
  }),
  /** What happened to an incident's evidence, oldest first, and its bundles, newest first. */
  'evidence.custody': call({
    input: z.strictObject({ incident: incidentNumberSchema }),
    output: z.strictObject({
      log: z.array(custodyLineSchema).max(custodyMost),
      bundles: z.array(bundleFactSchema).max(1_000),
    }),
  }),
  'evidence.state': call({
    input: z.strictObject({ incident: incidentNumberSchema, text: z.string().trim().min(1).max(4_000) }),
    output: z.strictObject({ outcome: z.enum(['stated', 'no-such-incident', 'not-saved']) }),
    who: 'operator',
  }),
  /** How the copy of a bundle ended that this window got at `/evidence/bundles/<file>?copy=<copy>`: whether all of it is where it was to go. */
  'evidence.copied': call({
    input: z.strictObject({ copy: z.uuid(), whole: z.boolean() }),
    output: z.strictObject({}),
    who: 'supervisor',
  }),
  /** The public half of the key that seals, or of the one that this seat signs with a second time: what a centre publishes. Null where there is none. */
  'evidence.key': call({
    input: z.strictObject({ whose: z.enum(['centre', 'seat']) }),
    output: z.strictObject({ key: z.strictObject({ pem: z.string(), fingerprint: z.string(), words: z.string() }).nullable() }),
    who: 'supervisor',
  }),
  'evidence.delete': call({
    input: z.strictObject({ clip: clipIdSchema, reason: z.string().trim().min(1).max(500) }),
    output: z.strictObject({ outcome: z.enum(['deleted', 'locked', 'no-such-clip', 'not-saved']) }),
    who: 'supervisor',
  }),
  /** Deletes a sealed bundle from this machine. */
  'evidence.delete-bundle': call({
    input: z.strictObject({ file: z.string().min(1).max(200), reason: z.string().trim().min(1).max(500) }),
    output: z.strictObject({ outcome: z.enum(['deleted', 'locked', 'in-use', 'no-such-bundle', 'not-saved']) }),
    who: 'supervisor',
  }),
  /** Signs a sealed bundle a second time, with the key of this seat, which must be another than the one that sealed it. */
  'evidence.countersign': call({
    input: z.strictObject({ file: z.string().min(1).max(200) }),
    output: z.strictObject({
      refusal: z.enum(['no-such-bundle', 'same-seat', 'already', 'no-key', 'full', 'damaged', 'not-saved']).nullable(),
    }),
    who: 'supervisor',
    limitMs: 600_000,
  }),
  /**
   * Ends what is still being secured of an incident, waits until windows have put the rest, and seals what there is into a bundle on this machine. `file` is its name;
   * null where it was refused.
   */
  'evidence.seal': call({
    input: z.strictObject({
      incident: incidentNumberSchema,
      /** With copies of H.265 that every browser plays, beside their masters and never in their place. */
      withCopies: z.boolean().optional(),
    }),
    output: z.strictObject({
      refusal: z.enum(['no-such-incident', 'no-key', 'full', 'damaged', 'not-saved']).nullable(),
      file: z.string().nullable(),
      /** Null where no time-stamp was asked for. */
      timeStamped: z.boolean().nullable(),
      /** So many copies could not be made. */
      copiesFailed: z.int(),
    }),
    who: 'operator',
    limitMs: 600_000,
  }),
};
