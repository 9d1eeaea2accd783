import { z } from 'zod';
import { incidentNumberSchema } from '../incidents/incident.ts';
import { call, state } from '../rpc/define.ts';
import { clipIdSchema, clipSchema } from './clip.ts';
import { evidenceRoomSchema } from './evidence-room.ts';

/** A clip without its pieces. */
export const clipSummarySchema = clipSchema.omit({ fragments: true }).extend({
  sizeBytes: z.number(),
  pictures: z.int(),
  lengthMs: z.number(),
  /** How many stretches were never secured. */
  gaps: z.int(),
});

export const evidenceContract = {
  /** Said before it is full. */
  'evidence.room': state(evidenceRoomSchema),
  'evidence.clips': call({
    input: z.strictObject({ incident: incidentNumberSchema }),
    output: z.strictObject({ clips: z.array(clipSummarySchema).max(10_000) }),
  }),
  /** The public half of the key that seals: what a centre publishes. Null where there is none. */
  'evidence.key': call({
    input: z.strictObject({}),
    output: z.strictObject({ key: z.strictObject({ pem: z.string(), fingerprint: z.string(), words: z.string() }).nullable() }),
  }),
  'evidence.delete': call({
    input: z.strictObject({ clip: clipIdSchema, reason: z.string().trim().min(1).max(500) }),
    output: z.strictObject({ outcome: z.enum(['deleted', 'locked', 'no-such-clip', 'not-saved']) }),
    who: 'supervisor',
  }),
  /** Seals what there is of an incident now into a bundle on this machine. `file` is where; null where it was refused. */
  'evidence.seal': call({
    input: z.strictObject({ incident: incidentNumberSchema }),
    output: z.strictObject({
      refusal: z.enum(['no-such-incident', 'no-key', 'full', 'damaged', 'not-saved']).nullable(),
      file: z.string().nullable(),
    }),
    who: 'supervisor',
    limitMs: 600_000,
  }),
};
