import type { CameraId } from '../cameras/camera.ts';
import type { Scene, SceneDraft } from './scene.ts';
import type { SceneSummary } from './scenes.contract.ts';

/** The cameras a scene shows, each once, in the order of its displays and tiles. */
export function camerasOf({ displays }: Pick<SceneDraft, 'displays'>): readonly CameraId[] {
  const cameras = new Set<CameraId>();
  for (const { contents } of displays) {
    for (const content of contents) if (content.kind === 'camera') cameras.add(content.camera);
  }
  return [...cameras];
}

/** What lists need of a scene. */
export function summaryOf(scene: Scene): SceneSummary {
  const { displays, ...rest } = scene;
  return { ...rest, displayCount: displays.length, cameraCount: camerasOf(scene).length };
}

/** What a person wrote of a scene, without what the program keeps of it. */
export function draftOf({ number, name, colour, displays }: SceneDraft): SceneDraft {
  return { number, name, colour, displays };
}
