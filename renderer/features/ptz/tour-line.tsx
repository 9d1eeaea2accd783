import { Play, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import { CommandButton } from '../../ui/command-button.tsx';
import type { PtzClient } from './ptz-client.ts';
import { ptzCommand } from './ptz-commands.ts';
import styles from './ptz-panel.module.css';
import { ptzView } from './ptz-view.ts';
import { followTours, useCameraFact } from './use-camera-fact.ts';

/** Whether a tour runs, its beginning and its end; nothing where there are no two presets to go round. */
export function TourLine({ client, target }: { readonly client: PtzClient; readonly target: PtzTarget }) {
  const { t } = useTranslation();
  const tour = useCameraFact(client, followTours, target.camera.id);
  const hasRound = useStore(ptzView, ({ presets }) => (presets?.length ?? 0) > 1);
  if (!hasRound && !tour) return null;
  return (
    <div className={styles.row} data-tour={tour?.state ?? 'none'}>
      <span className={styles.grow}>
        <span className={styles.title}>{t('ptz.tour-title')}</span>{' '}
        {tour && t(tour.state === 'running' ? 'ptz.tour-running' : 'ptz.tour-interrupted')}
      </span>
      <CommandButton look="quiet" command={ptzCommand('ptz.tour')} icon={<Play aria-hidden />} />
      {tour && <CommandButton look="quiet" command={ptzCommand('ptz.tour-end')} icon={<Square aria-hidden />} />}
    </div>
  );
}
