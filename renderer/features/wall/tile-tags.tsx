import { Pin } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ShownTile } from '../../../core/wall/tile-content.ts';
import { zoomText } from './digital-zoom.ts';
import styles from './tile-tags.module.css';

/** What is not normal about a tile, in small tags at its lower edge. */
export function TileTags({ tile, held }: { readonly tile: ShownTile; readonly held: boolean }) {
  const { t } = useTranslation();
  if (!tile.pinned && tile.zoom === null && !held) return null;
  return (
    <p className={styles.tags}>
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
