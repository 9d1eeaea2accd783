import { z } from 'zod';
import { type CameraId, cameraIdSchema } from '../cameras/camera.ts';
import { incidentChangeSchema } from './incident-change.ts';
import { incidentLifeSchema, incidentStates } from './incident-life.ts';
import { categorySchema, incidentNumberSchema, severitySchema } from './incident-number.ts';
import { procedureSchema } from './procedure.ts';

/** So much one incident may have of each. */
export const incidentBounds = { cameras: 64, notes: 500, links: 50, attachments: 50, moves: 200, changes: 500 } as const;

const by = { utcMs: z.number(), bySeat: z.int() };

/** Something that a person (or a rule) flagged. What is on the wire. */
export const incidentSchema = z.strictObject({
  /** Never given twice, also where it was withdrawn. */
  number: incidentNumberSchema,
  flagged: z.strictObject({
    ...by,
    /** The moment the tile showed, where it was rewound; null: the present. */
    shownUtcMs: z.number().nullable(),
  }),
  category: categorySchema,
  severity: severitySchema,
  /** Where it is, in words; null where nobody said. */
  place: z.string().max(200).nullable(),
  /** The first is the one that was flagged. */
  cameras: z.array(z.strictObject({ camera: cameraIdSchema, ...by })).max(incidentBounds.cameras),
  life: incidentLifeSchema,
  /** The seat that answers for it; null: nobody yet. */
  ownerSeat: z.int().nullable(),
  /** Who was sent, in words. */
  assigned: z.string().max(200).nullable(),
  notes: z.array(z.strictObject({ ...by, text: z.string().max(2_000) })).max(incidentBounds.notes),
  links: z.array(incidentNumberSchema).max(incidentBounds.links),
  attachments: z
    .array(
      z.strictObject({
        ...by,
        name: z.string().max(200),
        digest: z.string(),
        sizeBytes: z.int(),
        /** A picture that a window secured of one of its cameras, and no file that somebody chose: it stays. */
        secured: z.boolean(),
      }),
    )
    .max(incidentBounds.attachments),
  procedure: procedureSchema.nullable(),
  /** Its evidence can be neither deleted nor aged out. */
  locked: z.boolean(),
  /** How often it was flagged again within seconds. */
  flaggedAgain: z.int().min(0),
  /** Every move of its life, oldest first. `words`: what came of it, or why it was opened again. */
  moves: z
    .array(z.strictObject({ ...by, to: z.enum(incidentStates), words: z.string().max(2_000).nullable() }))
    .max(incidentBounds.moves),
  /** Everything else that was changed of it, oldest first. */
  changes: z.array(incidentChangeSchema).max(incidentBounds.changes),
});
export type Incident = z.infer<typeof incidentSchema>;

/** Every camera that it has or had, with the time until which it had it (UTC, ms; null: it has it): what was secured of one that was taken back is still there. */
export function camerasEver({ cameras, changes }: Incident): readonly CameraEver[] {
  const present = new Set<string>(cameras.map(({ camera }) => camera));
  const gone = new Map<CameraId, CameraEver>();
  for (const change of changes)
    if (change.what === 'camera-off' && !present.has(change.camera))
      gone.set(change.camera, { camera: change.camera, utcMs: change.came.utcMs, untilUtcMs: change.utcMs });
  return [...cameras.map(({ camera, utcMs }) => ({ camera, utcMs, untilUtcMs: null })), ...gone.values()];
}

interface CameraEver {
  readonly camera: CameraId;
  /** When it was flagged or joined. */
  readonly utcMs: number;
  readonly untilUtcMs: number | null;
}

/** Enough for a line of a list, and small. */
export const incidentSummarySchema = z.strictObject({
  number: incidentNumberSchema,
  flaggedUtcMs: z.number(),
  bySeat: z.int(),
  category: categorySchema,
  severity: severitySchema,
  place: z.string().nullable(),
  cameras: z.array(cameraIdSchema).max(incidentBounds.cameras),
  life: incidentLifeSchema,
  ownerSeat: z.int().nullable(),
  assigned: z.string().nullable(),
  locked: z.boolean(),
});
export type IncidentSummary = z.infer<typeof incidentSummarySchema>;

export const summaryOf = ({
  number,
  flagged,
  category,
  severity,
  place,
  cameras,
  life,
  ownerSeat,
  assigned,
  locked,
}: Incident): IncidentSummary => ({
  number,
  flaggedUtcMs: flagged.utcMs,
  bySeat: flagged.bySeat,
  category,
  severity,
  place,
  cameras: cameras.map(({ camera }) => camera),
  life,
  ownerSeat,
  assigned,
  locked,
});
