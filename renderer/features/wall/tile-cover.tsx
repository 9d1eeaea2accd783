import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { growthMs } from '../../../core/streams/lateness.ts';
import type { StreamSession } from '../../media/pooled-session.ts';
import { ageText } from '../../ui/age-text.ts';
import { clockText, sinceText, utcOfMonotonic } from '../../ui/clock-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { NotLive } from '../../ui/not-live.tsx';
import notLive from '../../ui/not-live.module.css';
import type { TileVerdict } from './tile-verdict.ts';
import { sayReason } from './verdict-reason.ts';

/** What lies over a picture that is not live: a hatch, the verdict in large type, its age, and whose fault it is. */
export function TileCover({ session, verdict }: { readonly session: StreamSession; readonly verdict: TileVerdict }) {
  const { t } = useTranslation();
  const { sinceMs, action, tone, word } = verdict;
  const since = useCallback(() => {
    if (sinceMs === null) return '';
    const nowMs = Date.now();
    return t('tile.since', { time: sinceText(utcOfMonotonic(sinceMs), nowMs) });
  }, [sinceMs, t]);
  const age = useCallback(() => (sinceMs === null ? '' : ageText(t, performance.now() - sinceMs)), [sinceMs, t]);
  const lateBy = useCallback(() => {
    const { lateness } = session.facts().pictures;
    return t('verdict.late-by', { seconds: Math.round((lateness === null ? 0 : growthMs(lateness)) / 1_000) });
  }, [session, t]);
  const reason = sayReason(t, verdict);

  return (
    <NotLive
      tone={tone}
      goesOn={verdict.goesOn}
      word={word === 'late' ? <LiveText read={lateBy} /> : t(`verdict.${word}`)}
      age={
        sinceMs === null ? null : (
          <>
            <span className={notLive.since}>
              <LiveText read={since} /> <span className={notLive.dot}>·</span>{' '}
            </span>
            <LiveText read={age} />
          </>
        )
      }
      reason={
        reason === '' ? null : (
          <>
            {reason} {action !== null && actionText()}
          </>
        )
      }
    />
  );

  function actionText(): string {
    if (action !== 'next-try') return t(action === 'trying' ? 'tile.trying' : 'tile.waiting');
    const ownTryMs = session.nextTryMs();
    const atUtcMs = verdict.nextTryUtcMs ?? (ownTryMs === null ? null : utcOfMonotonic(ownTryMs));
    return atUtcMs === null ? '' : t('tile.next-try', { time: clockText(atUtcMs) });
  }
}
