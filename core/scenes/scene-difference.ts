import type { Layout } from '../wall/layout.ts';
import { sameContent } from '../wall/shown-tile.ts';
import type { TileContent } from '../wall/tile-content.ts';
import type { DisplayContent } from '../wall/wall-change.ts';
import { sameLayout } from '../wall/same-layout.ts';
import type { SceneDraft } from './scene.ts';

export interface ValueChange<T> {
  readonly before: T;
  readonly after: T;
}

export interface TileChange extends ValueChange<TileContent> {
  /** From 0. It may be beyond the tiles of one of the two layouts; there it is empty. */
  readonly tile: number;
}

export type DisplayDifference =
  | { readonly what: 'added'; readonly displayId: string; readonly content: DisplayContent }
  | { readonly what: 'removed'; readonly displayId: string; readonly content: DisplayContent }
  | {
      readonly what: 'changed';
      readonly displayId: string;
      readonly layout: ValueChange<Layout> | null;
      readonly tiles: readonly TileChange[];
    };

/** What changed between two revisions of a scene; null where it is the same. Displays that are the same are left out. */
export interface SceneDifference {
  readonly number: ValueChange<number> | null;
  readonly name: ValueChange<string> | null;
  readonly colour: ValueChange<SceneDraft['colour']> | null;
  readonly displays: readonly DisplayDifference[];
}

/** What has to change for `before` to become `after`. The order of the displays in a scene means nothing. */
export function sceneDifference(before: SceneDraft, after: SceneDraft): SceneDifference {
  const earlier = new Map(before.displays.map((display) => [display.displayId, display]));
  const later = new Set(after.displays.map(({ displayId }) => displayId));
  const displays: DisplayDifference[] = before.displays
    .filter(({ displayId }) => !later.has(displayId))
    .map((content) => ({ what: 'removed', displayId: content.displayId, content }));
  for (const content of after.displays) {
    const old = earlier.get(content.displayId);
    if (old === undefined) displays.push({ what: 'added', displayId: content.displayId, content });
    else {
      const changed = displayDifference(old, content);
      if (changed !== null) displays.push(changed);
    }
  }
  return {
    number: valueChange(before.number, after.number),
    name: valueChange(before.name, after.name),
    colour: valueChange(before.colour, after.colour),
    displays,
  };
}

/** Whether nothing differs. */
export function isSame({ number, name, colour, displays }: SceneDifference): boolean {
  return number === null && name === null && colour === null && displays.length === 0;
}

function displayDifference(before: DisplayContent, after: DisplayContent): DisplayDifference | null {
  const count = Math.max(before.layout.cells.length, after.layout.cells.length);
  const tiles: TileChange[] = [];
  for (let tile = 0; tile < count; tile += 1) {
    const change = { tile, before: contentAt(before, tile), after: contentAt(after, tile) };
    if (!sameContent(change.before, change.after)) tiles.push(change);
  }
  const layout = sameLayout(before.layout, after.layout) ? null : { before: before.layout, after: after.layout };
  if (layout === null && tiles.length === 0) return null;
  return { what: 'changed', displayId: after.displayId, layout, tiles };
}

/** What a tile of a display shows; empty where nothing is said of it or there is no such tile. */
export function contentAt({ layout, contents }: DisplayContent, tile: number): TileContent {
  return (tile < layout.cells.length ? contents[tile] : undefined) ?? { kind: 'empty' };
}

function valueChange<T>(before: T, after: T): ValueChange<T> | null {
  return before === after ? null : { before, after };
}
