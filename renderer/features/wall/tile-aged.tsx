import { useCallback, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ageText } from '../../ui/age-text.ts';
import { clockText, utcOfMonotonic } from '../../ui/clock-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import styles from './tile-aged.module.css';
import type { AgedTile } from './use-aged-picture.ts';

/**
 * The last kept picture of a camera that is waited for, over whatever its tile has: without colour, under a hatch, with its age in words.
 *
 * @param troubled a verdict lies over it in large type: then only a line is left for the age
 */
export function TileAged({ camera, picture, troubled }: AgedTile & { readonly troubled: boolean }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { bitmap, arrivedMs, takenUtcMs } = picture;
  // In the render that says whose picture it is: both are painted together.
  useLayoutEffect(() => {
    const { current } = canvas;
    if (!current || bitmap.width === 0) return;
    current.width = bitmap.width;
    current.height = bitmap.height;
    current.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  }, [bitmap]);
  const cameMs = arrivedMs - performance.timeOrigin;
  const age = useCallback(() => t('tile.last-age', { age: ageText(t, performance.now() - cameMs) }), [cameMs, t]);

  return (
    <div className={styles.aged} data-aged-picture="" data-troubled={troubled || undefined}>
      <canvas ref={canvas} className={styles.picture} data-aged-canvas="" data-arrived={arrivedMs} />
      <div className={styles.words}>
        <p className={styles.word}>{t('tile.last')}</p>
        <p className={styles.age}>
          <LiveText read={age} className={styles.counting} /> <span className={styles.dot}>·</span>{' '}
          <span className={styles.counting}>{clockText(takenUtcMs ?? utcOfMonotonic(cameMs))}</span>
        </p>
        {!troubled && <p className={styles.coming}>{t('tile.awaited', { number: camera.number })}</p>}
      </div>
    </div>
  );
}
