import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Camera, CameraId, StreamName } from '../../../core/cameras/camera.ts';
import { createCell } from '../../../core/rpc/cell.ts';
import type { TileSession } from './tile-session.ts';
import type { WallStreams } from './wall-streams.ts';

/** The stream of a tile's camera in the tile's `<video>`; null where it shows none. A live tile keeps its picture until the next camera's is there. */
export function useTileSession(
  streams: WallStreams,
  slot: number,
  camera: CameraId | null,
  stream: StreamName,
  video: RefObject<HTMLVideoElement | null>,
  covered: boolean,
): TileSession | null {
  const [present] = useState(() => createCell<TileSession | null>(null));
  const wanted = useRef<{ camera: CameraId | null; stream: StreamName }>({ camera, stream });
  useEffect(() => {
    const close = () => {
      present.current()?.close();
      present.set(null);
    };
    const open = () => {
      const { camera: now, stream: of } = wanted.current;
      present.current()?.close();
      present.set(now && video.current ? streams.open(slot, { camera: now, stream: of }, video.current, open) : null);
    };
    wanted.current = { camera, stream };
    if (camera === null) close();
    else if (!present.current()?.show({ camera, stream })) open();
  }, [streams, slot, camera, stream, video, present]);
  useEffect(
    () => () => {
      present.current()?.close();
      present.set(null);
    },
    [present],
  );
  const session = useSyncExternalStore(present.subscribe, present.current);
  useEffect(() => session?.setCovered(covered), [session, covered]);
  return session;
}

/** The camera whose picture is on the glass, and the one that is awaited (null where none is), of the cameras that were wanted here. */
export function useShownCamera(
  session: TileSession | null,
  wanted: Camera | null,
): { readonly shown: Camera | null; readonly awaited: Camera | null } {
  const [known] = useState(() => new Map<CameraId, Camera>());
  const subscribe = session?.subscribe ?? never;
  const id = useSyncExternalStore(subscribe, () => session?.shown().camera ?? null);
  const awaitedId = useSyncExternalStore(subscribe, () => session?.awaited() ?? null);
  useEffect(() => {
    for (const each of [...known.keys()]) if (each !== id && each !== awaitedId && each !== wanted?.id) known.delete(each);
  }, [known, id, awaitedId, wanted]);
  if (wanted) known.set(wanted.id, wanted);
  return { shown: (id && known.get(id)) ?? wanted, awaited: (awaitedId && known.get(awaitedId)) ?? null };
}

const never = () => () => {};

/** Tells the style sheet a picture's shape when it changes, which is rare: the size of a video is a matter of whole pixels there. */
export function useAspect(video: RefObject<HTMLVideoElement | null>): void {
  useEffect(() => {
    const { current } = video;
    const tell = () => {
      if (current && current.videoHeight > 0) {
        current.style.setProperty('--aspect', `${current.videoWidth / current.videoHeight}`);
      }
    };
    current?.addEventListener('resize', tell);
    return () => current?.removeEventListener('resize', tell);
  }, [video]);
}
