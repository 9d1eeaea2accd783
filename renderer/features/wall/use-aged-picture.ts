import { useEffect, useRef, useState } from 'react';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { LastPicture } from '../../media/rewind-messages.ts';
import { pathOf } from './tile-session.ts';
import type { WallStreams } from './wall-streams.ts';

/** What a tile shows of a camera that it waits for. */
export interface AgedTile {
  readonly camera: Camera;
  readonly picture: LastPicture;
}

interface WaitingTile {
  readonly slot: number;
  /** The camera that is to be shown; null where there is none. */
  readonly camera: Camera | null;
  /** See `agedAfterMs`. */
  readonly afterMs: number | null;
  /** What lies under it is another camera's picture. */
  readonly another: boolean;
}

/**
 * The last kept picture of a camera that a tile waits for, once it is due and decoded; null in the same render in which the tile does not wait any more. Of which
 * camera a tile shows a picture by that, main hears too.
 */
export function useAgedPicture(streams: WallStreams, { slot, camera, afterMs, another }: WaitingTile): AgedTile | null {
  const id = afterMs === null ? null : (camera?.id ?? null);
  const sources = camera?.streams.map((stream) => pathOf({ camera: camera.id, stream })).join(' ') ?? '';
  const sinceMs = useRef(0);
  /** The camera that was waited for long enough: what is asked for then stays asked for until it is there. */
  const [due, setDue] = useState<CameraId | null>(null);
  const [found, setFound] = useState<{ readonly of: CameraId; readonly picture: LastPicture } | null>(null);

  useEffect(() => {
    if (id === null) return;
    sinceMs.current = performance.now();
    return () => setDue(null);
  }, [id]);
  useEffect(() => {
    if (id === null || afterMs === null) return;
    const leftMs = sinceMs.current + afterMs - performance.now();
    const timer = setTimeout(() => setDue(id), Math.max(0, leftMs));
    return () => clearTimeout(timer);
  }, [id, afterMs]);
  useEffect(() => {
    if (due === null || due !== id) return;
    const ended = new AbortController();
    void streams.lastPicture(sources.split(' '), ended.signal).then((picture) => {
      if (ended.signal.aborted) picture?.bitmap.close();
      else if (picture) setFound({ of: due, picture });
    });
    return () => {
      ended.abort();
      setFound(null);
    };
  }, [streams, due, id, sources]);

  const picture = camera !== null && found !== null && found.of === id ? found.picture : null;
  const covers = picture !== null && another ? id : null;
  useEffect(() => {
    streams.cover(slot, covers);
    return () => streams.cover(slot, null);
  }, [streams, slot, covers]);
  return camera && picture ? { camera, picture } : null;
}
