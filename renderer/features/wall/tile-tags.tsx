import { Pin } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../core/cameras/camera.ts';
import type { WayFact } from '../../../core/streams/way-fact.ts';
import type { ShownTile } from '../../../core/wall/tile-content.ts';
import { zoomText } from './digital-zoom.ts';
import styles from './tile-tags.module.css';

interface TileTagsProps {
  readonly tile: ShownTile;
  readonly held: boolean;
  /** The camera that comes in place of the one on the glass. */
  readonly awaited: Camera | null;
  /** By which of several ways its picture comes; null where there is one, or none. */
  readonly way: WayFact | null;
}

/** What is not normal about a tile, in small tags at its lower edge. */
export function TileTags({ tile, held, awaited, way }: TileTagsProps) {
  const { t } = useTranslation();
  const detour = way !== null && way.number > 1 ? way : null;
  if (!tile.pinned && tile.zoom === null && !held && !awaited && !detour) return null;
  return (
    <p className={styles.tags}>
      {awaited && (
        <span className={styles.tag} role="img" aria-label={t('tile.awaited', { number: awaited.number })}>
          {t('tile.next', { number: awaited.number })}
        </span>
      )}
      {detour && <span className={styles.tag}>{t('tile.way', { number: detour.number, of: detour.of })}</span>}
      {held && <span className={styles.held}>{t('wall.held')}</span>}
      {tile.pinned && (
        <span className={styles.tag}>
          <Pin className={styles.icon} aria-hidden /> {t('wall.pinned')}
        </span>
      )}
      {tile.zoom && (
        <span className={styles.tag} dir="ltr">
          {zoomText(tile.zoom)}
        </span>
      )}
    </p>
  );
}
