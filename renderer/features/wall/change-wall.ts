import type { TFunction } from 'i18next';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { Layout } from '../../../core/wall/layout.ts';
import type { TilePlace, WallChange, WallOutcome } from '../../../core/wall/wall-change.ts';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { WallClient } from './wall-client.ts';

/** Changes the wall; what could not be done is said in words. Resolves with whether it was done. */
export const changeWall = (client: Pick<WallClient, 'call'>, change: WallChange): Promise<boolean> =>
  told(client.call('wall.change', { change }));

/** Takes the last step of this seat back; says why where it cannot. */
export const undoWall = (client: Pick<WallClient, 'call'>): Promise<boolean> => told(client.call('wall.undo', {}));

/** Does again what was taken back. */
export const redoWall = (client: Pick<WallClient, 'call'>): Promise<boolean> => told(client.call('wall.redo', {}));

/** Makes a tile the one this seat works on. */
export const selectTile = (client: Pick<WallClient, 'call'>, at: TilePlace | null): Promise<void> =>
  client.call('wall.select', { at }).then(() => {}, sayFault);

/** Puts a camera into a tile. */
export const putCamera = (client: Pick<WallClient, 'call'>, at: TilePlace, camera: CameraId): Promise<boolean> =>
  changeWall(client, { type: 'put', at, content: { kind: 'camera', camera } });

/** Divides a display anew. */
export const divideDisplay = (client: Pick<WallClient, 'call'>, displayId: string, layout: Layout): Promise<boolean> =>
  changeWall(client, { type: 'divide', displayId, layout: { ...layout, cells: [...layout.cells] } });

async function told(answer: Promise<WallOutcome>): Promise<boolean> {
  try {
    const outcome = await answer;
    sayOutcome(outcome);
    return outcome.refusal === null;
  } catch (error) {
    sayFault(error);
    return false;
  }
}

/** Says what of an outcome is worth a line; nothing where all went as asked. */
export function sayOutcome({ refusal, bySeat, pinned, left }: WallOutcome): void {
  if (refusal === 'changed-by-other') {
    const seat = bySeat ?? '?';
    return say((t) => t('wall-refusal.changed-by-other', { seat }), 'attention');
  }
  if (refusal !== null) return say((t) => t(`wall-refusal.${refusal}`), 'attention');
  // One line, for a second would take the place of the first.
  const words = (t: TFunction) => [
    ...(pinned.length > 0 ? [t('wall.pinned-left', { count: pinned.length })] : []),
    ...(left > 0 ? [t('wall.left-over', { count: left })] : []),
  ];
  if (pinned.length > 0 || left > 0) say((t) => words(t).join(' '), left > 0 ? 'attention' : 'calm');
}
