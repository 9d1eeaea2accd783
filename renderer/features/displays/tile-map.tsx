import { type CSSProperties, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { Cell } from '../../../core/wall/layout.ts';
import type { ShownTile } from '../../../core/wall/tile-content.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import { makeDraggable, makeDropPlace } from '../../ui/drop-place.ts';
import { awaitMiniature } from './await-miniature.ts';
import type { WallActions } from './displays-client.ts';
import type { MiniatureSource } from './miniature-source.ts';
import styles from './tile-map.module.css';
import { type TileState, tileName, toneOfWord } from './use-tile-states.ts';

interface TileMapProps {
  readonly wall: DisplayWall;
  readonly cameras: ReadonlyMap<CameraId, Camera>;
  readonly states: ReadonlyMap<string, TileState>;
  readonly selection: TilePlace | null;
  readonly actions: WallActions;
  /** With numbers, names and states in words; else only outlines. */
  readonly captions: boolean;
  /** The miniatures below it; null: not yet. */
  readonly source: MiniatureSource | null;
}

/** A display's tiles over its miniature: each can be selected, dragged and dropped on. */
export function TileMap({ wall, cameras, states, selection, actions, captions, source }: TileMapProps) {
  const { displayId, layout, tiles, enlarged } = wall;
  const shape = {
    gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
    gridTemplateRows: `repeat(${layout.rows}, minmax(0, 1fr))`,
  };
  return (
    <div className={styles.map} style={shape} data-large={captions || undefined}>
      {tiles.map((tile, index) => {
        const cell = layout.cells[index];
        if (!cell || (enlarged !== null && enlarged !== index)) return null;
        const { content } = tile;
        return (
          <MapTile
            key={index}
            at={{ displayId, tile: index }}
            tile={tile}
            cell={enlarged === index ? { column: 0, row: 0, columnSpan: layout.columns, rowSpan: layout.rows } : cell}
            enlarged={enlarged === index}
            camera={content.kind === 'camera' ? cameras.get(content.camera) : undefined}
            state={states.get(tileName(displayId, index))}
            selected={selection?.displayId === displayId && selection.tile === index}
            captions={captions}
            actions={actions}
            source={source}
          />
        );
      })}
    </div>
  );
}

interface MapTileProps {
  readonly at: TilePlace;
  readonly tile: ShownTile;
  readonly cell: Cell;
  readonly enlarged: boolean;
  readonly camera: Camera | undefined;
  readonly state: TileState | undefined;
  readonly selected: boolean;
  readonly captions: boolean;
  readonly actions: WallActions;
  readonly source: MiniatureSource | null;
}

function MapTile({ at, tile, cell, enlarged, camera, state, selected, captions, actions, source }: MapTileProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const { content } = tile;
  const what =
    content.kind === 'camera'
      ? (camera?.name ?? content.camera)
      : content.kind === 'text'
        ? content.text
        : content.kind === 'still'
          ? t('displays.still')
          : '';
  const words = [camera?.number, what].filter(Boolean).join('  ');
  useCoverWhenChanged(button, source, at.displayId, JSON.stringify([content, cell]));
  useTileOnMap(button, at, content.kind === 'empty' ? null : words, tile.pinned, actions);
  const style: CSSProperties = {
    gridColumn: `${cell.column + 1} / span ${cell.columnSpan}`,
    gridRow: `${cell.row + 1} / span ${cell.rowSpan}`,
  };
  const tone = content.kind === 'camera' ? toneOfWord(state?.word, camera?.simulated ?? false) : 'well';
  const said = content.kind === 'camera' && state && tone !== 'well' ? t(`verdict.${state.word}`) : '';
  return (
    <button
      ref={button}
      type="button"
      className={styles.tile}
      style={style}
      // On the large one a tile is found as on the wall itself.
      {...(captions ? { 'data-tile': at.tile } : { 'data-small-tile': at.tile })}
      data-display={at.displayId}
      data-camera={content.kind === 'camera' ? content.camera : ''}
      data-content={content.kind}
      data-state={state?.state ?? 'empty'}
      data-tone={tone}
      data-selected={selected || undefined}
      data-pinned={tile.pinned || undefined}
      aria-pressed={selected}
      aria-label={[t('tile.place', { number: at.tile + 1 }), words, said].filter(Boolean).join(', ')}
      tabIndex={selected ? 0 : -1}
      onClick={() => actions.select(at)}
      onDoubleClick={() => actions.change({ type: 'enlarge', displayId: at.displayId, tile: enlarged ? null : at.tile })}
    >
      {captions && (
        <span className={styles.caption}>
          <b>{camera?.number ?? (content.kind === 'empty' ? at.tile + 1 : '')}</b>{' '}
          <span className={styles.name} dir="auto">
            {what}
          </span>
          {tile.pinned && <span className={styles.tag}>{t('displays.pinned')}</span>}
        </span>
      )}
      {captions && said !== '' && <span className={styles.state}>{said}</span>}
    </button>
  );
}

/**
 * Covers the tile after its place or content changed, until a miniature has come that was made since: the one before has another
 * camera's picture here.
 */
function useCoverWhenChanged(
  button: React.RefObject<HTMLButtonElement | null>,
  source: MiniatureSource | null,
  displayId: string,
  shows: string,
): void {
  const before = useRef(shows);
  useLayoutEffect(() => {
    const { current } = button;
    if (!current || before.current === shows) return;
    before.current = shows;
    current.toggleAttribute('data-awaits', true);
    const uncover = () => current.removeAttribute('data-awaits');
    return source ? awaitMiniature(source, displayId, Date.now(), uncover) : undefined;
  }, [button, source, displayId, shows]);
}

function useTileOnMap(
  button: React.RefObject<HTMLButtonElement | null>,
  { displayId, tile }: TilePlace,
  label: string | null,
  pinned: boolean,
  actions: WallActions,
): void {
  const newest = useRef({ label, pinned });
  useEffect(() => {
    newest.current = { label, pinned };
  });
  useEffect(() => {
    const { current } = button;
    if (!current) return;
    const at = { displayId, tile };
    const stops = [
      makeDraggable(current, () => {
        const { label: name, pinned: stays } = newest.current;
        return name === null || stays ? null : { kind: 'tile', at, label: name };
      }),
      makeDropPlace(current, at, actions.change, () => newest.current.pinned),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [button, displayId, tile, actions]);
}
