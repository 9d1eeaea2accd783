import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { StreamSession } from '../../media/stream-session.ts';
import { ageText } from '../../ui/age-text.ts';
import { clockText, sinceText, utcOfMonotonic } from '../../ui/clock-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import styles from './tile-cover.module.css';
import type { TileVerdict } from './tile-verdict.ts';

/** What lies over a picture that is not live: a hatch, the verdict in large type, its age, and whose fault it is. */
export function TileCover({ session, verdict }: { readonly session: StreamSession; readonly verdict: TileVerdict }) {
  const { t } = useTranslation();
  const { darkSinceMs, reason, action, tone } = verdict;
  const since = useCallback(() => {
    if (darkSinceMs === null) return '';
    const nowMs = Date.now();
    return t('tile.since', { time: sinceText(utcOfMonotonic(darkSinceMs), nowMs) });
  }, [darkSinceMs, t]);
  const age = useCallback(() => (darkSinceMs === null ? '' : ageText(t, performance.now() - darkSinceMs)), [darkSinceMs, t]);

  return (
    <div className={styles.cover} data-tone={tone}>
      <p className={styles.word}>{t(`verdict.${verdict.word}`)}</p>
      {darkSinceMs !== null && (
        <p className={styles.age}>
          <LiveText read={since} /> <span className={styles.dot}>·</span> <LiveText read={age} className={styles.counting} />
        </p>
      )}
      {reason !== null && (
        <p className={styles.reason}>
          {t(`problem.${reason}`)} {action !== null && actionText()}
        </p>
      )}
    </div>
  );

  function actionText(): string {
    if (action !== 'next-try') return t(action === 'trying' ? 'tile.trying' : 'tile.waiting');
    const ownTryMs = session.nextTryMs();
    const atUtcMs = verdict.nextTryUtcMs ?? (ownTryMs === null ? null : utcOfMonotonic(ownTryMs));
    return atUtcMs === null ? '' : t('tile.next-try', { time: clockText(atUtcMs) });
  }
}
