import type { Camera } from '../../../core/cameras/camera.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';
import { deal, gridFor } from '../../../core/wall/grid.ts';
import type { DisplayWall, wallContract } from '../../../core/wall/wall.contract.ts';
import type { Displays } from '../../ports/displays.ts';

export interface WallFeature extends Feature<typeof wallContract> {
  /** What a display shows now; `wall` is the whole wall on one. */
  display(displayId: string): DisplayWall;
}

/** More tiles than this on one display are not opened by themselves: nobody could watch them. */
const mostTiles = 64;
const wholeWall = { width: 16, height: 9 };

/** The first wall: the cameras in the order of their numbers, dealt over the displays. */
export function createWallFeature(ports: {
  cameras: Watchable<readonly Camera[]>;
  displays: Displays;
  /** Tiles per display; as many as its share of the cameras where null. */
  tiles: number | null;
}): WallFeature {
  const { cameras, displays, tiles } = ports;

  function display(displayId: string): DisplayWall {
    const all = displays.current();
    const index = all.findIndex((candidate) => candidate.id === displayId);
    const size = all[index]?.bounds ?? wholeWall;
    const hands = index < 0 ? [cameras.current()] : deal(cameras.current(), all.length);
    const shown = (hands[Math.max(0, index)] ?? []).slice(0, tiles ?? mostTiles);
    const count = tiles ?? shown.length;
    return {
      displayId,
      ...gridFor(count, size),
      tiles: Array.from({ length: count }, (_, tile) => ({ camera: shown[tile]?.id ?? null })),
    };
  }

  return {
    display,
    calls: {},
    events: {},
    states: {
      'wall.display': ({ displayId, ended }) => {
        const cell = createCell(display(displayId));
        const renew = () => cell.set(display(displayId));
        const stops = [cameras.subscribe(renew), displays.subscribe(renew)];
        ended.addEventListener('abort', () => stops.forEach((stop) => stop()), { once: true });
        return cell;
      },
    },
  };
}
