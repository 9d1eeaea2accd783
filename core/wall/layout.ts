import { z } from 'zod';

/** Finer than this nobody can see on a display. */
export const mostColumns = 48;
export const mostRows = 48;
/** More live tiles than this on one display no browser decodes. */
export const mostTiles = 64;

/** A rectangle of whole grid units: where it begins (from 0) and how far it reaches (from 1). */
export const cellSchema = z.strictObject({
  column: z
    .int()
    .min(0)
    .max(mostColumns - 1),
  row: z
    .int()
    .min(0)
    .max(mostRows - 1),
  columnSpan: z.int().min(1).max(mostColumns),
  rowSpan: z.int().min(1).max(mostRows),
});
export type Cell = z.infer<typeof cellSchema>;

/**
 * How a display is divided: cells on a grid that fill it without overlapping, in the order of reading (row by row, then by column).
 * The tile with index n is in the cell with index n.
 */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  readonly cells: readonly Cell[];
}

/** Whether the cells lie inside the grid, cover every unit of it exactly once, and are in the order of reading. */
export function isLayout({ columns, rows, cells }: Layout): boolean {
  const taken = new Uint8Array(columns * rows);
  let before = -1;
  for (const { column, row, columnSpan, rowSpan } of cells) {
    const place = row * columns + column;
    if (place <= before || column + columnSpan > columns || row + rowSpan > rows) return false;
    before = place;
    for (let y = row; y < row + rowSpan; y += 1) {
      for (let x = column; x < column + columnSpan; x += 1) {
        const unit = y * columns + x;
        if (taken[unit] === 1) return false;
        taken[unit] = 1;
      }
    }
  }
  return taken.every((unit) => unit === 1);
}

export const layoutSchema = z
  .strictObject({
    columns: z.int().min(1).max(mostColumns),
    rows: z.int().min(1).max(mostRows),
    cells: z.array(cellSchema).min(1).max(mostTiles).readonly(),
  })
  .refine(isLayout, 'the tiles of a layout fill it and do not overlap');

/** Equal tiles in `columns` × `rows` (each 1 to 8 for what fits `mostTiles`). */
export function gridLayout(columns: number, rows: number): Layout {
  const cells = Array.from({ length: columns * rows }, (_, place) => ({
    column: place % columns,
    row: Math.floor(place / columns),
    columnSpan: 1,
    rowSpan: 1,
  }));
  return { columns, rows, cells };
}
