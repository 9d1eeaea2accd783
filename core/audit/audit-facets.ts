import { z } from 'zod';

/** What kind of act a row is. `pieces`: what comes every second while pictures are secured, and what tiles say of them. */
export const auditActs = [
  'viewing',
  'wall',
  'scenes',
  'steering',
  'rewind',
  'incidents',
  'evidence',
  'pieces',
  'cameras',
  'settings',
  'audit',
  'other',
] as const;
export const auditActSchema = z.enum(auditActs);
export type AuditAct = z.infer<typeof auditActSchema>;

/** By the beginning of a record's kind, the longest first. */
const actsByKind: readonly (readonly [string, AuditAct])[] = [
  ['evidence.fragment', 'pieces'],
  ['evidence.verdict', 'pieces'],
  ['deed.cameras.', 'cameras'],
  ['deed.ptz.', 'steering'],
  ['deed.scenes.', 'scenes'],
  ['deed.', 'settings'],
  ['stream.', 'viewing'],
  ['wall.', 'wall'],
  ['still.', 'wall'],
  ['scene.', 'scenes'],
  ['programme.', 'scenes'],
  ['ptz.', 'steering'],
  ['rewind.', 'rewind'],
  ['incident.', 'incidents'],
  ['evidence.', 'evidence'],
  ['audit.', 'audit'],
  ['shift.', 'audit'],
  ['main.', 'audit'],
];

export const actOf = (kind: string): AuditAct => actsByKind.find(([begin]) => kind.startsWith(begin))?.[1] ?? 'other';

/** What a row can be looked for by. */
export interface AuditFacets {
  readonly act: AuditAct;
  readonly seat: number | null;
  /** Whether somebody was signed in there; null where the row does not say. */
  readonly signedIn: boolean | null;
  readonly cameras: readonly string[];
  readonly incident: number | null;
}

const text = z.string().max(200).optional().catch(undefined);
const number = z.int().optional().catch(undefined);
const part = z.object({ camera: text, incident: number }).optional().catch(undefined);
/** Where records of all features say such things. A field that is something else is none: nothing that was acknowledged may fail here. */
const fieldsSchema = z.object({
  seat: z
    .union([z.int(), z.string().max(200)])
    .optional()
    .catch(undefined),
  seatName: text,
  bySeat: number,
  camera: text,
  incident: number,
  number,
  clip: part,
  flag: part,
  deed: part,
});

/** `data` is whatever a record holds. */
export function auditFacets(kind: string, data: unknown): AuditFacets {
  const read = fieldsSchema.safeParse(data);
  const act = actOf(kind);
  if (!read.success) return { act, seat: null, signedIn: null, cameras: [], incident: null };
  const { seat, seatName, bySeat, camera, incident, number: own, clip, flag, deed } = read.data;
  const named = typeof seat === 'string' ? seat : seatName;
  const seatNumber = typeof seat === 'number' ? seat : (bySeat ?? seatNumberOf(named));
  const cameras = [camera, clip?.camera, flag?.camera, deed?.camera].filter((id) => id !== undefined);
  return {
    act,
    seat: seatNumber,
    signedIn: named === undefined ? null : !named.endsWith('(not signed in)'),
    cameras: [...new Set(cameras)],
    incident: incident ?? clip?.incident ?? (act === 'incidents' ? own : undefined) ?? null,
  };
}

/** As `seatForRecords` wrote it. */
function seatNumberOf(name: string | undefined): number | null {
  const digits = /^seat (\d{1,3})\b/.exec(name ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
