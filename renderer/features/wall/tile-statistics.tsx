import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StreamSession } from '../../media/pooled-session.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { readTileFact } from './tile-fact-reader.ts';
import styles from './tile-statistics.module.css';

interface Counts {
  readonly of: StreamSession;
  readonly atMs: number;
  readonly frames: number;
  readonly countedAtMs: number | null;
  readonly bytes: number;
  readonly kbps: number;
}

/** One line of numbers for the technician: pictures over the last second, bits over the last few, losses since the tile opened. */
export function TileStatistics({ session }: { readonly session: StreamSession }) {
  const { t } = useTranslation();
  const before = useRef<Counts>(null);
  const line = useCallback(() => {
    const fact = readTileFact(session);
    const last = before.current?.of === session ? before.current : null;
    const seconds = last ? (fact.atMs - last.atMs) / 1_000 : 0;
    const fps = last && seconds > 0 ? Math.round((fact.frames - last.frames) / seconds) : 0;
    // Bytes are counted less often than pictures: between two counts the last rate stands.
    const { countedAtMs, bytes } = fact;
    const countedMs = countedAtMs !== null && last && last.countedAtMs !== null ? countedAtMs - last.countedAtMs : 0;
    const kbps = last && countedMs > 0 ? Math.round(((bytes - last.bytes) * 8) / countedMs) : (last?.kbps ?? 0);
    before.current = { of: session, atMs: fact.atMs, frames: fact.frames, countedAtMs, bytes, kbps };
    const { width, height, packetsLost: lost, freezes } = fact;
    const decoder = t(`statistics.${fact.decoder}`);
    const said = fact.decoderSource === 'media-capabilities' ? t('statistics.expected', { decoder }) : decoder;
    return `${t('statistics.line', { fps, width, height, kbps, lost, freezes })} · ${said}`;
  }, [session, t]);
  return <LiveText className={styles.line} read={line} />;
}
