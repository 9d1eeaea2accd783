import { z } from 'zod';
import { cameraIdSchema } from '../cameras/camera.ts';
import { tilePlaceSchema } from '../wall/wall-change.ts';
import { auditActSchema, auditFacets } from './audit-facets.ts';
import type { AuditRow } from './audit-row.ts';
import { type AuditWord, auditWordSchema, wordOf } from './audit-words.ts';

const mostTiles = 16;
const mostText = 300;

/** A row of the audit log as a window shows it. */
export const auditLineSchema = z.strictObject({
  /** Its number in the log, from 1. */
  row: z.int().min(1),
  utcMs: z.number(),
  kind: z.string().max(100),
  act: auditActSchema,
  /** Which sentence says it. */
  word: auditWordSchema,
  /** Null: nobody's seat, or not told. */
  seat: z.int().nullable(),
  signedIn: z.boolean().nullable(),
  cameras: z.array(cameraIdSchema).max(8),
  incident: z.int().nullable(),
  /** Of a viewing, a change or a rewinding: where. */
  tiles: z.array(tilePlaceSchema).max(mostTiles),
  displays: z.array(z.string().max(200)).max(mostTiles),
  /** Of a viewing that ended: since when (UTC, ms). */
  sinceUtcMs: z.number().nullable(),
  /** What the sentence needs beside: a number people say, a file, a reason. */
  number: z.number().nullable(),
  about: z.string().max(mostText),
  /** Why it was not done, as the contract names it; null where it was. */
  refusal: z.string().max(100).nullable(),
});
export type AuditLine = z.infer<typeof auditLineSchema>;

const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const fieldsSchema = z.object({
  tiles: z.array(tilePlaceSchema).optional().catch(undefined),
  displays: z.array(z.string().max(200)).optional().catch(undefined),
  displayId: z.string().max(200).optional().catch(undefined),
  tile: z.int().optional().catch(undefined),
  sinceUtcMs: number,
  number,
  to: z.union([z.number(), z.string()]).optional().catch(undefined),
  momentUtcMs: number,
  shownUtcMs: number,
  rows: number,
  ...{ file: text, reason: text, text, name: text, outcome: text, site: text, format: text },
  refusal: z.string().max(100).nullable().optional().catch(undefined),
  deed: z
    .object({
      text,
      reason: text,
      outcome: text,
      name: text,
      step: number,
      seat: number,
      to: z.union([z.number(), z.string()]).nullable().optional(),
    })
    .optional()
    .catch(undefined),
});

/** Never throws: what a row does not say in a way that is known here is left out of its line. */
export function auditLine(row: Pick<AuditRow, 'sequence' | 'utcMs' | 'kind'> & { readonly data: unknown }): AuditLine {
  const { kind, data } = row;
  const { cameras, ...facets } = auditFacets(kind, data);
  const fields = fieldsSchema.safeParse(data).data ?? {};
  const word = wordOf(kind, data);
  return {
    ...{ row: row.sequence, utcMs: row.utcMs, kind: kind.slice(0, 100), word },
    ...facets,
    cameras: cameras.flatMap((id) => cameraIdSchema.safeParse(id).data ?? []).slice(0, 8),
    tiles: placesOf(fields).slice(0, mostTiles),
    displays: (fields.displays ?? []).slice(0, mostTiles),
    sinceUtcMs: fields.sinceUtcMs ?? null,
    number: numberFor(word, fields),
    about: aboutOf(fields).slice(0, mostText),
    refusal: fields.refusal ?? null,
  };
}

type Fields = Partial<z.infer<typeof fieldsSchema>>;

function placesOf({ tiles, displayId, tile, displays }: Fields): AuditLine['tiles'] {
  if (tiles) return tiles;
  const display = displayId ?? (displays?.length === 1 ? displays[0] : undefined);
  const place = tilePlaceSchema.safeParse({ displayId: display, tile });
  return place.success ? [place.data] : [];
}

function numberFor(word: AuditWord, { number, to, momentUtcMs, shownUtcMs, rows, deed }: Fields): number | null {
  if (word === 'rewind-shown') return momentUtcMs ?? null;
  if (word === 'rewind-found') return shownUtcMs ?? null;
  // People count steps from 1.
  if (deed?.step !== undefined) return deed.step + 1;
  const other = deed?.seat ?? deed?.to ?? to;
  return (typeof other === 'number' ? other : undefined) ?? rows ?? number ?? null;
}

function aboutOf({ file, reason, text: said, name, outcome, site, format, deed, to }: Fields): string {
  const words = deed ? [deed.text, deed.reason, deed.outcome, deed.name, deed.to] : [];
  const all = [...words, file, reason, said, name, site, outcome, format, to];
  return all.find((each): each is string => typeof each === 'string' && each !== '') ?? '';
}
