import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { SceneConflict } from '../../../core/scenes/scene-conflict.ts';
import type { Layout } from '../../../core/wall/layout.ts';
import type { TileContent } from '../../../core/wall/tile-content.ts';
import { clockText } from '../../ui/clock-text.ts';
import { useCamerasNamed } from '../../ui/use-cameras-named.ts';
import { useWatched } from '../../ui/use-watched.ts';
import styles from './conflict-table.module.css';
import { displayName } from './display-name.ts';
import type { ScenesClient } from './scenes-client.ts';
import { useWallShares } from './use-wall-shares.ts';

interface ConflictTableProps {
  readonly client: ScenesClient;
  readonly conflicts: readonly SceneConflict[];
  /** Who else changed it. */
  readonly seat: number;
}

/** What differs between two edits, mine beside theirs. What both changed stands out. */
export function ConflictTable({ client, conflicts, seat }: ConflictTableProps) {
  const { t } = useTranslation();
  const { names } = useWallShares(client);
  const cameras = useWatched<DeedbanContract, 'wall.cameras'>(client, 'wall.cameras');
  const onWall = useMemo(() => new Map(cameras?.map((camera) => [camera.id, camera])), [cameras]);
  const named = useCamerasNamed(client, onWall, camerasIn(conflicts));
  const cameraNames = new Map<string, string>([...named].map(([id, { number, name }]) => [id, `${number}  ${name}`]));
  const nameOf = (displayId: string) => displayName(t, names, displayId);
  return (
    // Focusable, so that the keyboard scrolls it.
    <div className={styles.scrolls} tabIndex={0} role="region" aria-label={t('scenes.differences')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('scenes.what')}</th>
            <th scope="col">{t('scenes.mine')}</th>
            <th scope="col">{t('scenes.theirs', { seat })}</th>
            <th scope="col">{t('scenes.changed-by')}</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map((conflict) => {
            const what = whatWords(t, conflict, nameOf);
            return (
              <tr key={what} data-by={conflict.by}>
                <th scope="row" dir="auto">
                  {what}
                </th>
                <td dir="auto">{sideWords(t, conflict, 'mine', cameraNames)}</td>
                <td dir="auto">{sideWords(t, conflict, 'theirs', cameraNames)}</td>
                <td>
                  {conflict.by === 'me' && t('scenes.by-me')}
                  {conflict.by === 'them' && t('scenes.by-them', { seat })}
                  {conflict.by === 'both' && t('scenes.by-both')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function camerasIn(conflicts: readonly SceneConflict[]): readonly CameraId[] {
  const contents = conflicts.flatMap((conflict) => (conflict.what === 'tile' ? [conflict.mine, conflict.theirs] : []));
  return contents.flatMap((content) => (content.kind === 'camera' ? [content.camera] : []));
}

function whatWords(t: TFunction, conflict: SceneConflict, nameOf: (displayId: string) => string): string {
  switch (conflict.what) {
    case 'number':
      return t('scenes.number');
    case 'name':
      return t('scenes.name');
    case 'colour':
      return t('scenes.colour');
    case 'display':
      return t('scenes.display', { display: nameOf(conflict.displayId) });
    case 'layout':
      return t('scenes.layout', { display: nameOf(conflict.displayId) });
    case 'tile':
      return t('scenes.tile', { display: nameOf(conflict.displayId), tile: conflict.tile + 1 });
  }
}

function sideWords(t: TFunction, conflict: SceneConflict, side: 'mine' | 'theirs', cameras: ReadonlyMap<string, string>): string {
  switch (conflict.what) {
    case 'number':
    case 'name':
      return String(conflict[side]);
    case 'colour':
      return t(`scene-colour.${conflict[side]}`);
    case 'display': {
      const tiles = conflict[side];
      return tiles === null ? t('scenes.left-alone') : t('scenes.of-tiles', { count: tiles });
    }
    case 'layout':
      return layoutWords(t, conflict[side]);
    case 'tile':
      return contentWords(t, conflict[side], cameras);
  }
}

function layoutWords(t: TFunction, { columns, rows, cells }: Layout): string {
  return columns * rows === cells.length ? `${columns} × ${rows}` : t('scenes.of-tiles', { count: cells.length });
}

function contentWords(t: TFunction, content: TileContent, cameras: ReadonlyMap<string, string>): string {
  switch (content.kind) {
    case 'empty':
      return t('scenes.empty-tile');
    case 'text':
      return content.text;
    case 'still':
      return t('scenes.still', { time: clockText(content.takenUtcMs) });
    case 'camera':
      // One that no directory has any more is known by its id.
      return cameras.get(content.camera) ?? content.camera;
  }
}
