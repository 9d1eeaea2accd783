import { useMemo } from 'react';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { DisplayContent } from '../../../core/wall/wall-change.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { DisplayName } from './display-name.ts';
import type { ScenesClient } from './scenes-client.ts';

export interface WallShares {
  readonly walls: readonly DisplayWall[];
  readonly names: readonly DisplayName[];
}

const none: never[] = [];

/** What every display shows now, in the order of their numbers, and what they are called. */
export function useWallShares(client: ScenesClient): WallShares {
  const walls = useWatched<DeedbanContract, 'wall.displays'>(client, 'wall.displays') ?? none;
  const names = useWatched<DeedbanContract, 'displays.all'>(client, 'displays.all') ?? none;
  return useMemo(() => {
    const numberOf = (displayId: string) => names.find(({ id }) => id === displayId)?.number ?? 1_000;
    return { names, walls: [...walls].sort((a, b) => numberOf(a.displayId) - numberOf(b.displayId)) };
  }, [walls, names]);
}

/** What these displays show now, as a scene keeps it. */
export function contentsOf(walls: readonly DisplayWall[], chosen: ReadonlySet<string>): DisplayContent[] {
  return walls
    .filter(({ displayId }) => chosen.has(displayId))
    .map(({ displayId, layout, tiles }) => ({ displayId, layout, contents: tiles.map(({ content }) => content) }));
}
