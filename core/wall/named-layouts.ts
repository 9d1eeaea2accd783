import { type Cell, gridLayout, type Layout } from './layout.ts';

/** How a layout is called on the screen: a key of the catalogue, with its numbers. */
export type LayoutLabel =
  | { readonly key: 'wall.layout-one' }
  | { readonly key: 'wall.layout-grid'; readonly columns: number; readonly rows: number }
  | { readonly key: 'wall.layout-large'; readonly large: number; readonly small: number };

export interface NamedLayout {
  /** Stable: `3x3`, `1+5`, `1+4-portrait`. */
  readonly id: string;
  /** `large`: some tiles are larger than the others. `wide` suits displays of 32:9 and the like, `portrait` upright ones. */
  readonly shape: 'grid' | 'large' | 'wide' | 'portrait';
  readonly label: LayoutLabel;
  readonly layout: Layout;
}

/** The layouts everybody knows by name, in the order a menu lists them. */
export const namedLayouts: readonly NamedLayout[] = [
  { id: '1', shape: 'grid', label: { key: 'wall.layout-one' }, layout: gridLayout(1, 1) },
  ...[2, 3, 4, 5, 6, 7, 8].map((side) => equal(side, side, 'grid')),
  large('1+5', 'large', 3, 3, [block(0, 0, 2, 2)]),
  large('1+7', 'large', 4, 4, [block(0, 0, 3, 3)]),
  large('1+12', 'large', 4, 4, [block(1, 1, 2, 2)]),
  large('2+8', 'large', 4, 4, [block(0, 0, 2, 2), block(2, 0, 2, 2)]),
  ...(
    [
      [2, 1],
      [3, 1],
      [4, 1],
      [3, 2],
      [4, 2],
      [6, 2],
      [8, 2],
      [6, 3],
      [8, 3],
    ] as const
  ).map(([columns, rows]) => equal(columns, rows, 'wide')),
  large('1+8-wide', 'wide', 6, 2, [block(0, 0, 2, 2)]),
  ...(
    [
      [1, 2],
      [1, 3],
      [2, 3],
      [2, 4],
      [3, 4],
      [3, 5],
    ] as const
  ).map(([columns, rows]) => equal(columns, rows, 'portrait')),
  large('1+4-portrait', 'portrait', 2, 4, [block(0, 0, 2, 2)]),
  large('1+6-portrait', 'portrait', 3, 5, [block(0, 0, 3, 3)]),
];

function equal(columns: number, rows: number, shape: NamedLayout['shape']): NamedLayout {
  return {
    id: `${columns}x${rows}`,
    shape,
    label: { key: 'wall.layout-grid', columns, rows },
    layout: gridLayout(columns, rows),
  };
}

/** Large tiles on a grid, and a small one on every unit they leave. */
function large(id: string, shape: NamedLayout['shape'], columns: number, rows: number, blocks: readonly Cell[]): NamedLayout {
  const covered = (column: number, row: number) =>
    blocks.some(
      (cell) =>
        column >= cell.column && column < cell.column + cell.columnSpan && row >= cell.row && row < cell.row + cell.rowSpan,
    );
  const small = gridLayout(columns, rows).cells.filter(({ column, row }) => !covered(column, row));
  const cells = [...blocks, ...small].sort((a, b) => a.row - b.row || a.column - b.column);
  return {
    id,
    shape,
    label: { key: 'wall.layout-large', large: blocks.length, small: small.length },
    layout: { columns, rows, cells },
  };
}

function block(column: number, row: number, columnSpan: number, rowSpan: number): Cell {
  return { column, row, columnSpan, rowSpan };
}
