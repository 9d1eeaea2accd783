import type { Cell, Layout } from './layout.ts';

export const directions = ['left', 'right', 'up', 'down'] as const;
export type Direction = (typeof directions)[number];

/**
 * The tile next to `tile` in a direction: of those that touch its edge the one with the longest common edge, and of equals the first in the
 * order of reading. Null at the display's edge, or where there is no such tile. Left and right are those of the glass, in every language.
 */
export function neighbourTile(layout: Layout, tile: number, direction: Direction): number | null {
  const own = layout.cells[tile];
  if (!own) return null;
  let found: number | null = null;
  let longest = 0;
  for (const [index, cell] of layout.cells.entries()) {
    const edge = touches(own, cell, direction) ? commonEdge(own, cell, direction) : 0;
    if (edge <= longest) continue;
    longest = edge;
    found = index;
  }
  return found;
}

function touches(own: Cell, other: Cell, direction: Direction): boolean {
  switch (direction) {
    case 'left':
      return other.column + other.columnSpan === own.column;
    case 'right':
      return own.column + own.columnSpan === other.column;
    case 'up':
      return other.row + other.rowSpan === own.row;
    case 'down':
      return own.row + own.rowSpan === other.row;
  }
}

function commonEdge(a: Cell, b: Cell, direction: Direction): number {
  const sideways = direction === 'left' || direction === 'right';
  const from = sideways ? Math.max(a.row, b.row) : Math.max(a.column, b.column);
  const to = sideways
    ? Math.min(a.row + a.rowSpan, b.row + b.rowSpan)
    : Math.min(a.column + a.columnSpan, b.column + b.columnSpan);
  return to - from;
}
