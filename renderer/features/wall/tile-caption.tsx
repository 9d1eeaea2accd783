import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../core/cameras/camera.ts';
import type { StreamSession } from '../../media/stream-session.ts';
import { clockText, utcOfMonotonic } from '../../ui/clock-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import styles from './tile-caption.module.css';

interface TileCaptionProps {
  readonly camera: Camera;
  readonly session: StreamSession | null;
  readonly live: boolean;
}

/** The strip above a picture: number, name, the time of the picture and, only while it is live, the quiet mark. */
export function TileCaption({ camera, session, live }: TileCaptionProps) {
  const { t } = useTranslation();
  const clock = useCallback(() => (session ? pictureClock(session) : ''), [session]);
  return (
    <header className={styles.caption}>
      <b className={styles.number}>{camera.number}</b>
      <span className={styles.name} dir="auto">
        {camera.name}
      </span>
      {camera.simulated && <span className={styles.tag}>{t('tile.demonstration')}</span>}
      {live && (
        <>
          <LiveText className={styles.clock} read={clock} />
          <i className={styles.mark} />
          <span className={styles.liveWord}>{t('tile.live')}</span>
        </>
      )}
    </header>
  );
}

/** A clock that is further off than this is not a camera's clock but a stream without one. */
const believableMs = 3_600_000;

/** When the picture on the glass was taken, by the camera's own clock where it tells, else when it came. */
function pictureClock(session: StreamSession): string {
  const { capturedMs, lastFrameMs } = session.facts().pictures;
  if (lastFrameMs === null) return '';
  const believable = capturedMs !== null && Math.abs(capturedMs - lastFrameMs) < believableMs;
  return clockText(utcOfMonotonic(believable ? capturedMs : lastFrameMs));
}
