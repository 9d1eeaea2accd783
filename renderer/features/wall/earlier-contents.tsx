import { useTranslation } from 'react-i18next';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { ShownTile } from '../../../core/wall/tile-content.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { changeWall } from './change-wall.ts';
import { contentWords } from './content-words.ts';
import styles from './earlier-contents.module.css';
import type { WallClient } from './wall-client.ts';

interface EarlierContentsProps {
  readonly client: WallClient;
  readonly at: TilePlace;
  readonly tile: ShownTile;
  readonly cameras: ReadonlyMap<CameraId, Camera>;
}

/** What the tile showed before, the last one first; a press shows it again. */
export function EarlierContents({ client, at, tile, cameras }: EarlierContentsProps) {
  const { t } = useTranslation();
  const earlier = tile.back.map((content, index) => ({ content, index })).reverse();
  if (earlier.length === 0) return null;
  return (
    <section>
      <h3 className={styles.title}>{t('wall.earlier')}</h3>
      <ol className={styles.list}>
        {earlier.map(({ content, index }) => (
          <li key={index}>
            <button
              type="button"
              className={styles.content}
              dir="auto"
              onClick={() => void changeWall(client, { type: 'put', at, content })}
            >
              {contentWords(t, content, cameras)}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
