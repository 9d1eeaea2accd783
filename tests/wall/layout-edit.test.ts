import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editLayout, type EditedLayout, mergeCells, simplify, splitCell } from '../../core/wall/layout-edit.ts';
import { gridLayout, isLayout, type Layout, layoutSchema, mostTiles } from '../../core/wall/layout.ts';
import { namedLayouts } from '../../core/wall/named-layouts.ts';
import { directions, neighbourTile } from '../../core/wall/neighbour-tile.ts';
import { sampled } from '../support/sampled.ts';

/** An edit as somebody at the editor would try it: many are refused. */
const attempts = fc.oneof(
  fc.record({ type: fc.constant('merge' as const), from: fc.nat(63), to: fc.nat(63) }),
  fc.record({
    type: fc.constant('split' as const),
    tile: fc.nat(63),
    columns: fc.integer({ min: 1, max: 9 }),
    rows: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ type: fc.constant('simplify' as const) }),
);
type Attempt = typeof attempts extends fc.Arbitrary<infer T> ? T : never;

function attempt(layout: Layout, tried: Attempt): EditedLayout | null {
  if (tried.type === 'simplify') return simplify(layout);
  if (tried.type === 'split') return splitCell(layout, tried.tile % layout.cells.length, tried.columns, tried.rows);
  // What lies between two tiles, as a drag over them would take it: it grows until it is a rectangle.
  const ends = [tried.from, tried.to].flatMap((tile) => layout.cells[tile % layout.cells.length] ?? []);
  const area = {
    left: Math.min(...ends.map((cell) => cell.column)),
    top: Math.min(...ends.map((cell) => cell.row)),
    right: Math.max(...ends.map((cell) => cell.column + cell.columnSpan)),
    bottom: Math.max(...ends.map((cell) => cell.row + cell.rowSpan)),
  };
  const indices = layout.cells.flatMap((cell, index) =>
    cell.column < area.right &&
    cell.column + cell.columnSpan > area.left &&
    cell.row < area.bottom &&
    cell.row + cell.rowSpan > area.top
      ? [index]
      : [],
  );
  return mergeCells(layout, indices);
}

/** Where every tile is on the glass, in parts of the display. */
const onGlass = ({ columns, rows, cells }: Layout) =>
  cells.map((cell) => [cell.column / columns, cell.row / rows, cell.columnSpan / columns, cell.rowSpan / rows]);

const beginnings = fc.constantFrom(...namedLayouts.map(({ layout }) => layout));

describe('editing a layout', () => {
  it('always leaves tiles that fill the display without overlapping, within the bounds', () => {
    fc.assert(
      fc.property(beginnings, fc.array(attempts, { maxLength: 30 }), (layout, tries) => {
        let now = layout;
        for (const tried of tries) {
          now = attempt(now, tried)?.layout ?? now;
          expect(layoutSchema.safeParse(now).success).toBe(true);
        }
      }),
      sampled(200, 20_000),
    );
  });

  it('is undone by its inverse, to the very layout, and that again by its own', () => {
    let edits = 0;
    fc.assert(
      fc.property(beginnings, fc.array(attempts, { maxLength: 30 }), (layout, tries) => {
        let now = layout;
        for (const tried of tries) {
          const edited = attempt(now, tried);
          if (!edited) continue;
          edits += 1;
          const undone = editLayout(edited.layout, edited.inverse);
          expect(undone?.layout).toEqual(now);
          expect(undone && editLayout(undone.layout, undone.inverse)?.layout).toEqual(edited.layout);
          now = edited.layout;
        }
      }),
      sampled(200, 20_000),
    );
    expect(edits).toBeGreaterThan(200);
  });

  it('moves nothing on the glass by simplifying, and finds nothing more to simplify', () => {
    fc.assert(
      fc.property(beginnings, fc.array(attempts, { maxLength: 20 }), (layout, tries) => {
        const now = tries.reduce((before, tried) => attempt(before, tried)?.layout ?? before, layout);
        const simple = simplify(now);
        if (!simple) return;
        expect(onGlass(simple.layout)).toEqual(onGlass(now));
        expect(simple.layout.columns * simple.layout.rows).toBeLessThan(now.columns * now.rows);
        expect(simplify(simple.layout)).toBeNull();
      }),
      sampled(200, 20_000),
    );
  });

  it('merges a rectangle of tiles into one', () => {
    const merged = mergeCells(gridLayout(3, 3), [0, 1, 3, 4]);
    expect(merged?.layout).toEqual(namedLayouts.find(({ id }) => id === '1+5')?.layout);
  });

  it.each([
    ['tiles that form no rectangle', [0, 1, 3]],
    ['tiles apart from each other', [0, 2]],
    ['one tile', [4]],
    ['one tile named twice', [4, 4]],
    ['a tile that is not there', [0, 9]],
  ])('does not merge %s', (_what, indices) => {
    expect(mergeCells(gridLayout(3, 3), indices)).toBeNull();
  });

  it('makes the grid finer where a split needs it', () => {
    expect(splitCell(gridLayout(2, 1), 0, 3, 2)?.layout).toEqual({
      columns: 6,
      rows: 2,
      cells: [
        { column: 0, row: 0, columnSpan: 1, rowSpan: 1 },
        { column: 1, row: 0, columnSpan: 1, rowSpan: 1 },
        { column: 2, row: 0, columnSpan: 1, rowSpan: 1 },
        { column: 3, row: 0, columnSpan: 3, rowSpan: 2 },
        { column: 0, row: 1, columnSpan: 1, rowSpan: 1 },
        { column: 1, row: 1, columnSpan: 1, rowSpan: 1 },
        { column: 2, row: 1, columnSpan: 1, rowSpan: 1 },
      ],
    });
  });

  it('uses the grid that is there where a split fits into it', () => {
    const { layout } = mergeCells(gridLayout(4, 4), [0, 1, 4, 5]) ?? { layout: gridLayout(1, 1) };
    expect(splitCell(layout, 0, 2, 2)?.layout).toEqual(gridLayout(4, 4));
  });

  it('simplifies a grid that is too fine before it gives up', () => {
    const fine = editLayout(gridLayout(2, 2), [{ do: 'refine', columns: 24, rows: 24 }]);
    expect(fine?.layout.columns).toBe(48);
    expect(fine && splitCell(fine.layout, 0, 5, 1)?.layout.columns).toBe(10);
  });

  it.each([
    ['into one', 1, 1],
    ['into no rows', 2, 0],
    ['into parts of a tile', 1.5, 2],
    ['into more tiles than a display has', 8, 9],
    ['finer than the grid may be', 7, 1],
  ])('does not split a tile %s', (_how, columns, rows) => {
    expect(splitCell(gridLayout(8, 6), 3, columns, rows)).toBeNull();
  });

  it('refuses a step that does not fit the layout', () => {
    expect(editLayout(gridLayout(3, 2), [{ do: 'coarsen', columns: 2, rows: 1 }])).toBeNull();
    expect(editLayout(gridLayout(3, 2), [{ do: 'refine', columns: 17, rows: 1 }])).toBeNull();
    const cell = { column: 0, row: 0, columnSpan: 2, rowSpan: 1 };
    expect(editLayout(gridLayout(3, 2), [{ do: 'exchange', remove: [cell], add: [cell] }])).toBeNull();
  });
});

