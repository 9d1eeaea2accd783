import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { CommonCause } from '../../../core/streams/common-cause.ts';
import { sinceText } from '../../ui/clock-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import styles from './common-cause-lines.module.css';
import type { WallClient } from './wall-client.ts';

interface CommonCauseLinesProps {
  readonly client: WallClient;
  /** Over the pictures of the top row, below its captions or at the edge where there are none; or a line of its own. */
  readonly place: 'below-captions' | 'edge' | 'line';
  /** How many lines there is room for. More at once is one fault that nobody understands; the tiles say the rest. */
  readonly most: number;
}

/** One line for each fault that darkens several cameras of the wall, on whatever display they are. */
export function CommonCauseLines({ client, place, most }: CommonCauseLinesProps) {
  const causes = useWatched<DeedbanContract, 'streams.causes'>(client, 'streams.causes');
  if (causes === undefined || causes.length === 0) return null;
  return (
    <aside className={styles.causes} data-place={place} role="status">
      {causes.slice(0, most).map((cause) => (
        <CauseLine key={`${cause.kind} ${cause.name}`} cause={cause} />
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
      <b>{words(cause)}</b> <span>{t('cause.cameras', { count: cause.cameras })}</span> <LiveText read={since} />
    </p>
  );

  function words({ kind, name, silent }: CommonCause): string {
    if (kind === 'this-pc') return t('cause.this-pc');
    // A host or a Latin name keeps its own direction within words of another.
    const isolated = `\u2068${name}\u2069`;
    if (kind === 'site') return t('cause.site', { name: isolated });
    if (kind === 'our-gateway') return silent ? t('cause.our-gateway-silent') : t('cause.our-gateway');
    return silent ? t('cause.gateway-silent', { name: isolated }) : t('cause.gateway', { name: isolated });
  }
}
