import type { CSSProperties } from 'react';
import type { Cell, Layout } from '../../../core/wall/layout.ts';

/** Where a tile lies: its cell, or the whole display while it is enlarged; null where the layout has no such tile. */
export function placementOf(layout: Layout, tile: number, enlarged: number | null): Cell | null {
  const cell = layout.cells[tile];
  if (!cell) return null;
  if (enlarged !== tile) return cell;
  return { column: 0, row: 0, columnSpan: layout.columns, rowSpan: layout.rows };
}

/** The style that puts an element there on the wall's grid, and tells the style sheet how large it is. */
export function placementStyle({ column, row, columnSpan, rowSpan }: Cell): CSSProperties {
  return {
    gridColumn: `${column + 1} / span ${columnSpan}`,
    gridRow: `${row + 1} / span ${rowSpan}`,
    '--column-span': columnSpan,
    '--row-span': rowSpan,
  } as CSSProperties;
}
