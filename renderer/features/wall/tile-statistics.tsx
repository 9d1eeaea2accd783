import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StreamSession } from '../../media/stream-session.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { readTileFact } from './tile-fact-reader.ts';
import styles from './tile-statistics.module.css';

/** One line of numbers for the technician: rates over the last second, losses since the tile opened. */
export function TileStatistics({ session }: { readonly session: StreamSession }) {
  const { t } = useTranslation();
  const before = useRef<{ readonly of: StreamSession; readonly atMs: number; readonly frames: number; readonly bytes: number }>(
    null,
  );
  const line = useCallback(() => {
    const fact = readTileFact(session);
    const last = before.current?.of === session ? before.current : null;
    const seconds = last ? (fact.atMs - last.atMs) / 1_000 : 0;
    const perSecond = (difference: number) => (seconds > 0 ? Math.round(difference / seconds) : 0);
    const fps = perSecond(fact.frames - (last?.frames ?? 0));
    const kbps = perSecond(((fact.bytes - (last?.bytes ?? 0)) * 8) / 1_000);
    before.current = { of: session, atMs: fact.atMs, frames: fact.frames, bytes: fact.bytes };
    const { width, height, packetsLost: lost, freezes } = fact;
    const decoder = t(`statistics.${fact.decoder}`);
    const said = fact.decoderSource === 'media-capabilities' ? t('statistics.expected', { decoder }) : decoder;
    return `${t('statistics.line', { fps, width, height, kbps, lost, freezes })} · ${said}`;
  }, [session, t]);
  return <LiveText className={styles.line} read={line} />;
}
