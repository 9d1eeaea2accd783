import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { WindowKind } from '../../../core/displays/displays.contract.ts';
import type { RewoundTile } from '../../../core/rewind/rewind.contract.ts';
import type { ShownTile } from '../../../core/wall/tile-content.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { selectTile } from './change-wall.ts';
import { CommonCauseLines } from './common-cause-lines.tsx';
import { RefusedLines } from './refused-lines.tsx';
import { offerStills } from './offer-stills.ts';
import { Tile } from './tile.tsx';
import { placementOf } from './tile-placement.ts';
import { useHiddenCursor } from './use-hidden-cursor.ts';
import { useDisplayWall, useWallCameras } from './use-shared.ts';
import type { WallClient } from './wall-client.ts';
import { createWallHands } from './wall-hands.ts';
import styles from './wall.module.css';
import type { WallStreams } from './wall-streams.ts';
import { wallView } from './wall-view.ts';

export interface WallProps {
  readonly client: WallClient;
  readonly streams: WallStreams;
  readonly byAddress: ByAddress;
  /** Null until main has told: then nothing but the pictures is shown. */
  readonly windowKind: WindowKind | null;
  readonly captions: boolean;
  readonly statistics: boolean;
  /** See `TileProps`. */
  readonly cameraTag?: (camera: Camera) => ReactNode;
  readonly rewoundPicture?: (tile: RewoundTile, sources: readonly string[]) => ReactNode;
}

/** This display's share of the wall. */
export function Wall({ client, streams, byAddress, windowKind, captions, statistics, cameraTag, rewoundPicture }: WallProps) {
  const { t } = useTranslation();
  const display = useDisplayWall(client);
  const cameras = useWallCameras(client);
  const selection = useWatched<DeedbanContract, 'wall.selection'>(client, 'wall.selection') ?? null;
  const refused = useWatched<DeedbanContract, 'cameras.refused'>(client, 'cameras.refused');
  const rewound = useWatched<DeedbanContract, 'rewind.tiles'>(client, 'rewind.tiles');
  const held = useStore(wallView, (view) => view.held);
  const wall = useRef<HTMLElement>(null);
  const slots = useSlotCount(display);
  const hands = useMemo(() => createWallHands(client), [client]);
  const ready = display !== undefined && cameras !== undefined;
  useEffect(() => (ready && wall.current ? hands.zoom.attach(wall.current) : undefined), [hands, ready]);
  useHiddenCursor(wall, windowKind === 'wall' && ready);
  const known = useRef(cameras);
  useEffect(() => {
    known.current = cameras;
  }, [cameras]);
  useEffect(() => {
    const label = (id: CameraId) => {
      const camera = known.current?.get(id);
      return camera ? t('tile.label', { number: camera.number, name: camera.name }) : id;
    };
    return offerStills({ wall: () => wall.current, client, byAddress, label });
  }, [client, byAddress, t]);

  if (!display || !cameras) return <p className={styles.waiting}>{t('wall.waiting')}</p>;
  const { displayId, layout, enlarged, blank } = display;
  const used = display.arranged || display.tiles.some(({ content }) => content.kind !== 'empty');
  const shape = { '--columns': layout.columns, '--rows': layout.rows } as CSSProperties;
  const at = (tile: number): TilePlace => ({ displayId, tile });
  return (
    <>
      {/* The grid stays mounted while it is empty or blanked, so that no video is ever made anew. */}
      <main
        ref={wall}
        className={styles.wall}
        style={shape}
        aria-label={t('wall.label')}
        data-cameras={used ? 'some' : 'none'}
        data-wall=""
        data-blank={blank || undefined}
        data-display={displayId}
        onClick={({ target }) => {
          const tile = tileAt(target);
          if (tile !== null) void selectTile(client, at(tile));
        }}
        onDoubleClick={({ target }) => {
          const tile = tileAt(target);
          if (tile !== null) hands.change({ type: 'enlarge', displayId, tile: enlarged === tile ? null : tile });
        }}
      >
        {Array.from({ length: slots }, (_, slot) => {
          const tile = display.tiles[slot] ?? null;
          const cell = placementOf(layout, slot, enlarged);
          const camera = cameraOf(tile, cameras);
          return (
            <Tile
              // The place is the identity; keyed by camera, videos would be remounted.
              key={slot}
              slot={slot}
              displayId={displayId}
              tile={cell ? tile : null}
              camera={camera}
              cell={cell}
              whole={enlarged === slot}
              behind={enlarged !== null && enlarged !== slot}
              blank={blank}
              selected={isAt(selection, displayId, slot)}
              held={isAt(held, displayId, slot)}
              numbered={windowKind === 'shared'}
              captions={captions}
              statistics={statistics}
              streams={streams}
              hands={hands}
              byAddress={byAddress}
              cameraTag={cameraTag ?? null}
              rewound={rewound?.find((each) => isAt(each.at, displayId, slot)) ?? null}
              rewoundPicture={rewoundPicture ?? null}
            />
          );
        })}
      </main>
      {blank && <p className={styles.blank}>{windowKind === 'wall' ? '' : t('wall.blanked')}</p>}
      {!used && (
        <div className={styles.empty}>
          <p className={styles.emptyTitle}>{t('wall.empty')}</p>
          <p>{t('wall.empty-how')}</p>
          <code className={styles.command} dir="ltr">
            {t('wall.empty-command')}
          </code>
        </div>
      )}
      <CommonCauseLines client={client} place={captions ? 'below-captions' : 'edge'} most={layout.rows > 8 ? 1 : 3} />
      {refused && <RefusedLines lines={refused} />}
    </>
  );
}

/** The camera a tile shows, or whose picture it keeps; null where there is none or the directory does not know it. */
function cameraOf(tile: ShownTile | null, cameras: ReadonlyMap<CameraId, Camera>): Camera | null {
  const content = tile?.content;
  const id = content?.kind === 'camera' || content?.kind === 'still' ? content.camera : null;
  return id === null ? null : (cameras.get(id) ?? null);
}

const isAt = (place: TilePlace | null, displayId: string, tile: number): boolean =>
  place !== null && place.displayId === displayId && place.tile === tile;

function tileAt(target: EventTarget): number | null {
  const name = target instanceof Element ? target.closest<HTMLElement>('[data-tile]')?.dataset['tile'] : undefined;
  return name === undefined ? null : Number(name);
}

/** Places grow and never shrink: what a smaller layout leaves out waits for a larger one with its `<video>`. */
function useSlotCount(display: DisplayWall | undefined): number {
  const [most, setMost] = useState(0);
  const count = Math.max(most, display?.layout.cells.length ?? 0);
  if (count > most) setMost(count);
  return count;
}
