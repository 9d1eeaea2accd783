import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';
import { incidentNumberSchema } from '../incidents/incident-number.ts';
import { call, state } from '../rpc/define.ts';
import { auditActSchema } from './audit-facets.ts';
import { headReasons } from './audit-head.ts';
import { auditLineSchema } from './audit-line.ts';

/** Which rows are wanted; null: whatever it is. `act` null leaves out `pieces`. */
export const auditFilterSchema = z.strictObject({
  /** From here on, and before there (UTC, ms). */
  fromUtcMs: z.number().nullable(),
  toUtcMs: z.number().nullable(),
  seat: z.int().min(1).max(999).nullable(),
  camera: cameraIdSchema.nullable(),
  incident: incidentNumberSchema.nullable(),
  act: auditActSchema.nullable(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;
export const everyRow: AuditFilter = { fromUtcMs: null, toUtcMs: null, seat: null, camera: null, incident: null, act: null };

/** A page has at most so many rows. */
export const auditPageMost = 200;

const headSchema = z.strictObject({
  utcMs: z.number(),
  /** So many rows it vouches for. */
  rows: z.int(),
  why: z.enum(headReasons),
  /** Of its root, the first 16 hexadecimal digits. */
  root: z.string(),
  /** Of the key that signed it: the words of its fingerprint. */
  signer: z.string(),
});

export const auditStatusSchema = z.strictObject({
  /** Null: nothing was signed yet. */
  head: headSchema.nullable(),
  /** False: this installation's key cannot be read, so nothing is signed. */
  signs: z.boolean(),
  /** Where heads are copied to; null: nowhere. */
  copies: z
    .strictObject({
      /** As the settings name it. */
      folder: z.string().max(1_000),
      /** Null while it works; else why the last copy did not get there. */
      problem: z.enum(['full', 'not-writable', 'not-a-folder', 'failed']).nullable(),
      /** Rows that the newest copy vouches for. */
      rows: z.int(),
      /** Copies get there, but that is the disk that the log is on. */
      sameDisk: z.boolean(),
    })
    .nullable(),
});
export type AuditStatus = z.infer<typeof auditStatusSchema>;

/** So many exports one session has under way. */
export const exportsMost = 8;

const exportingSchema = z.strictObject({
  /** What its window calls it. */
  copy: z.uuid(),
  /** Given so far, as of the last whole percent. */
  rows: z.int().min(0),
  /** Of all rows there were when it began, those that were given or that its filter does not want (0 to 100). */
  percent: z.int().min(0).max(100),
});
export type AuditExporting = z.infer<typeof exportingSchema>;

export const auditContract = {
  /** The log's last signed head, and its copies. */
  'audit.status': state(auditStatusSchema, 'supervisor'),
  /** How far this session's exports are that it gave a name; one that is over is none. */
  'audit.exporting': state(z.array(exportingSchema).max(exportsMost), 'supervisor'),
  /** Rows below `before` (null: from the newest), the newest first. `next` is where the following page begins; null: there are no more. A page may be short, or empty, and still have a next. */
  'audit.rows': call({
    input: z.strictObject({
      filter: auditFilterSchema,
      before: z.int().min(1).nullable(),
      limit: z.int().min(1).max(auditPageMost),
    }),
    output: z.strictObject({ rows: z.array(auditLineSchema).max(auditPageMost), next: z.int().nullable(), all: z.int() }),
    who: 'supervisor',
  }),
  /** One row as it was written, and whether the last signed head vouches for it. */
  'audit.row': call({
    input: z.strictObject({ row: z.int().min(1) }),
    output: z.strictObject({
      found: z
        .strictObject({
          /** JSON; cut where it is very long. */
          text: z.string().max(20_000),
          hash: z.string(),
          /** Proved by the head of so many rows (RFC 6962, 2.1.1); `false`: the proof fails; null: no head has it yet. */
          proved: z.boolean().nullable(),
        })
        .nullable(),
    }),
    who: 'supervisor',
  }),
};
