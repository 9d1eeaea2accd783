import { useEffect, useState } from 'react';
import type { Camera } from '../../core/cameras/camera.ts';
import type { KnownDisplay } from '../../core/displays/displays.contract.ts';
import { tilesInSight } from '../../core/wall/tiles-in-sight.ts';
import type { DisplayWall } from '../../core/wall/wall.contract.ts';
import type { DeedbanClient } from './client.ts';

/** How the whole wall is doing, in numbers. */
export interface WallCount {
  readonly displays: number;
  readonly connected: number;
  /** Tiles in sight that hold a camera, and those of them that are live, as the windows told last. */
  readonly cameras: number;
  readonly live: number;
}

const nothing: WallCount = { displays: 0, connected: 0, cameras: 0, live: 0 };

/** The wall in numbers. Windows report every second; only another number renders. */
export function useWallCount(client: DeedbanClient): WallCount {
  const [count, setCount] = useState(nothing);
  useEffect(() => {
    let known: readonly KnownDisplay[] = [];
    let walls: readonly DisplayWall[] = [];
    const change = (part: Partial<WallCount>) =>
      setCount((before) => {
        const next = { ...before, ...part };
        return JSON.stringify(next) === JSON.stringify(before) ? before : next;
      });
    const countWall = () => {
      const used = known.filter(({ use }) => use !== 'console');
      // What a missing display showed waits for it, unless it is shown elsewhere; a browser's pseudo display is in no list.
      const shows = (displayId: string) => {
        const display = known.find(({ id }) => id === displayId);
        return display === undefined || display.connected || display.shownOn !== null;
      };
      const tiles = walls.filter(({ displayId }) => shows(displayId)).flatMap(tilesInSight);
      change({
        displays: used.length,
        connected: used.filter(({ connected }) => connected).length,
        cameras: tiles.filter(({ content }) => content.kind === 'camera').length,
      });
    };
    const stops = [
      client.watch('displays.all', (all) => {
        known = all;
        countWall();
      }),
      client.watch('wall.displays', (displays) => {
        walls = displays;
        countWall();
      }),
      client.watch('streams.tiles', (displays) => {
        change({ live: displays.flatMap(({ tiles }) => tiles).filter(({ verdict }) => verdict.word === 'live').length });
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client]);
  return count;
}

/** The place these cameras stand in: their district where it is one, else their province, else nothing. */
export function placeOf(cameras: readonly Camera[]): string {
  const only = (names: readonly string[]) => (new Set(names).size === 1 ? (names[0] ?? '') : '');
  return only(cameras.map(({ district }) => district)) || only(cameras.map(({ province }) => province));
}
