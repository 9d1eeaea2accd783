import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isOutOfLimits, type PlottedRate, plottedRates, usualOf } from '../../../core/health/limits.ts';
import { trendMs } from '../../../core/health/tile-trend.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { useCommandContext } from '../../ui/command-context.tsx';
import { FigureLine } from './figure-line.tsx';
import type { HealthTrends } from './health-trends.ts';
import type { PlotPoint } from './small-plot.tsx';
import { TileFacts } from './tile-facts.tsx';
import styles from './tile-health.module.css';
import { TimeAxis } from './time-axis.tsx';

/** How each rate is written, and the least that its scale ends at. */
const forms: Readonly<Record<PlottedRate, { readonly unit: string; readonly decimals: number; readonly least: number }>> = {
  fps: { unit: 'fps', decimals: 0, least: 5 },
  kbps: { unit: 'kbit/s', decimals: 0, least: 100 },
  lossPercent: { unit: '%', decimals: 1, least: 2 },
  jitterMs: { unit: 'ms', decimals: 0, least: 60 },
  bufferMs: { unit: 'ms', decimals: 0, least: 200 },
  travelMs: { unit: 'ms', decimals: 0, least: 200 },
};

/** The selected tile in numbers: its last minutes, and what decodes it. It may be on any display: its window tells main, and main this one. */
export function TileHealth({ trends }: { readonly trends: HealthTrends }) {
  const { selection } = useCommandContext();
  if (!selection) return null;
  return <OfTile key={`${selection.displayId}/${selection.tile}`} trends={trends} at={selection} />;
}

function OfTile({ trends, at }: { readonly trends: HealthTrends; readonly at: TilePlace }) {
  const { t } = useTranslation();
  return (
    <section className={styles.health} aria-label={t('health.tile')} data-tile-health={at.tile}>
      <dl className={styles.lines}>
        {plottedRates.map((rate) => (
          <RateLine key={rate} trends={trends} at={at} rate={rate} />
        ))}
      </dl>
      <TimeAxis ms={trendMs} />
      <TileFacts trends={trends} at={at} />
    </section>
  );
}

function RateLine({ trends, at, rate }: { readonly trends: HealthTrends; readonly at: TilePlace; readonly rate: PlottedRate }) {
  const { t } = useTranslation();
  const { displayId, tile } = at;
  const place = useMemo(() => ({ displayId, tile }), [displayId, tile]);
  const read = useCallback((): readonly PlotPoint[] => {
    const trend = trends.tile(place);
    const points = trend?.points ?? [];
    // Fewer pictures than usual are meant where not all are decoded; the panel says why.
    const meant = rate === 'fps' && (trend?.newest.quality?.gait ?? 'full') !== 'full';
    const usual = usualOf(points.map((point) => point[rate]));
    return points.map((point) => ({
      atUtcMs: point.atUtcMs,
      value: point[rate],
      out: !meant && isOutOfLimits(rate, point[rate], usual),
    }));
  }, [trends, place, rate]);
  return <FigureLine name={t(`health-rate.${rate.toLowerCase()}` as 'health-rate.fps')} {...forms[rate]} read={read} />;
}
