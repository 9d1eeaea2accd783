import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';
import { categorySchema, incidentNumberSchema, severitySchema } from './incident-number.ts';
import { spokenSchema } from './spoken.ts';

const by = { utcMs: z.number(), bySeat: z.int() };

/** What was changed of an incident beside its life, its notes and its cameras: its page and its bundle tell all of it. */
export const incidentChangeSchema = z.discriminatedUnion('what', [
  z.strictObject({ ...by, what: z.literal('owner'), seat: z.int().nullable() }),
  z.strictObject({ ...by, what: z.literal('assigned'), to: z.string().max(200).nullable() }),
  z.strictObject({ ...by, what: z.literal('classified'), category: categorySchema, severity: severitySchema }),
  z.strictObject({ ...by, what: z.literal('linked'), to: incidentNumberSchema }),
  z.strictObject({ ...by, what: z.literal('unlinked'), to: incidentNumberSchema }),
  z.strictObject({ ...by, what: z.literal('followed'), name: spokenSchema }),
  z.strictObject({ ...by, what: z.literal('locked'), locked: z.boolean() }),
  /** Who flagged the same camera within seconds: both are named. */
  z.strictObject({ ...by, what: z.literal('flagged-again') }),
  /** A camera that had joined by mistake, or a file; when it came, and why it was taken back. What was secured of it stays where it is. */
  z.strictObject({ ...by, what: z.literal('camera-off'), camera: cameraIdSchema, came: z.strictObject(by), reason: z.string() }),
  z.strictObject({
    ...by,
    what: z.literal('file-off'),
    name: z.string().max(200),
    digest: z.string(),
    came: z.strictObject(by),
    reason: z.string(),
  }),
]);
export type IncidentChange = z.infer<typeof incidentChangeSchema>;