describe('the named layouts', () => {
  it('are layouts, each with an id of its own', () => {
    for (const { layout } of namedLayouts) expect(isLayout(layout)).toBe(true);
    expect(new Set(namedLayouts.map(({ id }) => id)).size).toBe(namedLayouts.length);
  });

  it.each([
    ['1', 1],
    ['8x8', mostTiles],
    ['1+5', 6],
    ['1+7', 8],
    ['1+12', 13],
    ['2+8', 10],
    ['8x3', 24],
    ['1+4-portrait', 5],
    ['1+6-portrait', 7],
  ])('%s has %i tiles', (id, count) => {
    expect(namedLayouts.find((named) => named.id === id)?.layout.cells).toHaveLength(count);
  });

  it('say how many tiles they have', () => {
    for (const { layout, label } of namedLayouts) {
      const said =
        label.key === 'wall.layout-one'
          ? 1
          : label.key === 'wall.layout-grid'
            ? label.columns * label.rows
            : label.large + label.small;
      expect(said).toBe(layout.cells.length);
    }
  });
});

describe('going from tile to tile', () => {
  it('goes along the grid, and stops at the edge', () => {
    const layout = gridLayout(3, 2);
    expect(directions.map((direction) => neighbourTile(layout, 4, direction))).toEqual([3, 5, 1, null]);
    expect(neighbourTile(layout, 6, 'left')).toBeNull();
  });

  it('takes the tile with the longest common edge, of equals the first', () => {
    const layout = namedLayouts.find(({ id }) => id === '1+5')?.layout ?? gridLayout(1, 1);
    expect(neighbourTile(layout, 0, 'right')).toBe(1);
    expect(neighbourTile(layout, 2, 'left')).toBe(0);
    expect(neighbourTile(layout, 0, 'down')).toBe(3);
  });

  it('reaches every tile of every layout from the first', () => {
    fc.assert(
      fc.property(beginnings, fc.array(attempts, { maxLength: 15 }), (layout, tries) => {
        const now = tries.reduce((before, tried) => attempt(before, tried)?.layout ?? before, layout);
        const reached = new Set([0]);
        for (const tile of reached) {
          for (const direction of directions) {
            const next = neighbourTile(now, tile, direction);
            if (next === null) continue;
            expect(neighbourTile(now, next, opposite[direction])).not.toBeNull();
            reached.add(next);
          }
        }
        expect(reached.size).toBe(now.cells.length);
      }),
      sampled(100, 5_000),
    );
  });
});

const opposite = { left: 'right', right: 'left', up: 'down', down: 'up' } as const;
