import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { isSteppedDown, whyOf } from '../../../core/streams/quality.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { HealthClient } from './health-client.ts';
import type { HealthTrends } from './health-trends.ts';
import styles from './stepped-down-lines.module.css';
import { useEverySecond } from './use-every-second.ts';

type Why = NonNullable<ReturnType<typeof whyOf>>;

/** More numbers in a line nobody reads; the count says the rest. */
const namedCameras = 24;

/** What shows less than it needs, by its reason, with the numbers of the cameras. */
export function SteppedDownLines({ client, trends }: { readonly client: HealthClient; readonly trends: HealthTrends }) {
  const { t } = useTranslation();
  const cameras = useWatched<DeedbanContract, 'wall.cameras'>(client, 'wall.cameras');
  const [lines, setLines] = useState<ReadonlyMap<Why, readonly string[]>>(new Map());
  useEverySecond(useCallback(() => setLines(linesOf(trends)), [trends]));
  if (lines.size === 0) return <p className={styles.none}>{t('health.none-stepped-down')}</p>;
  const numberOf = (id: string) => cameras?.find((camera) => camera.id === id)?.number ?? id;
  return (
    <ul className={styles.lines} aria-label={t('health.stepped-down')}>
      {[...lines].map(([why, ids]) => (
        <li key={why} data-why={why}>
          <b>{t('health.tiles', { count: ids.length })}</b> {t(`quality-why.${why}`)}{' '}
          <bdi className={styles.numbers}>{ids.slice(0, namedCameras).map(numberOf).join(', ')}</bdi>
          {ids.length > namedCameras && ' …'}
        </li>
      ))}
    </ul>
  );
}

function linesOf(trends: HealthTrends): ReadonlyMap<Why, readonly string[]> {
  const lines = new Map<Why, readonly string[]>();
  for (const { newest } of [...trends.displays().values()].flat()) {
    const why = newest.quality !== null && isSteppedDown(newest.quality) ? whyOf(newest.quality) : null;
    if (why !== null) lines.set(why, [...(lines.get(why) ?? []), newest.camera]);
  }
  return lines;
}
