import { type CSSProperties, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownDisplay } from '../../../core/displays/displays.contract.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { makeDropPlace } from '../../ui/drop-place.ts';
import { DisplayMenu } from './display-menu.tsx';
import styles from './display-miniatures.module.css';
import { displayAspect } from './display-shape.ts';
import type { DisplaysClient, WallActions } from './displays-client.ts';
import { MiniaturePicture } from './miniature-picture.tsx';
import { TileMap } from './tile-map.tsx';
import { useShownDisplays } from './use-shown-displays.ts';

export interface DisplayMiniaturesProps {
  readonly client: DisplaysClient;
  readonly byAddress: ByAddress;
  readonly actions: WallActions;
}

/** Every display of the wall, small and live, by number; those that are missing say so and wait. */
export function DisplayMiniatures({ client, byAddress, actions }: DisplayMiniaturesProps) {
  const { t } = useTranslation();
  const { known, walls, work, selection, cameras, states, source } = useShownDisplays(client, byAddress);

  return (
    <ul className={styles.displays} aria-label={t('displays.label')}>
      {known.map((display) => {
        const wall = walls.find(({ displayId }) => displayId === display.id);
        return (
          <li
            className={styles.display}
            key={display.id}
            data-known-display={display.id}
            data-connected={display.connected}
            data-working={work?.displayId === display.id || undefined}
          >
            <header className={styles.head}>
              <b className={styles.number}>{display.number}</b>
              <span className={styles.name}>{display.name}</span>
              <DisplayMenu client={client} display={display} all={known} />
            </header>
            <Screen display={display} wall={wall} actions={actions}>
              {wall && display.connected && !wall.blank && <MiniaturePicture source={source} displayId={display.id} />}
              {wall && !wall.blank && (
                <TileMap
                  wall={wall}
                  cameras={cameras}
                  states={states}
                  selection={selection}
                  actions={actions}
                  source={source}
                  captions={false}
                />
              )}
              <ScreenWords display={display} wall={wall} all={known} />
            </Screen>
          </li>
        );
      })}
    </ul>
  );
}

interface ScreenProps {
  readonly display: KnownDisplay;
  readonly wall: DisplayWall | undefined;
  readonly actions: WallActions;
  readonly children: React.ReactNode;
}

/** The display's face; cameras that are dropped beside its tiles fill it. */
function Screen({ display, wall, actions, children }: ScreenProps) {
  const screen = useRef<HTMLDivElement>(null);
  const isWall = wall !== undefined;
  useEffect(() => {
    const { current } = screen;
    if (!current || !isWall) return;
    return makeDropPlace(current, { displayId: display.id, tile: null }, actions.change);
  }, [display.id, isWall, actions]);
  const shape: CSSProperties = { aspectRatio: displayAspect(display) };
  return (
    <div ref={screen} className={styles.screen} style={shape}>
      {children}
    </div>
  );
}

interface ScreenWordsProps {
  readonly display: KnownDisplay;
  readonly wall: DisplayWall | undefined;
  readonly all: readonly KnownDisplay[];
}

/** What a miniature cannot show by a picture. */
function ScreenWords({ display, wall, all }: ScreenWordsProps) {
  const { t } = useTranslation();
  const elsewhere = all.find(({ id }) => id === display.shownOn);
  if (!display.connected) {
    return (
      <p className={styles.missing}>
        <b>{t('displays.missing')}</b>
        {/* Where another one took its place, its cameras may be dealt to the others. */}
        {wall && <span>{elsewhere ? t('displays.shown-on', { number: elsewhere.number }) : t('displays.waits')}</span>}
      </p>
    );
  }
  if (display.use === 'console') return <p className={styles.words}>{t('displays.console')}</p>;
  if (wall?.blank) return <p className={styles.words}>{t('displays.blanked')}</p>;
  return null;
}
