import { mostRemembered, type ShownTile, type TileContent } from './tile-content.ts';

/** A tile with this in it, that remembers nothing. */
export function newTile(content: TileContent = { kind: 'empty' }): ShownTile {
  return { content, pinned: false, zoom: null, back: [], forward: [] };
}

/** The tile after something else was put into it; what it held before is remembered. */
export function tileHolding(tile: ShownTile, content: TileContent): ShownTile {
  if (sameContent(tile.content, content)) return tile;
  return { ...tile, content, zoom: null, back: remember(tile.back, [tile.content]), forward: [] };
}

/** The tile as it was before; itself where it remembers nothing. */
export function tileBack(tile: ShownTile): ShownTile {
  const content = tile.back.at(-1);
  if (content === undefined) return tile;
  return { ...tile, content, zoom: null, back: tile.back.slice(0, -1), forward: remember(tile.forward, [tile.content]) };
}

/** Takes one `tileBack` back; itself where there was none. */
export function tileForward(tile: ShownTile): ShownTile {
  const content = tile.forward.at(-1);
  if (content === undefined) return tile;
  return { ...tile, content, zoom: null, forward: tile.forward.slice(0, -1), back: remember(tile.back, [tile.content]) };
}

/** Nobody goes back to an empty tile. The oldest are forgotten. */
export function remember(known: readonly TileContent[], next: readonly TileContent[]): TileContent[] {
  return [...known, ...next.filter(({ kind }) => kind !== 'empty')].slice(-mostRemembered);
}

export function sameContent(a: TileContent, b: TileContent): boolean {
  switch (a.kind) {
    case 'empty':
      return b.kind === 'empty';
    case 'camera':
      return b.kind === 'camera' && a.camera === b.camera;
    case 'still':
      return b.kind === 'still' && a.digest === b.digest && a.camera === b.camera && a.takenUtcMs === b.takenUtcMs;
    case 'text':
      return b.kind === 'text' && a.text === b.text;
  }
}

/** Whether both show the same; what they remember does not matter. */
export function sameTile(a: ShownTile, b: ShownTile): boolean {
  const sameZoom =
    a.zoom === b.zoom ||
    (a.zoom !== null && b.zoom !== null && a.zoom.scale === b.zoom.scale && a.zoom.x === b.zoom.x && a.zoom.y === b.zoom.y);
  return a.pinned === b.pinned && sameZoom && sameContent(a.content, b.content);
}

/** The same, and the same memory. */
export function sameTileAndMemory(a: ShownTile, b: ShownTile): boolean {
  const sameList = (one: readonly TileContent[], other: readonly TileContent[]) =>
    one.length === other.length && one.every((content, place) => sameContent(content, other[place] ?? { kind: 'empty' }));
  return a === b || (sameTile(a, b) && sameList(a.back, b.back) && sameList(a.forward, b.forward));
}
