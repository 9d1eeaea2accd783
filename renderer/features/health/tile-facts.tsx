import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TileTrend } from '../../../core/health/tile-trend.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { LiveText } from '../../ui/live-text.tsx';
import type { HealthTrends } from './health-trends.ts';
import styles from './tile-facts.module.css';

/** What of a tile is one value: size, decoder and how that is known, its first picture, what was dropped, how long pictures are made to wait and why. */
export function TileFacts({ trends, at }: { readonly trends: HealthTrends; readonly at: TilePlace }) {
  const { t } = useTranslation();
  const { displayId, tile } = at;
  const unknown = t('health.not-known');
  const read = useCallback(
    (say: (trend: TileTrend) => string | null) => {
      const trend = trends.tile({ displayId, tile });
      return (trend && say(trend)) ?? unknown;
    },
    [trends, displayId, tile, unknown],
  );
  const resolution = useCallback(
    () => read(({ newest: { width, height } }) => (width > 0 ? `${width}×${height}` : null)),
    [read],
  );
  const decoder = useCallback(
    () =>
      read(({ newest }) => {
        if (newest.decoder === 'unknown' || newest.decoderSource === 'none') return null;
        const said = t(`statistics.${newest.decoder}`);
        return newest.decoderSource === 'statistics'
          ? t('health.measured', { decoder: said })
          : t('statistics.expected', { decoder: said });
      }),
    [read, t],
  );
  const first = useCallback(
    () => read(({ newest: { firstFrameMs } }) => (firstFrameMs === null ? null : `${(firstFrameMs / 1_000).toFixed(2)} s`)),
    [read],
  );
  const decoding = useCallback(
    () =>
      read(({ rates: { decodeCores } }) =>
        decodeCores === null ? null : t('health.of-time', { percent: (decodeCores * 100).toFixed(1) }),
      ),
    [read, t],
  );
  const dropped = useCallback(
    () => read(({ newest: { measures, freezes } }) => (measures === null ? null : `${measures.dropped} · ${freezes}`)),
    [read],
  );
  const smoothing = useCallback(
    () =>
      read(({ newest: { smoothing: told } }) => {
        if (told === null) return null;
        const { targetMs, why } = told;
        // What was lowered to nothing waits no longer, and that is all there is to say.
        if (why === 'room' || (why === 'well' && targetMs === 0)) return t('smoothing-why.room');
        const reason = t(`smoothing-why.${why}`);
        return targetMs === 0
          ? t('health.unsmoothed', { why: reason })
          : t('health.smoothed', { wait: Math.round(targetMs), why: reason });
      }),
    [read, t],
  );
  return (
    <dl className={styles.facts}>
      <Fact name={t('health.resolution')}>
        <LiveText read={resolution} />
      </Fact>
      <Fact name={t('health.decoder')}>
        <LiveText read={decoder} />
      </Fact>
      <Fact name={t('health.decoding')}>
        <LiveText read={decoding} />
      </Fact>
      <Fact name={t('health.first-picture')}>
        <LiveText read={first} />
      </Fact>
      <Fact name={t('health.dropped')}>
        <LiveText read={dropped} />
      </Fact>
      <Fact name={t('health.smoothing')}>
        <LiveText read={smoothing} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}
