import { useEffect, useRef } from 'react';
import { onEverySecond } from '../../ui/ticker.ts';
import styles from './miniature-picture.module.css';
import type { MiniatureSource } from './miniature-source.ts';

/** A miniature older than this is no longer what the display shows now. */
const staleMs = 5_000;

/** A display's live miniature. It is changed every second straight in its element: nothing renders for it. */
export function MiniaturePicture({ source, displayId }: { readonly source: MiniatureSource | null; readonly displayId: string }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const { current } = image;
    if (!current || !source) return;
    let atUtcMs = 0;
    const judge = () => current.toggleAttribute('data-stale', Date.now() - atUtcMs > staleMs);
    const stops = [
      source.watch(displayId, (miniature) => {
        current.src = miniature.url;
        current.hidden = false;
        atUtcMs = miniature.atUtcMs;
        judge();
      }),
      onEverySecond(judge),
    ];
    return () => {
      for (const stop of stops) stop();
      current.hidden = true;
      current.removeAttribute('src');
    };
  }, [source, displayId]);
  return <img ref={image} className={styles.picture} alt="" hidden draggable={false} data-miniature={displayId} />;
}
