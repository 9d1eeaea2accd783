import { z } from 'zod';
import { call, state } from '../rpc/define.ts';
import { cameraIdSchema, cameraSchema } from './camera.ts';

/** A line of a camera file that was not taken, in words. */
export const refusedLineSchema = z.strictObject({
  /** `line 7` of a CSV, `[3].lat` of a JSON, `features[3]` of a GeoJSON, `--camera 2` of a command. */
  where: z.string().max(200),
  reason: z.string().max(500),
});
export type RefusedLine = z.infer<typeof refusedLineSchema>;

/** Which directory there is now. The cameras themselves are at `/directory/<revision>` (JSON, an array of cameras by number): too many for a message. */
export const directoryHeadSchema = z.strictObject({
  /** Empty while it is not known yet. */
  revision: z.string().max(80),
  count: z.int().min(0),
  /** `command`: those of this run; `stored`: what was imported; the other two are made up by us, and say so. */
  origin: z.enum(['command', 'stored', 'demonstration-city', 'demonstration-province']),
});
export type DirectoryHead = z.infer<typeof directoryHeadSchema>;

/** What a person must mend: nothing of the stored directory can be read, or a part of it cannot. */
export const directoryProblemSchema = z.enum(['unreadable', 'incomplete']);
export type DirectoryProblem = z.infer<typeof directoryProblemSchema>;

export const cameraGroupSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  name: z.string().min(1).max(120),
  cameras: z.array(cameraIdSchema).max(1_000),
  revision: z.int().min(1),
});
export type CameraGroup = z.infer<typeof cameraGroupSchema>;

/** What an import would do. It is kept for 15 minutes or until another file is read. */
export const importPreviewSchema = z.strictObject({
  id: z.string().max(64),
  fileName: z.string().max(200),
  total: z.int(),
  /** Of the good lines, against the directory as it is: in numbers, and the first few by name. */
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  gone: z.int(),
  samples: z.strictObject({
    added: z.array(cameraSchema).max(20),
    changed: z.array(cameraSchema).max(20),
    gone: z.array(cameraSchema).max(20),
  }),
  refusedTotal: z.int(),
  /** The first of the refused lines. */
  refused: z.array(refusedLineSchema).max(1_000),
  /** Numbers that would be there twice if cameras that are gone were kept (`removeGone` false is refused as `conflict` then); the first of them. */
  clashes: z.array(refusedLineSchema).max(20),
  /** Addresses that came with a password: it is sealed on this machine when the import is applied. */
  withCredentials: z.int(),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const camerasRefusals = [
  'no-such-preview',
  'directory-changed',
  'this-run-only',
  'nothing-to-import',
  'no-such-group',
  'no-such-camera',
  'conflict',
  'not-saved',
  'too-many',
  'locked',
  'broken',
] as const;
const outcome = z.strictObject({ refusal: z.enum(camerasRefusals).nullable() });

export const camerasContract = {
  'cameras.directory': state(directoryHeadSchema),
  'cameras.problem': state(directoryProblemSchema.nullable()),
  /** The camera an operator typed the number of; it is found before a large directory is read. */
  'cameras.with-number': call({
    input: z.strictObject({ number: cameraSchema.shape.number }),
    output: z.strictObject({ camera: cameraSchema.nullable() }),
  }),
  /** Those of these that are in the directory, to name what is not on the wall now (what a tile showed before, what a scene holds). */
  'cameras.with-ids': call({
    input: z.strictObject({ ids: z.array(cameraIdSchema).max(1_000) }),
    output: z.strictObject({ cameras: z.array(cameraSchema).max(1_000) }),
  }),
  /** What the last reading of a camera file on the command line refused. */
  'cameras.refused': state(z.array(refusedLineSchema).max(1_000)),
  /** Named groups, by name; for everybody. */
  'cameras.groups': state(z.array(cameraGroupSchema).max(500)),
  /** `revision` 0 makes a new one; else the one it was read with. */
  'cameras.save-group': call({
    input: cameraGroupSchema.extend({ revision: z.int().min(0) }),
    output: outcome,
    who: 'supervisor',
  }),
  'cameras.delete-group': call({ input: z.strictObject({ id: cameraGroupSchema.shape.id }), output: outcome, who: 'supervisor' }),
  /** This window's seat's own. */
  'cameras.favourites': state(z.array(cameraIdSchema).max(1_000)),
  'cameras.favourite': call({ input: z.strictObject({ camera: cameraIdSchema, favourite: z.boolean() }), output: outcome }),
  /**
   * Makes the previewed import the directory, whole or not at all. `removeGone` false keeps cameras that the file does not name.
   * The file itself is put to `/directory/import?name=<file name>` (CSV, JSON or GeoJSON, at most 64 MB), which answers with an `ImportPreview`.
   */
  'cameras.apply-import': call({
    input: z.strictObject({ preview: z.string().max(64), removeGone: z.boolean() }),
    output: outcome,
    who: 'supervisor',
    limitMs: 60_000,
  }),
  'cameras.leave-import': call({
    input: z.strictObject({ preview: z.string().max(64) }),
    output: z.strictObject({}),
    who: 'supervisor',
  }),
  /** Which made-up directory is shown while there is no real one. */
  'cameras.demonstration': call({
    input: z.strictObject({ what: z.enum(['city', 'province']) }),
    output: outcome,
    who: 'supervisor',
  }),
};
