import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { type WallHealth, wallHealth } from '../../../core/health/wall-health.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { HealthClient } from './health-client.ts';
import type { HealthTrends } from './health-trends.ts';
import { useEverySecond } from './use-every-second.ts';
import styles from './wall-table.module.css';

interface Line {
  readonly displayId: string | null;
  readonly health: WallHealth;
}

/** One line for each display, and one for all of them where there are several. */
export function WallTable({ client, trends }: { readonly client: HealthClient; readonly trends: HealthTrends }) {
  const { t } = useTranslation();
  const known = useWatched<DeedbanContract, 'displays.all'>(client, 'displays.all');
  const [lines, setLines] = useState<readonly Line[]>([]);
  useEverySecond(useCallback(() => setLines(linesOf(trends)), [trends]));
  if (lines.length === 0) return <p className={styles.nothing}>{t('health.nothing')}</p>;
  const nameOf = ({ displayId }: Line): string => {
    if (displayId === null) return t('health.all');
    const display = known?.find(({ id }) => id === displayId);
    return display ? `${display.number}  ${display.name}` : t('health.no-display');
  };
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('health.display')}</th>
          <th scope="col">{t('health.live')}</th>
          <th scope="col">{t('health.decode-load')}</th>
          <th scope="col">{t('health.dropped-per-s')}</th>
          <th scope="col">{t('health.received')}</th>
          <th scope="col">{t('health.losing')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.displayId ?? ''} data-display={line.displayId ?? 'all'}>
            <th scope="row">
              <bdi>{nameOf(line)}</bdi>
            </th>
            <Cells health={line.health} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cells({ health }: { readonly health: WallHealth }) {
  const { t } = useTranslation();
  const { tiles, live, decodeCores, droppedPerS, receivedMbps, losing } = health;
  return (
    <>
      <td data-short={live < tiles || undefined}>{t('app.cameras-live', { live, count: tiles })}</td>
      <td>
        <bdi dir="ltr">
          {decodeCores.toFixed(2)} {t('health.seconds-per-second')}
        </bdi>
      </td>
      <td data-short={droppedPerS > 1 || undefined}>
        <bdi dir="ltr">{droppedPerS.toFixed(1)} /s</bdi>
      </td>
      <td>
        <bdi dir="ltr">{receivedMbps.toFixed(1)} Mbit/s</bdi>
      </td>
      <td data-short={losing > 0 || undefined}>{losing}</td>
    </>
  );
}

function linesOf(trends: HealthTrends): readonly Line[] {
  const lines: Line[] = [...trends.displays()].map(([displayId, tiles]) => ({ displayId, health: wallHealth(tiles) }));
  if (lines.length < 2) return lines;
  return [...lines, { displayId: null, health: wallHealth([...trends.displays().values()].flat()) }];
}
