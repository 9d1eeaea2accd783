import { useEffect, useState } from 'react';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import type { WallClient } from './wall-client.ts';

/** The earlier value where the new one says the same, so that what hangs on it does not render again. */
export function keepSame<T>(before: T | undefined, next: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(next) ? before : next;
}

/** A display's share in which whatever did not change is the same object as before. */
export function keepSameParts(before: DisplayWall | undefined, next: DisplayWall): DisplayWall {
  if (before === undefined || before.displayId !== next.displayId) return next;
  return {
    ...next,
    layout: keepSame(before.layout, next.layout),
    tiles: next.tiles.map((tile, index) => keepSame(before.tiles[index], tile)),
  };
}

/** What this window's display shows; undefined before main has told. */
export function useDisplayWall(client: WallClient): DisplayWall | undefined {
  const [display, setDisplay] = useState<DisplayWall>();
  useEffect(() => client.watch('wall.display', (next) => setDisplay((before) => keepSameParts(before, next))), [client]);
  return display;
}

/** Main tells which cameras the wall has a moment before it tells the tiles that have them: those on the glass keep their names until then. */
const keptMs = 1_000;

/** The cameras in the tiles; undefined before main has told. */
export function useWallCameras(client: WallClient): ReadonlyMap<CameraId, Camera> | undefined {
  const [cameras, setCameras] = useState<ReadonlyMap<CameraId, Camera>>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = client.watch('wall.cameras', (next) => {
      clearTimeout(timer);
      const exact = (before: ReadonlyMap<CameraId, Camera> | undefined) =>
        new Map(next.map((camera) => [camera.id, keepSame(before?.get(camera.id), camera)]));
      setCameras((before) => new Map([...(before ?? []), ...exact(before)]));
      timer = setTimeout(() => setCameras(exact), keptMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client]);
  return cameras;
}
