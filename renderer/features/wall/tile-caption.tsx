import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../core/cameras/camera.ts';
import type { Verdict } from '../../../core/streams/verdict.ts';
import type { StreamSession } from '../../media/pooled-session.ts';
import { clockText, utcOfMonotonic } from '../../ui/clock-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import styles from './tile-caption.module.css';

interface TileCaptionProps {
  readonly camera: Camera;
  readonly session: StreamSession | null;
  /** Null where no stream is open. */
  readonly verdict: Verdict | null;
  /** What it shows is not live, whatever is on its way. */
  readonly old: boolean;
}

/** The strip above a picture: number, name, when the picture was taken or that nobody tells and, only while it is live, the quiet mark; where only key pictures are shown, that. */
export function TileCaption({ camera, session, verdict: live, old }: TileCaptionProps) {
  const { t } = useTranslation();
  const verdict = old ? null : live;
  const goesOn = verdict?.word === 'live' || verdict?.word === 'keys';
  const clock = useCallback(() => (session ? pictureClock(session) : ''), [session]);
  return (
    <header className={styles.caption}>
      <b className={styles.number}>{camera.number}</b>
      <span className={styles.name} dir="auto">
        {camera.name}
      </span>
      {camera.simulated && <span className={styles.tag}>{t('tile.demonstration')}</span>}
      {verdict?.timeKnown && <LiveText className={styles.clock} read={clock} />}
      {goesOn && !verdict.timeKnown && <span className={styles.timeWord}>{t('tile.time-unknown')}</span>}
      {verdict?.word === 'keys' && <span className={styles.keysWord}>{t('verdict.keys')}</span>}
      {verdict?.word === 'live' && (
        <>
          <i className={styles.mark} data-unchanged={verdict.unchanged || undefined} />
          <span className={styles.liveWord}>{t(verdict.unchanged ? 'verdict.unchanged' : 'tile.live')}</span>
        </>
      )}
    </header>
  );
}

/** When the picture on the glass was taken, by the camera's own clock. */
function pictureClock(session: StreamSession): string {
  const { capturedMs } = session.facts().pictures;
  return capturedMs === null ? '' : clockText(utcOfMonotonic(capturedMs));
}
