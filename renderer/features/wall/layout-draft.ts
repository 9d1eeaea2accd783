import type { Layout } from '../../../core/wall/layout.ts';
import { mergeCells, simplify, splitCell } from '../../../core/wall/layout-edit.ts';
import { type Direction, neighbourTile } from '../../../core/wall/neighbour-tile.ts';

/** A layout while somebody edits it. Selected are the cells of the rectangle around `anchor` and `reach`. */
export interface LayoutDraft {
  readonly layout: Layout;
  readonly past: readonly Layout[];
  readonly future: readonly Layout[];
  readonly anchor: number;
  readonly reach: number;
}

export type DraftInput =
  | { readonly type: 'select' | 'extend'; readonly cell: number }
  | { readonly type: 'move' | 'stretch'; readonly direction: Direction }
  | { readonly type: 'merge' | 'undo' | 'redo' }
  | { readonly type: 'split'; readonly columns: number; readonly rows: number }
  /** Another layout to begin from. */
  | { readonly type: 'choose'; readonly layout: Layout };

/** More steps back nobody takes. */
const mostPast = 100;

export const openDraft = (layout: Layout): LayoutDraft => ({ layout, past: [], future: [], anchor: 0, reach: 0 });

/** The draft after an input; the same object where that does nothing. */
export function nextDraft(draft: LayoutDraft, input: DraftInput): LayoutDraft {
  const { layout, past, future } = draft;
  switch (input.type) {
    case 'select':
      return pointed(draft, input.cell, input.cell);
    case 'extend':
      return pointed(draft, draft.anchor, input.cell);
    case 'move': {
      const cell = neighbourTile(layout, draft.reach, input.direction) ?? draft.reach;
      return pointed(draft, cell, cell);
    }
    case 'stretch':
      return pointed(draft, draft.anchor, neighbourTile(layout, draft.reach, input.direction) ?? draft.reach);
    case 'merge': {
      const merged = mergeCells(layout, selectedCells(draft));
      return merged ? changed(draft, simplify(merged.layout)?.layout ?? merged.layout) : draft;
    }
    case 'split': {
      const split = draft.anchor === draft.reach ? splitCell(layout, draft.anchor, input.columns, input.rows) : null;
      return split ? changed(draft, split.layout) : draft;
    }
    case 'choose':
      return changed(draft, input.layout);
    case 'undo': {
      const before = past.at(-1);
      if (!before) return draft;
      return { ...atStart(before), past: past.slice(0, -1), future: [...future, layout] };
    }
    case 'redo': {
      const after = future.at(-1);
      if (!after) return draft;
      return { ...atStart(after), past: [...past, layout], future: future.slice(0, -1) };
    }
  }
}

/** The cells of the smallest rectangle around what is selected that cuts through none. */
export function selectedCells({ layout: { cells }, anchor, reach }: LayoutDraft): readonly number[] {
  let inside = new Set([anchor, reach]);
  for (;;) {
    const chosen = [...inside].flatMap((index) => cells[index] ?? []);
    const left = Math.min(...chosen.map(({ column }) => column));
    const top = Math.min(...chosen.map(({ row }) => row));
    const right = Math.max(...chosen.map(({ column, columnSpan }) => column + columnSpan));
    const bottom = Math.max(...chosen.map(({ row, rowSpan }) => row + rowSpan));
    const touched = cells.flatMap(({ column, row, columnSpan, rowSpan }, index) =>
      column < right && column + columnSpan > left && row < bottom && row + rowSpan > top ? [index] : [],
    );
    if (touched.length <= inside.size) return touched;
    inside = new Set(touched);
  }
}

/** What the buttons below the draft can do now. */
export function draftAbilities(draft: LayoutDraft): { merge: boolean; undo: boolean; redo: boolean; split: SplitAbility } {
  const can = (columns: number, rows: number) => nextDraft(draft, { type: 'split', columns, rows }) !== draft;
  return {
    merge: selectedCells(draft).length > 1,
    undo: draft.past.length > 0,
    redo: draft.future.length > 0,
    split: can,
  };
}
export type SplitAbility = (columns: number, rows: number) => boolean;

function pointed(draft: LayoutDraft, anchor: number, reach: number): LayoutDraft {
  if (!draft.layout.cells[anchor] || !draft.layout.cells[reach]) return draft;
  return anchor === draft.anchor && reach === draft.reach ? draft : { ...draft, anchor, reach };
}

function changed(draft: LayoutDraft, layout: Layout): LayoutDraft {
  const corner = draft.layout.cells[Math.min(...selectedCells(draft))];
  // One goes on where one was: at the cell that now has the selection's first corner.
  const share = (value: number, of: number, among: number) => Math.round((value / of) * among);
  const again = layout.cells.findIndex(
    (cell) =>
      corner !== undefined &&
      cell.column === share(corner.column, draft.layout.columns, layout.columns) &&
      cell.row === share(corner.row, draft.layout.rows, layout.rows),
  );
  const at = Math.max(0, again);
  return { layout, past: [...draft.past, draft.layout].slice(-mostPast), future: [], anchor: at, reach: at };
}

const atStart = (layout: Layout) => ({ layout, anchor: 0, reach: 0 });
