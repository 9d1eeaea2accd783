import type { DeedbanContract } from '../../../core/contract.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { DisplaysClient } from './displays-client.ts';
import { useCamerasById } from './use-cameras-by-id.ts';
import { useMiniatureSource } from './use-miniature-source.ts';
import { useTileStates } from './use-tile-states.ts';

const noWalls: readonly DisplayWall[] = [];

/** What displays are drawn from on a desk, small or large: which there are, what they show, and how their tiles are. */
export function useShownDisplays(client: DisplaysClient, byAddress: ByAddress) {
  const walls = useWatched<DeedbanContract, 'wall.displays'>(client, 'wall.displays') ?? noWalls;
  const selection = useWatched<DeedbanContract, 'wall.selection'>(client, 'wall.selection') ?? null;
  return {
    known: useWatched<DeedbanContract, 'displays.all'>(client, 'displays.all') ?? [],
    walls,
    selection,
    /** The one that is worked on: that of the selected tile, else the first. */
    work: walls.find(({ displayId }) => displayId === selection?.displayId) ?? walls[0],
    cameras: useCamerasById(client),
    states: useTileStates(client),
    source: useMiniatureSource(client, byAddress),
  };
}
