import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ageText } from '../../ui/age-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { onEverySecond } from '../../ui/ticker.ts';
import styles from './miniature-picture.module.css';
import type { MiniatureSource } from './miniature-source.ts';

/** A miniature older than this is no longer what the display shows now. */
const staleMs = 5_000;

/** A display's live miniature, and its age once it is not that any more. It is changed every second straight in its element: nothing renders for it. */
export function MiniaturePicture({ source, displayId }: { readonly source: MiniatureSource | null; readonly displayId: string }) {
  const { t } = useTranslation();
  const image = useRef<HTMLImageElement>(null);
  const atUtcMs = useRef<number | null>(null);
  const staleForMs = useCallback(() => {
    const ageMs = atUtcMs.current === null ? 0 : Date.now() - atUtcMs.current;
    return ageMs > staleMs ? ageMs : null;
  }, []);
  useEffect(() => {
    const { current } = image;
    if (!current || !source) return;
    const judge = () => current.toggleAttribute('data-stale', staleForMs() !== null);
    const stops = [
      source.watch(displayId, (miniature) => {
        current.src = miniature.url;
        current.hidden = false;
        atUtcMs.current = miniature.atUtcMs;
        judge();
      }),
      onEverySecond(judge),
    ];
    return () => {
      for (const stop of stops) stop();
      current.hidden = true;
      current.removeAttribute('src');
      atUtcMs.current = null;
    };
  }, [source, displayId, staleForMs]);
  const age = useCallback(() => {
    const ageMs = staleForMs();
    return ageMs === null ? '' : t('tile.last-age', { age: ageText(t, ageMs) });
  }, [staleForMs, t]);
  return (
    <>
      <img ref={image} className={styles.picture} alt="" hidden draggable={false} data-miniature={displayId} />
      <LiveText className={styles.age} read={age} />
    </>
  );
}
