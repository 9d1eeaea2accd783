import { useEffect, useState } from 'react';
import type { Camera } from '../../core/cameras/camera.ts';
import type { KnownDisplay } from '../../core/displays/displays.contract.ts';
import type { RewoundTile } from '../../core/rewind/rewind.contract.ts';
import type { DisplayTiles } from '../../core/streams/streams.contract.ts';
import { tilesInSight } from '../../core/wall/tiles-in-sight.ts';
import type { TilePlace } from '../../core/wall/wall-change.ts';
import type { DisplayWall } from '../../core/wall/wall.contract.ts';
import type { DeedbanClient } from './client.ts';

/** How the whole wall is doing, in numbers. */
export interface WallCount {
  readonly displays: number;
  readonly connected: number;
  /** Tiles in sight that hold a camera, and those of them that are live, as the windows told last. */
  readonly cameras: number;
  readonly live: number;
  /** Those that show what was, whatever comes beside it: they are not among the live ones. */
  readonly rewound: number;
}

const nothing: WallCount = { displays: 0, connected: 0, cameras: 0, live: 0, rewound: 0 };

/** The wall in numbers. Windows report every second; only another number renders. */
export function useWallCount(client: DeedbanClient): WallCount {
  const [count, setCount] = useState(nothing);
  useEffect(() => {
    let known: readonly KnownDisplay[] = [];
    let walls: readonly DisplayWall[] = [];
    let told: readonly DisplayTiles[] = [];
    let rewound: readonly RewoundTile[] = [];
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
    const countLive = () => {
      const live = told.flatMap(({ displayId, tiles }) =>
        tiles.filter(({ verdict }) => verdict.word === 'live').map(({ tile }) => ({ displayId, tile })),
      );
      const isRewound = (place: TilePlace) =>
        rewound.some(({ at }) => at.displayId === place.displayId && at.tile === place.tile);
      change({ live: live.filter((place) => !isRewound(place)).length, rewound: rewound.length });
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
        told = displays;
        countLive();
      }),
      client.watch('rewind.tiles', (tiles) => {
        rewound = tiles;
        countLive();
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
