import type { Camera } from '../cameras/camera.ts';
import { deal, gridFor } from './grid.ts';
import { gridLayout, mostTiles } from './layout.ts';
import { newTile } from './shown-tile.ts';
import type { WallDisplay } from './wall-display.ts';
import type { DisplayWall } from './wall.contract.ts';

/** The display of a browser that stands on none that is known. It shows the whole wall on one. */
export const wholeWall = 'wall';
const usualSize = { width: 16, height: 9 };

/** A display's size, or a usual one where none is known (0 × 0). */
export function sizeOrUsual(display: { readonly width: number; readonly height: number } | undefined): {
  width: number;
  height: number;
} {
  return display && display.width > 0 && display.height > 0 ? display : usualSize;
}

/**
 * What every display shows until somebody changes it: the cameras in the order of their numbers, dealt over the displays that are there and those
 * that are only away (one that sleeps must not shuffle the others), at most 64 on each (nobody could watch more, and no browser decodes them). `tiles` is how many each has; as many as its share where null.
 */
export function firstWall(
  cameras: readonly Camera[],
  displays: readonly WallDisplay[],
  tiles: number | null,
): ReadonlyMap<string, DisplayWall> {
  const real = displays.filter(({ id }) => id !== wholeWall);
  const contentOf = ({ id, contentOf: shown, waits }: WallDisplay) => (shown === null ? (waits ? [id] : []) : [id, shown]);
  const dealt = [...new Set(real.flatMap(contentOf))];
  // Cut before dealing: `deal` gives neighbours, not every n-th.
  const hands = deal(cameras.slice(0, mostTiles * dealt.length), Math.max(1, dealt.length));
  const first = (displayId: string, share: readonly Camera[]): DisplayWall => {
    const shown = share.slice(0, Math.min(tiles ?? mostTiles, mostTiles));
    const standsOn = displays.find((display) => display.contentOf === displayId) ?? displays.find(({ id }) => id === displayId);
    const { columns, rows } = gridFor(Math.min(mostTiles, tiles ?? shown.length), sizeOrUsual(standsOn), mostTiles);
    const layout = gridLayout(columns, rows);
    return {
      displayId,
      layout,
      tiles: layout.cells.map((_cell, index) => {
        const camera = shown[index]?.id;
        return newTile(camera === undefined ? { kind: 'empty' } : { kind: 'camera', camera });
      }),
      enlarged: null,
      blank: false,
      arranged: false,
    };
  };
  const all = new Set([...real.map(({ id }) => id), ...dealt]);
  return new Map([
    ...[...all].map((id) => [id, first(id, dealt.includes(id) ? (hands[dealt.indexOf(id)] ?? []) : [])] as const),
    [wholeWall, first(wholeWall, cameras)] as const,
  ]);
}

/** `display` follows the directory again where it is just what the directory would give it; else it is somebody's arrangement. */
export function settled(display: DisplayWall, first: DisplayWall | undefined): DisplayWall {
  const plain = (one: DisplayWall) => JSON.stringify({ ...one, blank: false, arranged: false });
  const arranged = first === undefined || plain(display) !== plain(first);
  return display.arranged === arranged ? display : { ...display, arranged };
}
