import type { TFunction } from 'i18next';
import type { Scene, SceneId } from '../../../core/scenes/scene.ts';
import type { SceneSummary, scenesRefusals } from '../../../core/scenes/scenes.contract.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { saveText } from '../../media/save-file.ts';
import { say } from '../../ui/notice.ts';
import { presentOf } from '../../../core/rpc/present-of.ts';
import { sayFault } from '../../ui/run-command.ts';
import { saySaved } from '../../ui/say-saved.ts';
import type { ScenesClient } from './scenes-client.ts';
import { closeScenesDialog, openScenesDialog } from './scenes-view.ts';

/** Says why nothing was done with a scene. */
export function saySceneRefusal(refusal: (typeof scenesRefusals)[number] | 'conflict'): void {
  say((t) => t(`scene-refusal.${refusal}`), 'attention');
}

/** Says that a scene is kept, and closes the dialog it was filled into. */
export function sayStored({ number, name }: Pick<Scene, 'number' | 'name'>): void {
  say((t) => t('scenes.stored', { number, name }));
  closeScenesDialog();
}

/** Calls the scene with this number; says what could not be done, and what stayed because it is pinned. Resolves with whether it was called. */
export async function callScene(client: Pick<ScenesClient, 'call'>, number: number): Promise<boolean> {
  try {
    const { refusal, wall } = await client.call('scenes.call', { number });
    if (refusal !== null || wall === null) {
      say((t) => t('number.no-scene', { number }), 'attention');
      return false;
    }
    const problem = wall.refusal;
    if (problem !== null) {
      say((t) => t(`wall-refusal.${problem}`), 'attention');
      return false;
    }
    const { pinned, left } = wall;
    // One line, for a second would take the place of the first.
    const words = (t: TFunction) => [
      ...(pinned.length > 0 ? [t('scenes.called-pinned', { number, count: pinned.length })] : []),
      ...(left > 0 ? [t('scenes.called-left', { number, count: left })] : []),
    ];
    if (pinned.length > 0 || left > 0) say((t) => words(t).join(' '), left > 0 ? 'attention' : 'calm');
    return true;
  } catch (error) {
    sayFault(error);
    return false;
  }
}

/** Calls the scene after (1) or before (-1) the one that was called last, by number and round the end. */
export async function callNeighbour(client: ScenesClient, by: 1 | -1): Promise<void> {
  const [list, called] = await Promise.all([
    presentOf<DeedbanContract, 'scenes.list'>(client, 'scenes.list'),
    presentOf<DeedbanContract, 'scenes.called'>(client, 'scenes.called'),
  ]);
  const at = list.findIndex(({ id }) => id === called?.id);
  const scene = at < 0 ? list.at(by === 1 ? 0 : -1) : list.at((at + by) % list.length);
  if (scene === undefined) return say((t) => t('scenes.none-saved'), 'attention');
  await callScene(client, scene.number);
}

/** Opens the editor with the scene as it is now. */
export async function editScene(client: ScenesClient, id: SceneId): Promise<void> {
  try {
    const { scene } = await client.call('scenes.read', { id });
    if (scene === null) saySceneRefusal('no-such-scene');
    else openScenesDialog({ what: 'edit', scene });
  } catch (error) {
    sayFault(error);
  }
}

export async function duplicateScene(client: ScenesClient, { id }: SceneSummary): Promise<void> {
  try {
    const made = await client.call('scenes.duplicate', { id });
    if (made.outcome === 'stored') {
      const { number, name } = made.scene;
      say((t) => t('scenes.stored', { number, name }));
    } else saySceneRefusal(made.outcome === 'refused' ? made.refusal : 'conflict');
  } catch (error) {
    sayFault(error);
  }
}

export async function lockScene(client: ScenesClient, { id, revision }: SceneSummary, locked: boolean): Promise<void> {
  try {
    const made = await client.call('scenes.lock', { id, revision, locked });
    if (made.outcome !== 'stored') saySceneRefusal(made.outcome === 'refused' ? made.refusal : 'conflict');
  } catch (error) {
    sayFault(error);
  }
}

/** Saves scenes (null: all) as a file where somebody chooses. */
export async function exportScenes(client: ScenesClient, scene: SceneSummary | null): Promise<void> {
  try {
    const { text } = await client.call('scenes.export', { ids: scene === null ? null : [scene.id] });
    const day = new Date().toISOString().slice(0, 10);
    const fileName = scene === null ? `scenes ${day}.json` : `scene ${scene.number} ${day}.json`;
    saySaved(await saveText(client, { fileName, type: 'application/json', text }), fileName);
  } catch (error) {
    sayFault(error);
  }
}
