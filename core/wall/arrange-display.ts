import { gridFor } from './grid.ts';
import { type Cell, gridLayout, type Layout, mostTiles } from './layout.ts';
import { newTile, remember, sameContent, tileHolding } from './shown-tile.ts';
import type { ShownTile, TileContent } from './tile-content.ts';
import type { DisplayWall } from './wall.contract.ts';

/** A display after all of it was arranged anew. */
export interface ArrangedDisplay {
  readonly display: DisplayWall;
  /** Tiles that were left as they were because they are pinned (their places now). */
  readonly pinned: readonly number[];
  /** Contents that have no tile now. */
  readonly left: number;
}

/**
 * Shows these and nothing else: in the present layout where they fit beside the pinned tiles and take half of its places, else in the
 * smallest grid that holds them all: four cameras dropped on 8 × 8 would be stamps in a corner. Pinned tiles keep their number.
 */
export function fillDisplay(
  display: DisplayWall,
  contents: readonly TileContent[],
  size: { width: number; height: number },
): ArrangedDisplay {
  const pinned = display.tiles.flatMap((tile, index) => (tile.pinned ? [index] : []));
  const lastPinned = (pinned.at(-1) ?? -1) + 1;
  const needed = Math.min(mostTiles, Math.max(contents.length + pinned.length, lastPinned));
  const fits = needed <= display.tiles.length && needed * 2 >= display.tiles.length;
  const { columns, rows } = gridFor(needed, size, mostTiles);
  const layout = fits ? display.layout : gridLayout(columns, rows);
  const waiting = contents.values();
  const tiles = layout.cells.map((_cell, index) => {
    const tile = display.tiles[index] ?? newTile();
    return tile.pinned ? tile : tileHolding(tile, waiting.next().value ?? { kind: 'empty' });
  });
  return { display: { ...display, layout, tiles, enlarged: null }, pinned, left: [...waiting].length };
}

/**
 * Divides the display anew; contents keep their order. Where there are fewer tiles, empty ones go first, then the last ones, and the last tile
 * remembers what they held. Null where there are more pinned tiles than places.
 */
export function divideDisplay(display: DisplayWall, layout: Layout): ArrangedDisplay | null {
  const places = layout.cells.length;
  const going = new Set<number>();
  const free = [...display.tiles.entries()].reverse().filter(([, tile]) => !tile.pinned);
  for (const [index] of [
    ...free.filter(([, tile]) => tile.content.kind === 'empty'),
    ...free.filter(([, tile]) => tile.content.kind !== 'empty'),
  ]) {
    if (going.size < display.tiles.length - places) going.add(index);
  }
  const kept = display.tiles.filter((_tile, index) => !going.has(index));
  if (kept.length > places) return null;
  const lost = display.tiles.flatMap(({ content }, index) => (going.has(index) && content.kind !== 'empty' ? [content] : []));
  const tiles = layout.cells.map((_cell, index) => {
    const tile = kept[index] ?? newTile();
    // The first that was lost is the first to come back.
    return index === places - 1 && lost.length > 0 ? { ...tile, back: remember(tile.back, lost.toReversed()) } : tile;
  });
  return { display: { ...display, layout, tiles, enlarged: null }, pinned: [], left: lost.length };
}

/**
 * Shows a scene's share. A pinned tile stays: on its very place on the glass where the new layout has that, else under its number, else on the
 * last free one. What the scene has in their places goes where the scene has nothing. Where there are more of them than places the
 * display is left alone.
 */
export function showOnDisplay(display: DisplayWall, layout: Layout, contents: readonly TileContent[]): ArrangedDisplay {
  const pinned = display.tiles.flatMap((tile, index) => (tile.pinned ? [{ tile, index }] : []));
  const held = contents.filter(({ kind }) => kind !== 'empty').length;
  if (pinned.length > layout.cells.length) return { display, pinned: pinned.map(({ index }) => index), left: held };
  const staying = new Map<number, ShownTile>();
  const stay = (place: (index: number) => number) => {
    for (const { tile, index } of pinned) {
      if ([...staying.values()].includes(tile)) continue;
      const wanted = place(index);
      if (wanted >= 0 && wanted < layout.cells.length && !staying.has(wanted)) staying.set(wanted, tile);
    }
  };
  stay((index) => layout.cells.findIndex((cell) => samePlace(layout, cell, display.layout, display.layout.cells[index])));
  stay((index) => index);
  stay(() => layout.cells.findLastIndex((_cell, place) => !staying.has(place)));
  // What a pinned tile holds anyway is shown there: nothing of the scene is missing.
  const around = contents.filter((content, index) => {
    const pin = staying.get(index);
    return pin !== undefined && content.kind !== 'empty' && !pinned.some(({ tile }) => sameContent(tile.content, content));
  });
  const free = layout.cells.flatMap((_cell, index) =>
    (contents[index]?.kind ?? 'empty') === 'empty' && !staying.has(index) ? [index] : [],
  );
  const moved = new Map(around.slice(0, free.length).map((content, index) => [free[index], content]));
  const tiles = layout.cells.map((_cell, index) => {
    const content = moved.get(index) ?? contents[index] ?? { kind: 'empty' };
    const pin = staying.get(index);
    if (pin !== undefined) return pin;
    const before = display.tiles[index];
    const tile = tileHolding(before === undefined || before.pinned ? newTile() : before, content);
    return tile.zoom === null ? tile : { ...tile, zoom: null };
  });
  return {
    display: { ...display, layout, tiles, enlarged: null },
    pinned: [...staying.keys()].sort((a, b) => a - b),
    left: around.length - moved.size,
  };
}

/** Whether two cells cover the same part of the glass; the grids may be of different fineness. */
function samePlace(layout: Layout, cell: Cell, otherLayout: Layout, other: Cell | undefined): boolean {
  return (
    other !== undefined &&
    cell.column * otherLayout.columns === other.column * layout.columns &&
    cell.columnSpan * otherLayout.columns === other.columnSpan * layout.columns &&
    cell.row * otherLayout.rows === other.row * layout.rows &&
    cell.rowSpan * otherLayout.rows === other.rowSpan * layout.rows
  );
}
