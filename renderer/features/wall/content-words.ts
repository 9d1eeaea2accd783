import type { TFunction } from 'i18next';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { TileContent } from '../../../core/wall/tile-content.ts';
import { clockText } from '../../ui/clock-text.ts';

/** What a tile holds in a few words, for lists. */
export function contentWords(t: TFunction, content: TileContent, cameras: ReadonlyMap<CameraId, Camera>): string {
  switch (content.kind) {
    case 'empty':
      return t('wall.nothing');
    case 'text':
      return content.text;
    case 'still':
      return t('wall.still-of', { time: clockText(content.takenUtcMs) });
    case 'camera': {
      const camera = cameras.get(content.camera);
      // One that no directory has any more is known by its id.
      return camera ? `${camera.number}  ${camera.name}` : content.camera;
    }
  }
}
