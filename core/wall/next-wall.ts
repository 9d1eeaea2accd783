import { type ArrangedDisplay, divideDisplay, fillDisplay, showOnDisplay } from './arrange-display.ts';
import { newTile, sameContent, tileBack, tileForward, tileHolding } from './shown-tile.ts';
import type { ShownTile, TileContent } from './tile-content.ts';
import type { TilePlace, WallChange, WallRefusal } from './wall-change.ts';
import type { DisplayWall } from './wall.contract.ts';

/** Every display's share, by its id. */
export type Wall = ReadonlyMap<string, DisplayWall>;

/** What the wall has to know of the rest. */
export interface KnownToWall {
  hasCamera(id: string): boolean;
  /** Only the ratio matters; 16:9 where it is not known. */
  sizeOf(displayId: string): { readonly width: number; readonly height: number };
}

export interface NextWall {
  /** Why nothing was changed; null where it was done (also where there was nothing to do). */
  readonly refusal: WallRefusal | null;
  /** The very same map where nothing changed; displays that did not change are the same objects. */
  readonly wall: Wall;
  readonly pinned: readonly TilePlace[];
  /** Contents that have no tile now. */
  readonly left: number;
}

/** The wall after one step of an operator: whole, or refused and as it was. */
export function nextWall(wall: Wall, change: WallChange, known: KnownToWall): NextWall {
  const refuse = (refusal: WallRefusal): NextWall => ({ refusal, wall, pinned: [], left: 0 });
  const done = (displays: readonly DisplayWall[], pinned: readonly TilePlace[] = [], left = 0): NextWall => ({
    refusal: null,
    wall: withDisplays(wall, displays),
    pinned,
    left,
  });
  const arranged = ({ display, pinned, left }: ArrangedDisplay, without = 0): NextWall =>
    done([display], placesOn(display, pinned), left + without);
  /** Changes one tile; `free`: only one that is not pinned. */
  const onTile = (at: TilePlace, free: boolean, next: (tile: ShownTile) => ShownTile): NextWall => {
    const display = wall.get(at.displayId);
    if (!display) return refuse('no-such-display');
    const tile = display.tiles[at.tile];
    if (!tile) return refuse('no-such-tile');
    if (free && tile.pinned) return refuse('pinned');
    return done([withTile(display, at.tile, next(tile))]);
  };
  const isKnown = (content: TileContent) => content.kind !== 'camera' || known.hasCamera(content.camera);

  switch (change.type) {
    case 'put':
      if (!isKnown(change.content)) return refuse('no-such-camera');
      return onTile(change.at, true, (tile) => tileHolding(tile, change.content));
    case 'back':
      return onTile(change.at, true, tileBack);
    case 'forward':
      return onTile(change.at, true, tileForward);
    case 'pin':
      return onTile(change.at, false, (tile) => ({ ...tile, pinned: change.pinned }));
    case 'zoom':
      return onTile(change.at, false, (tile) => ({ ...tile, zoom: change.zoom }));
    case 'swap':
      return swap(wall, change.from, change.to, refuse, done);
    case 'show': {
      // Displays that are not known here (a scene of another place, a display that was forgotten) are passed over.
      const shares = change.displays.map((share) => ({ share, display: wall.get(share.displayId) }));
      if (change.displays.some(({ layout, contents }) => contents.length > layout.cells.length)) return refuse('no-such-tile');
      if (shares.every(({ display }) => !display)) return refuse('no-such-display');
      const shown = shares.flatMap(({ share, display }) =>
        display ? [showOnDisplay(display, share.layout, share.contents)] : [],
      );
      const passedOver = shares.flatMap(({ share, display }) =>
        display ? [] : share.contents.filter(({ kind }) => kind !== 'empty'),
      );
      return done(
        shown.map(({ display }) => display),
        shown.flatMap(({ display, pinned }) => placesOn(display, pinned)),
        shown.reduce((sum, { left }) => sum + left, passedOver.length),
      );
    }
    case 'blank': {
      const displays = change.displayId === null ? [...wall.values()] : [wall.get(change.displayId)];
      const there = displays.filter((display) => display !== undefined);
      return there.length === 0 ? refuse('no-such-display') : done(there.map((d) => ({ ...d, blank: change.blank })));
    }
  }

  const display = wall.get(change.displayId);
  if (!display) return refuse('no-such-display');
  switch (change.type) {
    case 'fill': {
      const contents = change.contents.filter(isKnown);
      if (contents.length === 0) return refuse('no-such-camera');
      return arranged(fillDisplay(display, contents, known.sizeOf(change.displayId)), change.contents.length - contents.length);
    }
    case 'divide': {
      const divided = divideDisplay(display, change.layout);
      return divided === null ? refuse('pinned') : arranged(divided);
    }
    case 'enlarge':
      if (change.tile !== null && !display.tiles[change.tile]) return refuse('no-such-tile');
      return done([{ ...display, enlarged: change.tile }]);
    case 'clear': {
      const pinned = display.tiles.flatMap((tile, index) => (tile.pinned ? [index] : []));
      const tiles = display.tiles.map((tile) => (tile.pinned ? tile : tileHolding(tile, newTile().content)));
      return arranged({ display: { ...display, tiles, enlarged: null }, pinned, left: 0 });
    }
  }
}

function swap(
  wall: Wall,
  from: TilePlace,
  to: TilePlace,
  refuse: (refusal: WallRefusal) => NextWall,
  done: (displays: readonly DisplayWall[]) => NextWall,
): NextWall {
  const [here, there] = [wall.get(from.displayId), wall.get(to.displayId)];
  if (!here || !there) return refuse('no-such-display');
  const [a, b] = [here.tiles[from.tile], there.tiles[to.tile]];
  if (!a || !b) return refuse('no-such-tile');
  if (a.pinned || b.pinned) return refuse('pinned');
  if (sameContent(a.content, b.content)) return done([]);
  const first = withTile(here, from.tile, { ...tileHolding(a, b.content), zoom: b.zoom });
  const second = withTile(here === there ? first : there, to.tile, { ...tileHolding(b, a.content), zoom: a.zoom });
  return done(here === there ? [second] : [first, second]);
}

/** The wall with these in place of their former selves; itself where none of them says anything new. */
export function withDisplays(wall: Wall, displays: readonly DisplayWall[]): Wall {
  const news = displays.filter((display) => !isSameDisplay(wall.get(display.displayId), display));
  return news.length === 0 ? wall : new Map([...wall, ...news.map((display) => [display.displayId, display] as const)]);
}

function isSameDisplay(a: DisplayWall | undefined, b: DisplayWall): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function withTile(display: DisplayWall, place: number, tile: ShownTile): DisplayWall {
  return { ...display, tiles: display.tiles.with(place, tile) };
}

function placesOn({ displayId }: DisplayWall, tiles: readonly number[]): TilePlace[] {
  return tiles.map((tile) => ({ displayId, tile }));
}
