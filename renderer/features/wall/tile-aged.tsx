import { useCallback, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ageText } from '../../ui/age-text.ts';
import { clockText, utcOfMonotonic } from '../../ui/clock-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { NotLive } from '../../ui/not-live.tsx';
import notLive from '../../ui/not-live.module.css';
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

  const ageLine = (
    <>
      <LiveText read={age} /> <span className={notLive.dot}>·</span> {clockText(takenUtcMs ?? utcOfMonotonic(cameMs))}
    </>
  );

  return (
    <div className={styles.aged} data-aged-picture="">
      <canvas ref={canvas} className={`${styles.picture} ${notLive.old}`} data-aged-canvas="" data-arrived={arrivedMs} />
      {troubled ? (
        <p className={notLive.line}>
          {t('tile.last')} {ageLine}
        </p>
      ) : (
        <NotLive
          tone="attention"
          goesOn={false}
          word={t('tile.last')}
          age={ageLine}
          reason={t('tile.awaited', { number: camera.number })}
        />
      )}
    </div>
  );
}
