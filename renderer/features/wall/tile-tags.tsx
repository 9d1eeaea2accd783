import { Pin } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../core/cameras/camera.ts';
import { isSteppedDown, type QualityGait, type TileQuality } from '../../../core/streams/quality.ts';
import type { WayFact } from '../../../core/streams/way-fact.ts';
import type { ShownTile } from '../../../core/wall/tile-content.ts';
import { ageText } from '../../ui/age-text.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { zoomText } from './digital-zoom.ts';
import type { TileSession } from './tile-session.ts';
import styles from './tile-tags.module.css';

interface TileTagsProps {
  readonly tile: ShownTile;
  readonly held: boolean;
  /** The camera that comes in place of the one on the glass. */
  readonly awaited: Camera | null;
  /** By which of several ways its picture comes; null where there is one, or none. */
  readonly way: WayFact | null;
  /** Null where it shows no camera. */
  readonly quality: TileQuality | null;
  readonly session: TileSession | null;
}

/** What is not normal about a tile, in small tags at its lower edge. */
export function TileTags({ tile, held, awaited, way, quality, session }: TileTagsProps) {
  const { t } = useTranslation();
  const detour = way !== null && way.number > 1 ? way : null;
  const lowered = quality && session && loweredTo(quality, session);
  if (!tile.pinned && tile.zoom === null && !held && !awaited && !detour && !lowered) return null;
  return (
    <p className={styles.tags}>
      {awaited && (
        <span className={styles.tag} role="img" aria-label={t('tile.awaited', { number: awaited.number })}>
          {t('tile.next', { number: awaited.number })}
        </span>
      )}
      {detour && <span className={styles.tag}>{t('tile.way', { number: detour.number, of: detour.of })}</span>}
      {lowered && <QualityTag gait={lowered} session={session} />}
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

/** How much of its stream a tile shows that shows less than it needs; null where it does not. */
function loweredTo(quality: TileQuality, session: TileSession): QualityGait | null {
  // It is to have every picture again, and has an old one until the next key picture.
  if (quality.gait === 'full' && session.verdict().word === 'keys') return 'keys';
  return isSteppedDown(quality) ? quality.gait : null;
}

/** What is left of a tile's stream, with the age of its picture where that is not a matter of course. */
function QualityTag({ gait, session }: { readonly gait: QualityGait; readonly session: TileSession }) {
  const { t } = useTranslation();
  const age = useCallback(() => {
    const { sinceMs, word } = session.verdict();
    const { lastFrameMs } = session.facts().pictures;
    // Between key pictures that come as usual there is nothing to say.
    if (lastFrameMs === null || (word === 'keys' && sinceMs === null)) return '';
    return ageText(t, performance.now() - lastFrameMs);
  }, [session, t]);
  return (
    <span className={styles.tag} data-quality={gait}>
      {t(gait === 'full' ? 'quality.sub' : gait === 'keys' ? 'quality.keys' : 'quality.still')}
      {gait !== 'full' && <LiveText read={age} />}
    </span>
  );
}
