import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';
import { categorySchema, incidentNumberSchema, severitySchema } from './incident-number.ts';
import { lifeMoveSchema } from './incident-life.ts';
import { procedureTemplateSchema } from './procedure.ts';

/** What is flagged. */
export const flagSchema = z.strictObject({
  camera: cameraIdSchema,
  category: categorySchema,
  severity: severitySchema,
  place: z.string().max(200).nullable(),
  shownUtcMs: z.number().nullable(),
});
export type Flag = z.infer<typeof flagSchema>;

const seatSchema = z.int().min(1).max(999).nullable();
const assignedSchema = z.string().trim().min(1).max(200).nullable();
const reasonSchema = z.string().trim().min(1).max(500);
const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);
const classSchema = z.strictObject({ category: categorySchema, severity: severitySchema });

/**
 * What a person may do with an incident that is there. `was` is what the page showed before: where somebody else has changed it meanwhile the deed is refused, so that
 * nobody overwrites what they have not seen. All other deeds only add, or are refused by themselves where they come second.
 */
export const askedDeedSchema = z.discriminatedUnion('do', [
  ...lifeMoveSchema.options,
  z.strictObject({ do: z.literal('own'), seat: seatSchema, was: seatSchema.optional() }),
  z.strictObject({ do: z.literal('assign'), to: assignedSchema, was: assignedSchema.optional() }),
  z.strictObject({ do: z.literal('note'), text: z.string().trim().min(1).max(2_000) }),
  z.strictObject({ do: z.literal('link'), to: incidentNumberSchema }),
  z.strictObject({ do: z.literal('unlink'), to: incidentNumberSchema }),
  /** `again`: it was flagged a second time within seconds. */
  z.strictObject({ do: z.literal('join'), camera: cameraIdSchema, again: z.boolean() }),
  z.strictObject({ do: z.literal('classify'), ...classSchema.shape, was: classSchema.optional() }),
  z.strictObject({ do: z.literal('follow'), procedure: procedureTemplateSchema.omit({ category: true }) }),
  z.strictObject({ do: z.literal('step'), step: z.int().min(0).max(49), skip: z.boolean(), reason: z.string().max(500) }),
  /** A supervisor has seen that a step was skipped. */
  z.strictObject({ do: z.literal('see-skip'), step: z.int().min(0).max(49) }),
  z.strictObject({ do: z.literal('lock'), locked: z.boolean() }),
  /** A camera that joined by mistake is none of it any more. */
  z.strictObject({ do: z.literal('part'), camera: cameraIdSchema, reason: reasonSchema }),
  /** The same of a file. */
  z.strictObject({ do: z.literal('detach'), digest: digestSchema, reason: reasonSchema }),
]);
export type AskedDeed = z.infer<typeof askedDeedSchema>;

/** All that can be done with it. What is attached comes by address, and main says its digest. */
export const incidentDeedSchema = z.discriminatedUnion('do', [
  ...askedDeedSchema.options,
  z.strictObject({
    do: z.literal('attach'),
    name: z.string().trim().min(1).max(200),
    digest: digestSchema,
    sizeBytes: z.int().min(0),
    /** A picture that a window secured of one of its cameras. Earlier records do not say. */
    secured: z.boolean().default(false),
  }),
]);
export type IncidentDeed = z.infer<typeof incidentDeedSchema>;
