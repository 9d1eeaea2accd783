import { drawBackground } from './background.ts';
import { createLighting } from './light.ts';
import { moods } from './mood.ts';
import type { Plan } from './plan.ts';
import type { Setting } from './setting.ts';
import { type Face, face } from './solid.ts';
import { createSpriteStore, type SpriteStore } from './sprite-store.ts';
import type { View } from './view.ts';

/** What a camera's pictures are put together from. None of it changes with time, so it can be drawn beforehand. */
export interface SceneStock {
  /** What stands still, without its clouds, as a picture. */
  readonly yuv: Uint8Array;
  /** See `Background`. */
  readonly depth: Uint16Array;
  readonly sky: Uint8Array;
  readonly sprites: SpriteStore;
}

/** Draws what stands still (about a quarter of a second of work); the sprites are drawn when they are asked for. */
export function drawStock(plan: Plan, view: View): SceneStock {
  const mood = moods[plan.mood];
  const setting: Setting = { faces: [groundFace], lamps: [], wires: [] };
  plan.build(setting);
  const lamps = mood.lit ? setting.lamps : [];
  const lighting = createLighting(mood, setting.faces, lamps);
  const background = drawBackground({
    view,
    mood,
    ground: plan.ground,
    hills: plan.hills,
    faces: setting.faces,
    lamps,
    wires: setting.wires,
    lighting,
    wet: plan.wet ?? false,
  });
  return { ...background, sprites: createSpriteStore({ view, mood, lighting }) };
}

const groundFace: Face = face(
  [
    [-900, -20, 0],
    [900, -20, 0],
    [900, 1500, 0],
    [-900, 1500, 0],
  ],
  { kind: 'ground', colour: [0, 0, 0] },
);
