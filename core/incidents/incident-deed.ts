import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';
import { categorySchema, incidentNumberSchema, severitySchema } from './incident.ts';
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

/** What can be done with an incident that is there. */
export const incidentDeedSchema = z.discriminatedUnion('do', [
  ...lifeMoveSchema.options,
  z.strictObject({ do: z.literal('own'), seat: z.int().min(1).max(999).nullable() }),
  z.strictObject({ do: z.literal('assign'), to: z.string().trim().min(1).max(200).nullable() }),
  z.strictObject({ do: z.literal('note'), text: z.string().trim().min(1).max(2_000) }),
  z.strictObject({ do: z.literal('link'), to: incidentNumberSchema }),
  z.strictObject({ do: z.literal('unlink'), to: incidentNumberSchema }),
  z.strictObject({
    do: z.literal('attach'),
    name: z.string().trim().min(1).max(200),
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    sizeBytes: z.int().min(0),
  }),
  /** `again`: it was flagged a second time within seconds. */
  z.strictObject({ do: z.literal('join'), camera: cameraIdSchema, again: z.boolean() }),
  z.strictObject({ do: z.literal('classify'), category: categorySchema, severity: severitySchema }),
  z.strictObject({ do: z.literal('follow'), procedure: procedureTemplateSchema.omit({ category: true }) }),
  z.strictObject({ do: z.literal('step'), step: z.int().min(0).max(49), skip: z.boolean(), reason: z.string().max(500) }),
  z.strictObject({ do: z.literal('lock'), locked: z.boolean() }),
]);
export type IncidentDeed = z.infer<typeof incidentDeedSchema>;
