import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { CameraId, StreamName } from '../../../core/cameras/camera.ts';
import { createCell } from '../../../core/rpc/cell.ts';
import type { StreamSession } from '../../media/stream-session.ts';
import type { TileSession, WallStreams } from './wall-streams.ts';

/** The stream of a tile's camera in the tile's `<video>`; null where it shows none. A tile that changes its size keeps its picture. */
export function useTileSession(
  streams: WallStreams,
  slot: number,
  camera: CameraId | null,
  stream: StreamName,
  video: RefObject<HTMLVideoElement | null>,
): StreamSession | null {
  const [present] = useState(() => createCell<TileSession | null>(null));
  const wanted = useRef(stream);
  useEffect(() => {
    wanted.current = stream;
    present.current()?.show(stream);
  }, [stream, present]);
  useEffect(() => {
    if (camera === null || !video.current) return;
    const opened = streams.open(slot, camera, wanted.current, video.current);
    present.set(opened);
    return () => {
      opened.close();
      present.set(null);
    };
  }, [streams, slot, camera, video, present]);
  return useSyncExternalStore(present.subscribe, present.current);
}

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
