import type { ShownTile, TileContent } from './tile-content.ts';
import type { WallStep } from './wall-step.ts';

/** The stills among these contents. */
export function stillsAmong(contents: Iterable<TileContent>): string[] {
  return [...contents].flatMap((content) => (content.kind === 'still' ? [content.digest] : []));
}

/** The stills that a tile shows or remembers. */
export function stillsOfTile({ content, back, forward }: ShownTile): string[] {
  return stillsAmong([content, ...back, ...forward]);
}

/** The stills that undoing a step, or doing it again, can bring back. */
export function stillsOfStep(step: WallStep): string[] {
  return step
    .flatMap(({ divided, tiles }) => [
      ...(divided ? [...divided.before.tiles, ...divided.after.tiles] : []),
      ...tiles.flatMap(({ before, after }) => [before, after]),
    ])
    .flatMap(stillsOfTile);
}
