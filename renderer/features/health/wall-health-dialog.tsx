import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { trendMs } from '../../../core/health/tile-trend.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { HealthClient } from './health-client.ts';
import type { HealthTrends } from './health-trends.ts';
import { healthView } from './health-view.ts';
import { widePlot } from './plot-width.ts';
import { SteppedDownLines } from './stepped-down-lines.tsx';
import { TimeAxis } from './time-axis.tsx';
import { WallFigures } from './wall-figures.tsx';
import { WallTable } from './wall-table.tsx';

/** How the whole wall is doing, on every display: for who asks, by its command. */
export function WallHealthDialog({ client, trends }: { readonly client: HealthClient; readonly trends: HealthTrends }) {
  const { t } = useTranslation();
  const open = useStore(healthView, (view) => view.open);
  if (!open) return null;
  return (
    <Dialog open onClose={() => healthView.setState({ open: false })} title={t('health.title')} width="wide">
      <WallTable client={client} trends={trends} />
      <SteppedDownLines client={client} trends={trends} />
      <WallFigures trends={trends} />
      <TimeAxis ms={trendMs} width={widePlot} />
    </Dialog>
  );
}
