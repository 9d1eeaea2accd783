import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import { type CommonCause, commonCauses } from '../../../core/streams/common-cause.ts';
import { sinceText } from '../../ui/clock-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import styles from './common-cause-lines.module.css';
import { keepSame } from './use-shared.ts';
import type { WallClient } from './wall-client.ts';

/** More at once is one fault that nobody understands; the tiles say the rest. */
const shownCauses = 3;

interface CommonCauseLinesProps {
  readonly client: WallClient;
  readonly cameras: ReadonlyMap<CameraId, Camera>;
}

/** One line for each fault that darkens several tiles of the wall, on whatever display they are. */
export function CommonCauseLines({ client, cameras }: CommonCauseLinesProps) {
  const causes = useCommonCauses(client, cameras);
  if (causes.length === 0) return null;
  return (
    <aside className={styles.causes} role="status">
      {causes.slice(0, shownCauses).map((cause) => (
        <CauseLine key={`${cause.kind} ${cause.site}`} cause={cause} />
      ))}
    </aside>
  );
}

function CauseLine({ cause }: { readonly cause: CommonCause }) {
  const { t } = useTranslation();
  const { sinceUtcMs } = cause;
  const since = useCallback(() => t('tile.since', { time: sinceText(sinceUtcMs, Date.now()) }), [sinceUtcMs, t]);
  return (
    <p className={styles.cause} data-cause={cause.kind}>
      <b>{cause.site === '' ? t(`cause.${cause.kind}`) : t('cause.site', { site: cause.site })}</b>{' '}
      <span>{t('cause.tiles', { count: cause.tiles })}</span> <LiveText read={since} />
    </p>
  );
}

/** Reports come every second; only another fault renders. */
function useCommonCauses(client: WallClient, cameras: ReadonlyMap<CameraId, Camera>): readonly CommonCause[] {
  const [causes, setCauses] = useState<readonly CommonCause[]>([]);
  useEffect(
    () =>
      client.watch('streams.tiles', (displays) => {
        const tiles = displays
          .flatMap((display) => display.tiles)
          .map(({ camera, verdict }) => ({ ...verdict, site: siteOf(cameras.get(camera)) }));
        setCauses((before) =>
          keepSame(
            before,
            commonCauses(tiles).map((cause) => steady(before, cause)),
          ),
        );
      }),
    [client, cameras],
  );
  return causes;
}

/** Two cities may each have a gate of the same name. */
const siteOf = (camera: Camera | undefined): string =>
  camera?.site ? [camera.site, camera.district].filter(Boolean).join(', ') : '';

/** Windows reckon UTC from their monotonic clocks, a little differently each time: what was said first stands, as it does on the tiles. */
function steady(before: readonly CommonCause[], cause: CommonCause): CommonCause {
  const told = before.find(({ kind, site }) => kind === cause.kind && site === cause.site);
  const isSame = told !== undefined && Math.abs(told.sinceUtcMs - cause.sinceUtcMs) < 1_000;
  return isSame ? { ...cause, sinceUtcMs: told.sinceUtcMs } : cause;
}
