import type { Layout } from '../wall/layout.ts';
import type { TileContent } from '../wall/tile-content.ts';
import type { SceneDraft } from './scene.ts';
import { type SceneDifference, sceneDifference } from './scene-difference.ts';

/** Who moved away from what both began with. */
export type ChangedBy = 'me' | 'them' | 'both';

/** One thing in which my edit and somebody else's differ, with what each of them has. */
export type SceneConflict =
  | { readonly what: 'number'; readonly mine: number; readonly theirs: number; readonly by: ChangedBy }
  | { readonly what: 'name'; readonly mine: string; readonly theirs: string; readonly by: ChangedBy }
  | {
      readonly what: 'colour';
      readonly mine: SceneDraft['colour'];
      readonly theirs: SceneDraft['colour'];
      readonly by: ChangedBy;
    }
  /** How many tiles each shows on a display; null: the scene leaves that display alone. */
  | {
      readonly what: 'display';
      readonly displayId: string;
      readonly mine: number | null;
      readonly theirs: number | null;
      readonly by: ChangedBy;
    }
  | {
      readonly what: 'layout';
      readonly displayId: string;
      readonly mine: Layout;
      readonly theirs: Layout;
      readonly by: ChangedBy;
    }
  | {
      readonly what: 'tile';
      readonly displayId: string;
      /** From 0. */
      readonly tile: number;
      readonly mine: TileContent;
      readonly theirs: TileContent;
      readonly by: ChangedBy;
    };

/** In what my edit and theirs differ, both made from `base`; empty where they came to the same. */
export function sceneConflicts(base: SceneDraft, mine: SceneDraft, theirs: SceneDraft): readonly SceneConflict[] {
  const byMe = placesOf(sceneDifference(base, mine));
  const byThem = placesOf(sceneDifference(base, theirs));
  const whoChanged = (place: string): ChangedBy => {
    if (!byThem.has(place)) return 'me';
    return byMe.has(place) ? 'both' : 'them';
  };
  const { number, name, colour, displays } = sceneDifference(mine, theirs);
  const found: SceneConflict[] = [];
  if (number) found.push({ what: 'number', mine: number.before, theirs: number.after, by: whoChanged('number') });
  if (name) found.push({ what: 'name', mine: name.before, theirs: name.after, by: whoChanged('name') });
  if (colour) found.push({ what: 'colour', mine: colour.before, theirs: colour.after, by: whoChanged('colour') });
  for (const display of displays) {
    const { displayId } = display;
    if (display.what === 'changed') {
      const { layout, tiles } = display;
      // A display that only one of the two took in is named as a whole below; here both have it.
      const by = (place: string) => (byThem.has(displayId) || byMe.has(displayId) ? 'both' : whoChanged(place));
      if (layout) {
        const place = `${displayId} layout`;
        found.push({ what: 'layout', displayId, mine: layout.before, theirs: layout.after, by: by(place) });
      }
      for (const { tile, before, after } of tiles) {
        found.push({ what: 'tile', displayId, tile, mine: before, theirs: after, by: by(`${displayId} ${tile}`) });
      }
    } else {
      const count = display.content.layout.cells.length;
      const added = display.what === 'added';
      const by = whoChanged(displayId);
      found.push({ what: 'display', displayId, mine: added ? null : count, theirs: added ? count : null, by });
    }
  }
  return found;
}

/** Names of what a difference touches. */
function placesOf({ number, name, colour, displays }: SceneDifference): ReadonlySet<string> {
  const places = new Set<string>();
  if (number) places.add('number');
  if (name) places.add('name');
  if (colour) places.add('colour');
  for (const display of displays) {
    if (display.what !== 'changed') places.add(display.displayId);
    else {
      if (display.layout) places.add(`${display.displayId} layout`);
      for (const { tile } of display.tiles) places.add(`${display.displayId} ${tile}`);
    }
  }
  return places;
}
