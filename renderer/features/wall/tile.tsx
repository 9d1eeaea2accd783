import { memo, type ReactNode, useMemo, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../core/cameras/camera.ts';
import { agedAfterMs } from '../../../core/rewind/aged-picture.ts';
import type { RewoundTile } from '../../../core/rewind/rewind.contract.ts';
import type { Cell } from '../../../core/wall/layout.ts';
import type { ShownTile } from '../../../core/wall/tile-content.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { TileAged } from './tile-aged.tsx';
import { TileCaption } from './tile-caption.tsx';
import { TileCover } from './tile-cover.tsx';
import frame from './tile-frame.module.css';
import { placementStyle } from './tile-placement.ts';
import { TileStatistics } from './tile-statistics.tsx';
import { TileStill } from './tile-still.tsx';
import { TileTags } from './tile-tags.tsx';
import { TileText } from './tile-text.tsx';
import { pathOf } from './tile-session.ts';
import { tileVerdict } from './tile-verdict.ts';
import styles from './tile.module.css';
import { useAgedPicture } from './use-aged-picture.ts';
import { useTileVideo } from './use-tile-video.ts';
import { useAspect, useShownCamera, useTileQuality, useTileSession } from './use-tile-session.ts';
import { type WallHands, useTileHands } from './wall-hands.ts';
import type { WallStreams } from './wall-streams.ts';

export interface TileProps {
  /** The place on the display, from 0. */
  readonly slot: number;
  readonly displayId: string;
  /** Null in a place that the present layout does not have: it keeps its `<video>` for the next one that does. */
  readonly tile: ShownTile | null;
  /** Null where it shows no camera, or one the directory does not know. */
  readonly camera: Camera | null;
  readonly cell: Cell | null;
  /** Another tile is over the whole display. */
  readonly behind: boolean;
  /** It is over the whole display itself. */
  readonly whole: boolean;
  /** The display shows nothing for now. */
  readonly blank: boolean;
  readonly selected: boolean;
  /** Taken to be swapped with the next one. */
  readonly held: boolean;
  /** Empty tiles show their number: where somebody works with them. */
  readonly numbered: boolean;
  readonly captions: boolean;
  readonly statistics: boolean;
  readonly streams: WallStreams;
  readonly hands: WallHands;
  readonly byAddress: ByAddress;
  /** What another feature says of a camera, at the lower edge of its picture; the same as long as the wall is mounted. */
  readonly cameraTag: ((camera: Camera) => ReactNode) | null;
  /** What it shows in place of the live picture, which goes on beside it in small; null: it is live. */
  readonly rewound: RewoundTile | null;
  /** Draws that, of the camera's streams as they are asked for, the best first; the same as long as the wall is mounted. */
  readonly rewoundPicture: ((tile: RewoundTile, sources: readonly string[]) => ReactNode) | null;
}

/** One place of the wall. Its `<video>` lives as long as the place, whatever is shown in it. */
export const Tile = memo(function Tile(props: TileProps) {
  const { slot, camera, cell, streams, captions } = props;
  const tile = props.tile ?? spareTile;
  const { content } = tile;
  const { t } = useTranslation();
  const section = useRef<HTMLElement>(null);
  const { place, video } = useTileVideo();
  useAspect(video);
  const session = useTileSession(streams, slot, content.kind === 'camera' ? camera : null, video, {
    pinned: tile.pinned,
    selected: props.selected,
    whole: props.whole,
    zoomed: tile.zoom !== null,
    covered: props.behind || props.blank,
  });
  const quality = useTileQuality(streams, slot);
  const life = useSyncExternalStore(session?.subscribe ?? never, session?.life ?? nothing);
  const { shown, awaited } = useShownCamera(session, camera);
  const judged = useSyncExternalStore(session?.subscribe ?? never, session?.verdict ?? nothing);
  // Of the camera that it shows: whatever was said of another one is nothing here.
  const rewound = shown !== null && props.rewound?.camera === shown.id && cell !== null ? props.rewound : null;
  const inSight = cell !== null && !props.behind && !props.blank && rewound === null;
  const another = awaited !== null;
  const glass = session && life && judged && { inSight, another, life, word: judged.word, why: judged.why };
  const aged = useAgedPicture(streams, { slot, camera: awaited ?? shown, afterMs: glass && agedAfterMs(glass), another });
  // Over the picture of another camera everything that is said is of the one whose old picture hides it.
  const hides = aged !== null && another;
  const named = aged?.camera ?? shown;
  const label = named ? t('tile.label', { number: named.number, name: named.name }) : t('tile.place', { number: slot + 1 });
  useTileHands(props.hands, section, { slot, displayId: props.displayId, tile, label });
  const drawn = life && judged && tileVerdict(judged, life, shown?.simulated ?? false);
  // That it opens is said with the age of its picture.
  const verdict = hides || (aged && drawn?.tone === 'quiet') ? null : drawn;
  const word = hides ? 'opening' : judged?.word;
  // Uncovered, it has its cover in the same paint as the old picture; covered, an age that counts would be written for nobody.
  const covers = !rewound && (inSight || judged?.word !== 'unseen');
  const way = useSyncExternalStore(session?.subscribe ?? never, () => session?.facts().way ?? null);
  const state = hides ? 'opening' : life ? life.state : 'empty';
  const tone = rewound ? 'attention' : (verdict?.tone ?? (aged ? 'attention' : word === 'live' ? 'live' : 'quiet'));
  const style = useMemo(() => (cell ? placementStyle(cell) : undefined), [cell]);

  return (
    <section
      ref={section}
      className={`${styles.tile} ${frame.frame}`}
      style={style}
      hidden={cell === null}
      data-tile={cell ? slot : undefined}
      data-display={props.displayId}
      data-camera={content.kind === 'camera' ? content.camera : ''}
      data-shown={session && named ? named.id : undefined}
      data-content={content.kind}
      data-state={cell ? state : undefined}
      data-stream={quality?.stream}
      data-gait={quality?.gait}
      data-verdict={cell ? word : undefined}
      data-rewound={rewound ? '' : undefined}
      data-aged={aged ? '' : undefined}
      data-tone={tone}
      data-selected={props.selected || undefined}
      data-pinned={tile.pinned || undefined}
      data-behind={props.behind || undefined}
      aria-label={label}
    >
      {captions && named && (
        <TileCaption camera={named} session={session} verdict={judged} old={rewound !== null || aged !== null} />
      )}
      <div ref={place} className={`${styles.picture} ${frame.picture}`}>
        {rewound &&
          shown &&
          props.rewoundPicture?.(
            rewound,
            shown.streams.map((stream) => pathOf({ camera: shown.id, stream })),
          )}
        {rewound && judged && (
          <p className={styles.inset}>{judged.word === 'live' ? t('tile.live') : t(`verdict.${judged.word}`)}</p>
        )}
        {aged && <TileAged {...aged} troubled={verdict !== null} />}
        {session && verdict && covers && <TileCover session={session} verdict={verdict} />}
        {content.kind === 'camera' && !camera && <p className={styles.unknown}>{t('tile.unknown', { id: content.camera })}</p>}
        {content.kind === 'still' && (
          <TileStill byAddress={props.byAddress} digest={content.digest} takenUtcMs={content.takenUtcMs} />
        )}
        {content.kind === 'text' && <TileText text={content.text} />}
        {content.kind === 'empty' && props.numbered && (
          <p className={`${frame.number} ${frame.outlined}`} aria-hidden>
            {slot + 1}
          </p>
        )}
        {props.statistics && session && !hides && <TileStatistics session={session} />}
      </div>
      {named && session && props.cameraTag?.(named)}
      <TileTags
        tile={tile}
        held={props.held}
        awaited={aged ? null : awaited}
        way={hides ? null : way}
        quality={quality}
        session={hides ? null : session}
      />
    </section>
  );
});

const spareTile: ShownTile = { content: { kind: 'empty' }, pinned: false, zoom: null, back: [], forward: [] };
const never = () => () => {};
const nothing = () => null;
