import type { Layout } from './layout.ts';

/** Whether two displays are divided alike. */
export function sameLayout(a: Layout, b: Layout): boolean {
  return (
    a === b ||
    (a.columns === b.columns &&
      a.rows === b.rows &&
      a.cells.length === b.cells.length &&
      a.cells.every((cell, index) => {
        const other = b.cells[index];
        return (
          other !== undefined &&
          cell.column === other.column &&
          cell.row === other.row &&
          cell.columnSpan === other.columnSpan &&
          cell.rowSpan === other.rowSpan
        );
      }))
  );
}
