import type { CameraId } from '../../core/cameras/camera.ts';
import type { TilePlace } from '../../core/wall/wall-change.ts';
import { putCamera } from '../features/wall/change-wall.ts';
import { ptzView } from '../features/ptz/ptz-view.ts';
import { say } from '../ui/notice.ts';
import { callScene } from '../features/scenes/scene-deeds.ts';
import type { DeedbanClient } from './client.ts';

/** What numbers and the palette do through the features, which say what came of it. */
export interface Deeds {
  /** Without a tile nothing is done, and that is said. */
  put(camera: CameraId, at: TilePlace | null): Promise<void>;
  call(scene: number): Promise<void>;
  /** Sends the selected tile's camera to a preset. */
  recall(preset: string): Promise<void>;
}

export function createDeeds(client: DeedbanClient): Deeds {
  return {
    async put(camera, at) {
      if (at) await putCamera(client, at, camera);
      else say((t) => t('number.no-tile-selected'), 'attention');
    },
    async call(scene) {
      await callScene(client, scene);
    },
    async recall(preset) {
      await ptzView.getState().desk?.goTo({ what: 'preset', token: preset });
    },
  };
}
