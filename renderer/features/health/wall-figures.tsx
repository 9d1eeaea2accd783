import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { WallPoint } from '../../../core/health/wall-health.ts';
import { FigureLine } from './figure-line.tsx';
import type { HealthTrends } from './health-trends.ts';
import type { PlotPoint } from './small-plot.tsx';
import { widePlot } from './plot-width.ts';
import styles from './wall-figures.module.css';

/** What may be dropped in a second before somebody should look: more is a PC that cannot keep up. */
const mostDroppedPerS = 1;

/** The last minutes of all tiles together. */
export function WallFigures({ trends }: { readonly trends: HealthTrends }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.figures}>
      <WallLine
        trends={trends}
        name={t('health.decode-load')}
        unit={t('health.seconds-per-second')}
        decimals={2}
        least={1}
        of="decodeCores"
      />
      <WallLine trends={trends} name={t('health.received')} unit="Mbit/s" decimals={1} least={5} of="receivedMbps" />
      <WallLine
        trends={trends}
        name={t('health.dropped-per-s')}
        unit="/s"
        decimals={1}
        least={2}
        of="droppedPerS"
        most={mostDroppedPerS}
      />
    </dl>
  );
}

interface WallLineProps {
  readonly trends: HealthTrends;
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly least: number;
  readonly of: 'decodeCores' | 'receivedMbps' | 'droppedPerS';
  readonly most?: number;
}

function WallLine({ trends, of, most = Number.POSITIVE_INFINITY, ...form }: WallLineProps) {
  const read = useCallback(
    (): readonly PlotPoint[] =>
      trends.wall().map((point: WallPoint) => ({ atUtcMs: point.atUtcMs, value: point[of], out: point[of] > most })),
    [trends, of, most],
  );
  return <FigureLine {...form} width={widePlot} read={read} />;
}
