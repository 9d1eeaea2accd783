import { z } from 'zod';
import { cellSchema, gridLayout, type Layout, layoutSchema, mostColumns, mostRows, mostTiles } from '../wall/layout.ts';
import { displayContentSchema } from '../wall/wall-change.ts';
import { draftProblems } from './draft-problems.ts';
import { explainIssues, type PlacedReason } from './placed-reason.ts';
import { sameLayout } from '../wall/same-layout.ts';
import { type SceneDraft, sceneDraftSchema } from './scene.ts';

/** What marks a file as one of scenes, and the newest form this program knows. */
export const sceneFileFormat = 'deedban-scenes';
export const sceneFileVersion = 1;
/** More scenes no wall keeps. */
export const mostScenes = 2_000;

/** Equal tiles are written as columns and rows alone: short, and a person can write it. */
const fileLayoutSchema = z
  .strictObject({
    columns: z.int().min(1).max(mostColumns),
    rows: z.int().min(1).max(mostRows),
    cells: z.array(cellSchema).min(1).max(mostTiles).optional(),
  })
  .transform(({ columns, rows, cells }) => (cells === undefined ? gridLayout(columns, rows) : { columns, rows, cells }))
  .pipe(layoutSchema);

const fileSceneSchema = sceneDraftSchema.extend({
  displays: z
    .array(displayContentSchema.extend({ layout: fileLayoutSchema }))
    .min(1)
    .max(64),
});

const headSchema = z.looseObject({ format: z.literal(sceneFileFormat), version: z.int().min(1) });
const fileSchema = z.strictObject({
  format: z.literal(sceneFileFormat),
  version: z.literal(sceneFileVersion),
  scenes: z.array(fileSceneSchema).min(1, 'the file has no scenes').max(mostScenes),
});

/** The text of a file with these scenes: JSON, one scene a line. Owner, lock and revision are not part of it: they mean nothing elsewhere. */
export function writeSceneFile(scenes: readonly SceneDraft[]): string {
  const lines = scenes.map(({ number, name, colour, displays }) =>
    JSON.stringify({
      number,
      name,
      colour,
      displays: displays.map(({ displayId, layout, contents }) => ({ displayId, layout: fileLayout(layout), contents })),
    }),
  );
  const head = `"format":"${sceneFileFormat}","version":${sceneFileVersion}`;
  return `{${head},"scenes":[\n${lines.join(',\n')}\n]}\n`;
}

export type ReadSceneFile =
  | { readonly ok: true; readonly scenes: readonly SceneDraft[] }
  | { readonly ok: false; readonly problems: readonly PlacedReason[] };

/** Reads such a text: all of its scenes, or what is wrong with it and where (at most 200 places, `scenes[3].displays[0].layout`). */
export function readSceneFile(text: string): ReadSceneFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return wrong('the file', 'it is not JSON text; export the scenes again');
  }
  const head = headSchema.safeParse(json);
  if (!head.success) return wrong('the file', `it is not an export of scenes: it has no "format": "${sceneFileFormat}"`);
  if (head.data.version > sceneFileVersion)
    return wrong('version', 'it was written by a newer Deedban; import it with that version');
  const parsed = fileSchema.safeParse(json, { reportInput: true });
  if (!parsed.success) return { ok: false, problems: explainIssues(parsed.error.issues) };
  const problems = parsed.data.scenes.flatMap((draft, index) => draftProblems(draft, `scenes[${index}].`));
  return problems.length > 0 ? { ok: false, problems: problems.slice(0, 200) } : { ok: true, scenes: parsed.data.scenes };
}

function wrong(where: string, reason: string): ReadSceneFile {
  return { ok: false, problems: [{ where, reason }] };
}

function fileLayout(layout: Layout): { columns: number; rows: number; cells?: Layout['cells'] } {
  const { columns, rows, cells } = layout;
  const equal = columns * rows === cells.length && sameLayout(layout, gridLayout(columns, rows));
  return equal ? { columns, rows } : { columns, rows, cells };
}
