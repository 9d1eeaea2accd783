import { memo, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera, CameraId, StreamName } from '../../../core/cameras/camera.ts';
import { createCell } from '../../../core/rpc/cell.ts';
import type { StreamSession } from '../../media/stream-session.ts';
import { TileCaption } from './tile-caption.tsx';
import { TileCover } from './tile-cover.tsx';
import { TileStatistics } from './tile-statistics.tsx';
import { tileVerdict } from './tile-verdict.ts';
import styles from './tile.module.css';
import type { WallStreams } from './wall-streams.ts';

interface TileProps {
  /** The place on the display, from 0. */
  readonly slot: number;
  readonly cameraId: CameraId | null;
  /** Null where the directory does not know it. */
  readonly camera: Camera | null;
  readonly stream: StreamName;
  readonly streams: WallStreams;
  readonly captions: boolean;
  readonly statistics: boolean;
}

/** One place of the wall. Its `<video>` lives as long as the place, whatever is shown in it. */
export const Tile = memo(function Tile({ slot, cameraId, camera, stream, streams, captions, statistics }: TileProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  useAspect(video);
  const session = useSession(streams, slot, camera?.id ?? null, stream, video);
  const life = useSyncExternalStore(session?.subscribe ?? never, session?.life ?? nothing);
  const verdict = life && tileVerdict(life);
  const state = camera === null || !life ? 'empty' : life.state;
  const unknown = camera === null && cameraId !== null;

  return (
    <section
      className={styles.tile}
      data-tile={slot}
      data-camera={cameraId ?? ''}
      data-state={state}
      data-tone={verdict ? verdict.tone : state === 'live' ? 'live' : 'quiet'}
      aria-label={camera ? t('tile.label', { number: camera.number, name: camera.name }) : undefined}
    >
      {captions && camera && <TileCaption camera={camera} session={session} live={state === 'live'} />}
      <div className={styles.picture}>
        <video ref={video} className={styles.video} muted autoPlay playsInline disablePictureInPicture tabIndex={-1} />
        {session && verdict && <TileCover session={session} verdict={verdict} />}
        {unknown && <p className={styles.unknown}>{t('tile.unknown', { id: cameraId })}</p>}
        {statistics && session && <TileStatistics session={session} />}
      </div>
    </section>
  );
});

const never = () => () => {};
const nothing = () => null;

/** Tells the style sheet a picture's shape when it changes, which is rare: the size of a video is a matter of whole pixels there. */
function useAspect(video: React.RefObject<HTMLVideoElement | null>): void {
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

function useSession(
  streams: WallStreams,
  slot: number,
  camera: CameraId | null,
  stream: StreamName,
  video: React.RefObject<HTMLVideoElement | null>,
): StreamSession | null {
  const [present] = useState(() => createCell<StreamSession | null>(null));
  useEffect(() => {
    if (camera === null || !video.current) return;
    const opened = streams.open(slot, camera, stream, video.current);
    present.set(opened);
    return () => {
      opened.close();
      present.set(null);
    };
  }, [streams, slot, camera, stream, video, present]);
  return useSyncExternalStore(present.subscribe, present.current);
}
