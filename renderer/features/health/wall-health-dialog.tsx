import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { trendMs } from '../../../core/health/tile-trend.ts';
import { commandApplies } from '../../ui/command-applies.ts';
import { CommandButton } from '../../ui/command-button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { HealthClient } from './health-client.ts';
import { healthCommands } from './health-commands.ts';
import type { HealthTrends } from './health-trends.ts';
import { healthView } from './health-view.ts';
import { widePlot } from './plot-width.ts';
import { DecodingWords } from './decoding-words.tsx';
import { SteppedDownLines } from './stepped-down-lines.tsx';
import { TimeAxis } from './time-axis.tsx';
import { WallFigures } from './wall-figures.tsx';
import { WallTable } from './wall-table.tsx';

/** How the whole wall is doing, on every display: for who asks, by its command. */
export function WallHealthDialog({ client, trends }: { readonly client: HealthClient; readonly trends: HealthTrends }) {
  const { t } = useTranslation();
  const open = useStore(healthView, (view) => view.open);
  const context = useCommandContext();
  if (!open) return null;
  const command = healthCommands.find(({ id }) => id === 'health.limits');
  const limits = command && commandApplies(command, context) ? <CommandButton command={command} /> : undefined;
  return (
    <Dialog open onClose={() => healthView.setState({ open: false })} title={t('health.title')} width="wide" actions={limits}>
      <WallTable client={client} trends={trends} />
      <SteppedDownLines client={client} trends={trends} />
      <WallFigures trends={trends} />
      <TimeAxis ms={trendMs} width={widePlot} />
      <DecodingWords client={client} />
    </Dialog>
  );
}
