import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { ByAddress } from '../../media/by-address.ts';
import { displayAspect } from './display-shape.ts';
import type { DisplaysClient, WallActions } from './displays-client.ts';
import { MiniaturePicture } from './miniature-picture.tsx';
import { TileMap } from './tile-map.tsx';
import { useShownDisplays } from './use-shown-displays.ts';
import styles from './work-display.module.css';

export interface WorkDisplayProps {
  readonly client: DisplaysClient;
  readonly byAddress: ByAddress;
  readonly actions: WallActions;
}

/** The display being worked on, large: its miniature, and over it the tiles as they are on the wall, with number, name and state. */
export function WorkDisplay({ client, byAddress, actions }: WorkDisplayProps) {
  const { t } = useTranslation();
  const { known, work: wall, selection, cameras, states, source } = useShownDisplays(client, byAddress);
  const display = known.find(({ id }) => id === wall?.displayId);
  if (!wall) return <p className={styles.nothing}>{t('displays.no-wall')}</p>;
  const shape = { '--aspect': displayAspect(display) } as CSSProperties;
  return (
    <section className={styles.place} aria-label={t('displays.work', { number: display?.number ?? '' })}>
      <div className={styles.screen} style={shape} data-work-display={wall.displayId}>
        {!wall.blank && display?.connected !== false && <MiniaturePicture source={source} displayId={wall.displayId} />}
        <TileMap wall={wall} cameras={cameras} states={states} selection={selection} actions={actions} source={source} captions />
        {wall.blank && <p className={styles.words}>{t('displays.blanked')}</p>}
        {display?.connected === false && <p className={styles.words}>{t('displays.missing')}</p>}
      </div>
    </section>
  );
}
