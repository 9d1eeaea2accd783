import type { Layout } from '../wall/layout.ts';

/** Whether two displays are divided alike. */
export function isSameLayout(a: Layout, b: Layout): boolean {
  if (a.columns !== b.columns || a.rows !== b.rows || a.cells.length !== b.cells.length) return false;
  return a.cells.every((cell, index) => {
    const other = b.cells[index];
    return (
      other !== undefined &&
      cell.column === other.column &&
      cell.row === other.row &&
      cell.columnSpan === other.columnSpan &&
      cell.rowSpan === other.rowSpan
    );
  });
}
