import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { WayFact } from '../../../core/streams/way-fact.ts';
import { ageText } from '../../ui/age-text.ts';
import { sinceText } from '../../ui/clock-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import styles from './selected-tile.module.css';
import type { SteadyFact } from './use-tile-fact.ts';
import { sayReason } from './verdict-reason.ts';

/** From this on a camera's clock is said to be off (ms): less is the way of a picture. */
const clockOffMs = 2_000;

/** What stands behind a tile's word: since when, whose fault, and what is known of its clocks, in plain words. */
export function VerdictLines({ fact }: { readonly fact: SteadyFact }) {
  const { t } = useTranslation();
  const { verdict, way } = fact;
  const { word, hop, sinceUtcMs, clockOffsetMs } = verdict;
  // What the gateway tells is known before the tile has anything to say.
  const reason = sayReason(t, { ...verdict, why: verdict.why ?? fact.why });
  const pictured = word === 'live' || word === 'keys' || word === 'late' || word === 'frozen' || word === 'slate';
  const since = useCallback(
    () => (sinceUtcMs === null ? '' : t('tile.since', { time: sinceText(sinceUtcMs, Date.now()) })),
    [sinceUtcMs, t],
  );
  const lines = [
    reason,
    hop === null ? '' : t('verdict-line.fault', { hop: t(`hop.${hop}`) }),
    // One that is hours off is told nevertheless, and said as that: many have the time of another zone.
    pictured && !verdict.timeKnown && clockOffsetMs === null ? t('verdict-line.time-unknown') : '',
    clockOffsetMs === null || Math.abs(clockOffsetMs) < clockOffMs ? '' : sayOffset(clockOffsetMs),
    verdict.unchanged ? t('verdict-line.unchanged') : '',
    way === null || way.number === 1 ? '' : sayWay(way),
  ];
  return (
    <>
      {sinceUtcMs !== null && <LiveText read={since} />}
      {lines
        .filter((line) => line !== '')
        .map((line) => (
          <p className={styles.why} key={line}>
            {line}
          </p>
        ))}
    </>
  );

  function sayWay({ number, of, why }: WayFact): string {
    const by = t('verdict-line.way', { number, of });
    return why === null ? by : `${by} ${t('verdict-line.first-way', { reason: t(`problem.${why}`) })}`;
  }

  function sayOffset(offsetMs: number): string {
    const age = ageText(t, Math.abs(offsetMs));
    return t(offsetMs > 0 ? 'verdict-line.clock-ahead' : 'verdict-line.clock-behind', { age });
  }
}
