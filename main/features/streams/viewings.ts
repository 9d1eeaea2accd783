import type { Session } from '../../../core/rpc/handlers.ts';

/** A tile of a display. */
export interface ShownTile {
  readonly displayId: string;
  readonly tile: number;
}

interface Seen {
  readonly viewer: Session | null;
  readonly tiles: readonly ShownTile[];
  readonly utcMs: number;
}

/** What is being watched, kept from its opening to its end: at its end the window may be gone, and the wall shows something else there already. */
export interface Viewings {
  opened(key: string, now: Seen): Seen & { readonly sinceUtcMs: null };
  closed(key: string, now: Seen): Seen & { readonly sinceUtcMs: number | null };
  moved(key: string, now: Seen): Seen & { readonly sinceUtcMs: number | null };
  /** The wall is another: those whose camera is in other tiles now, by their keys. */
  look(
    tilesOf: (viewing: { readonly viewer: Session | null; readonly camera: string }) => readonly ShownTile[],
  ): readonly string[];
}

export function createViewings(): Viewings {
  const open = new Map<string, Seen>();
  return {
    opened(key, now) {
      open.set(key, now);
      return { ...now, sinceUtcMs: null };
    },
    closed(key, now) {
      const before = open.get(key);
      open.delete(key);
      if (!before) return { ...now, sinceUtcMs: null };
      return { viewer: now.viewer ?? before.viewer, tiles: before.tiles, utcMs: now.utcMs, sinceUtcMs: before.utcMs };
    },
    moved: (key, now) => ({ ...now, sinceUtcMs: open.get(key)?.utcMs ?? null }),
    look(tilesOf) {
      const moved: string[] = [];
      for (const [key, seen] of open) {
        const tiles = tilesOf({ viewer: seen.viewer, camera: key.split(' ')[1] ?? '' });
        // One that left its tile is about to be closed: where it was is what counts.
        if (tiles.length === 0 || isSame(tiles, seen.tiles)) continue;
        open.set(key, { ...seen, tiles });
        moved.push(key);
      }
      return moved;
    },
  };
}

const isSame = (one: readonly ShownTile[], other: readonly ShownTile[]): boolean =>
  one.length === other.length &&
  one.every((tile, place) => tile.displayId === other[place]?.displayId && tile.tile === other[place]?.tile);
