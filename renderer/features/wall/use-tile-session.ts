import { type RefObject, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type Camera, type CameraId, streamNames } from '../../../core/cameras/camera.ts';
import { type Cell, createCell } from '../../../core/rpc/cell.ts';
import type { TileQuality } from '../../../core/streams/quality.ts';
import type { TileSession, TileStream } from './tile-session.ts';
import type { TileConcern } from './wall-quality.ts';
import type { WallStreams } from './wall-streams.ts';

/**
 * The stream of a tile's camera in the tile's `<video>`; null where it shows none. A live tile keeps its picture until the next camera's is there. Which of
 * the camera's streams that is, and how much of it is decoded, the wall's quality decides.
 */
export function useTileSession(
  { open: openStream, quality }: WallStreams,
  slot: number,
  camera: Camera | null,
  video: RefObject<HTMLVideoElement | null>,
  { pinned, selected, whole, zoomed, covered }: Omit<TileConcern, 'camera'>,
): TileSession | null {
  const [present] = useState(() => createCell<TileSession | null>(null));
  const wanted = useRef<TileStream | null>(null);
  const id = camera?.id ?? null;
  const names = camera?.streams.join(' ') ?? '';
  const streams = useMemo(() => streamNames.filter((name) => names.split(' ').includes(name)), [names]);
  useEffect(() => {
    const picture = video.current?.parentElement ?? null;
    quality.tell(slot, id && { camera: { id, streams }, pinned, selected, whole, zoomed, covered }, picture);
  }, [quality, slot, video, id, streams, pinned, selected, whole, zoomed, covered]);
  useEffect(() => {
    const stream = quality.of(slot)?.stream;
    wanted.current = id && stream ? { camera: id, stream } : null;
    if (wanted.current === null) {
      present.current()?.close();
      present.set(null);
    } else if (!present.current()?.show(wanted.current)) openAnew({ openStream, slot, wanted, present, video });
  }, [openStream, quality, slot, id, present, video]);
  useEffect(
    () => () => {
      quality.tell(slot, null, null);
      present.current()?.close();
      present.set(null);
    },
    [quality, slot, present],
  );
  const session = useSyncExternalStore(present.subscribe, present.current);
  useEffect(() => session?.setCovered(covered), [session, covered]);
  useEffect(() => {
    if (session === null) return;
    return quality.drive(slot, session, (stream, anew) => {
      if (wanted.current === null) return;
      wanted.current = { ...wanted.current, stream };
      if (anew || !session.show(wanted.current)) openAnew({ openStream, slot, wanted, present, video });
    });
  }, [openStream, quality, slot, session, present, video]);
  return session;
}

interface Place {
  readonly openStream: WallStreams['open'];
  readonly slot: number;
  readonly wanted: RefObject<TileStream | null>;
  readonly present: Cell<TileSession | null>;
  readonly video: RefObject<HTMLVideoElement | null>;
}

function openAnew(place: Place): void {
  const { openStream, slot, wanted, present, video } = place;
  present.current()?.close();
  const { current: what } = wanted;
  present.set(what && video.current ? openStream(slot, what, video.current, () => openAnew(place)) : null);
}

/** What a tile gets; null where it shows no camera. */
export function useTileQuality({ quality }: WallStreams, slot: number): TileQuality | null {
  return useSyncExternalStore(quality.subscribe, () => quality.of(slot));
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

/** Tells the style sheet a picture's shape when it changes, which is rare: the size of a picture is a matter of whole pixels there. */
export function useAspect(video: RefObject<HTMLVideoElement | null>): void {
  useEffect(() => {
    const { current } = video;
    const tell = () => {
      if (current && current.videoHeight > 0) {
        current.parentElement?.style.setProperty('--aspect', `${current.videoWidth / current.videoHeight}`);
      }
    };
    current?.addEventListener('resize', tell);
    return () => current?.removeEventListener('resize', tell);
  }, [video]);
}
