import { Flag, Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../core/cameras/camera.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { IncidentsClient } from './incidents-client.ts';
import tile from '../../ui/tile-tag.module.css';
import styles from './incident-tag.module.css';

/** So many of one tile are named; more are counted by the list. */
const mostNamed = 2;

/** Which incidents a tile's camera belongs to; violet where its pictures are being secured. */
export function IncidentTag({ client, camera }: { readonly client: Pick<IncidentsClient, 'watch'>; readonly camera: Camera }) {
  const { t } = useTranslation();
  const open = useWatched<DeedbanContract, 'incidents.open'>(client, 'incidents.open');
  const securing = useWatched<DeedbanContract, 'evidence.securing'>(client, 'evidence.securing');
  const own = open?.filter(({ cameras }) => cameras.includes(camera.id)) ?? [];
  if (own.length === 0) return null;
  return (
    <p className={`${tile.tags} ${styles.place}`}>
      {own.slice(0, mostNamed).map(({ number, locked }) => {
        const task = securing?.find(({ incident, camera: id }) => incident === number && id === camera.id);
        const state =
          task === undefined ? 'open' : task.securedUtcMs === null || task.taken === 'nobody' ? 'waiting' : 'securing';
        return (
          <span
            key={number}
            className={`${tile.tag} ${styles.tag}`}
            data-incident={number}
            data-evidence={state}
            role="img"
            aria-label={t(state === 'securing' ? 'incidents.tag' : 'incidents.tag-open', { number })}
          >
            <Flag className={tile.icon} aria-hidden />
            <span dir="ltr">{t('incidents.name', { number })}</span>
            {locked && <Lock className={tile.icon} aria-hidden />}
          </span>
        );
      })}
    </p>
  );
}
