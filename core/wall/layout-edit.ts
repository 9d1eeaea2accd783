import { type Cell, isLayout, type Layout, mostColumns, mostRows, mostTiles } from './layout.ts';

/**
 * One step of an edit. `refine` cuts every unit of the grid into so many, `coarsen` joins so many into one (nothing on the glass moves by
 * either), `exchange` takes cells out and puts others into the very same area.
 */
export type LayoutStep =
  | { readonly do: 'refine' | 'coarsen'; readonly columns: number; readonly rows: number }
  | { readonly do: 'exchange'; readonly remove: readonly Cell[]; readonly add: readonly Cell[] };

/** What is done to a layout, step by step. */
export type LayoutEdit = readonly LayoutStep[];

/** A layout after an edit, and the edit that gives the former one back, unit by unit. */
export interface EditedLayout {
  readonly layout: Layout;
  readonly inverse: LayoutEdit;
}

/** Applies an edit; null where it does not fit the layout, or would leave the bounds (48 × 48 units, 64 tiles). */
export function editLayout(layout: Layout, edit: LayoutEdit): EditedLayout | null {
  let now: Layout = layout;
  const inverse: LayoutStep[] = [];
  for (const step of edit) {
    const next = step.do === 'exchange' ? exchange(now, step.remove, step.add) : rescale(now, step);
    if (next === null) return null;
    inverse.unshift(inverseStep(step));
    now = next;
  }
  return { layout: now, inverse };
}

/** Makes one tile of several that form a rectangle together; null where they do not, or are fewer than two. */
export function mergeCells(layout: Layout, indices: readonly number[]): EditedLayout | null {
  const remove = [...new Set(indices)].sort((a, b) => a - b).flatMap((index) => layout.cells[index] ?? []);
  if (remove.length < 2 || remove.length !== new Set(indices).size) return null;
  const column = Math.min(...remove.map((cell) => cell.column));
  const row = Math.min(...remove.map((cell) => cell.row));
  const columnSpan = Math.max(...remove.map((cell) => cell.column + cell.columnSpan)) - column;
  const rowSpan = Math.max(...remove.map((cell) => cell.row + cell.rowSpan)) - row;
  // Whether they fill that rectangle is seen by `exchange`: else the new cell would overlap another one.
  return editLayout(layout, [{ do: 'exchange', remove, add: [{ column, row, columnSpan, rowSpan }] }]);
}

/**
 * Cuts one tile into `columns` × `rows` equal ones. The grid is made finer where that needs it, and simpler before where it would become too
 * fine else; null where it is too fine all the same, there would be too many tiles, or nothing is to be cut.
 */
export function splitCell(layout: Layout, index: number, columns: number, rows: number): EditedLayout | null {
  if (!Number.isInteger(columns) || !Number.isInteger(rows) || columns < 1 || rows < 1 || columns * rows < 2) return null;
  const attempt = (prepare: LayoutEdit, { cells }: Layout): EditedLayout | null => {
    const cell = cells[index];
    if (!cell) return null;
    const factors = { columns: columns / gcd(cell.columnSpan, columns), rows: rows / gcd(cell.rowSpan, rows) };
    const whole = {
      column: cell.column * factors.columns,
      row: cell.row * factors.rows,
      columnSpan: cell.columnSpan * factors.columns,
      rowSpan: cell.rowSpan * factors.rows,
    };
    const columnSpan = whole.columnSpan / columns;
    const rowSpan = whole.rowSpan / rows;
    const add = Array.from({ length: columns * rows }, (_, place) => ({
      column: whole.column + (place % columns) * columnSpan,
      row: whole.row + Math.floor(place / columns) * rowSpan,
      columnSpan,
      rowSpan,
    }));
    const refine: LayoutEdit = factors.columns * factors.rows === 1 ? [] : [{ do: 'refine', ...factors }];
    return editLayout(layout, [...prepare, ...refine, { do: 'exchange', remove: [whole], add }]);
  };
  // More could not be right, and must not be built to find that out.
  if (columns * rows > mostTiles) return null;
  const simpler = coarsestStep(layout);
  const coarsened = simpler === null ? null : editLayout(layout, [simpler]);
  return attempt([], layout) ?? (simpler === null || coarsened === null ? null : attempt([simpler], coarsened.layout));
}

/** Drops the lines of the grid that no tile needs, as far as all tiles keep their place and size on the glass; null where there are none. */
export function simplify(layout: Layout): EditedLayout | null {
  const step = coarsestStep(layout);
  return step === null ? null : editLayout(layout, [step]);
}

/** Units are equally large, so that lines can go only evenly: by what divides every tile's beginning and span. */
function coarsestStep({ columns, rows, cells }: Layout): LayoutStep | null {
  const across = cells.reduce((divisor, cell) => gcd(gcd(divisor, cell.column), cell.columnSpan), columns);
  const down = cells.reduce((divisor, cell) => gcd(gcd(divisor, cell.row), cell.rowSpan), rows);
  return across * down === 1 ? null : { do: 'coarsen', columns: across, rows: down };
}

function rescale(layout: Layout, step: Extract<LayoutStep, { columns: number }>): Layout | null {
  const { columns, rows } = step;
  if (!Number.isInteger(columns) || !Number.isInteger(rows) || columns < 1 || rows < 1) return null;
  const turn = (value: number, factor: number) => (step.do === 'refine' ? value * factor : value / factor);
  const next: Layout = {
    columns: turn(layout.columns, columns),
    rows: turn(layout.rows, rows),
    cells: layout.cells.map((cell) => ({
      column: turn(cell.column, columns),
      row: turn(cell.row, rows),
      columnSpan: turn(cell.columnSpan, columns),
      rowSpan: turn(cell.rowSpan, rows),
    })),
  };
  const numbers = [next.columns, next.rows, ...next.cells.flatMap((cell) => Object.values(cell))];
  return numbers.every(Number.isInteger) ? withinBounds(next) : null;
}

function exchange(layout: Layout, remove: readonly Cell[], add: readonly Cell[]): Layout | null {
  const going = new Set(remove.map(cellName));
  const kept = layout.cells.filter((cell) => !going.has(cellName(cell)));
  if (going.size !== remove.length || kept.length !== layout.cells.length - remove.length) return null;
  const cells = [...kept, ...add].sort((a, b) => a.row - b.row || a.column - b.column);
  return withinBounds({ ...layout, cells });
}

function withinBounds(layout: Layout): Layout | null {
  const fits = layout.columns <= mostColumns && layout.rows <= mostRows && layout.cells.length <= mostTiles;
  return fits && isLayout(layout) ? layout : null;
}

function inverseStep(step: LayoutStep): LayoutStep {
  if (step.do === 'exchange') return { do: 'exchange', remove: step.add, add: step.remove };
  return { do: step.do === 'refine' ? 'coarsen' : 'refine', columns: step.columns, rows: step.rows };
}

function cellName({ column, row, columnSpan, rowSpan }: Cell): string {
  return `${column},${row},${columnSpan},${rowSpan}`;
}

/** The greatest number that divides both; of 0 and n it is n. */
function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
