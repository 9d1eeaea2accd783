import { demoCity } from '../../../core/cameras/demo-city.ts';
import { drawBackground } from './background.ts';
import { type CloudLayer, createCloudLayer } from './cloud-layer.ts';
import { frameWidth, frameHeight } from './frame-size.ts';
import { createLighting } from './light.ts';
import { drawBirds, drawFlag, drawRain, drawSignals } from './little-things.ts';
import { moods } from './mood.ts';
import { clockText, textWidth, writeText } from './osd.ts';
import type { Plan } from './plan.ts';
import { plans } from './plans/all-plans.ts';
import type { Setting } from './setting.ts';
import { type Face, face } from './solid.ts';
import { layOver } from './sprite.ts';
import { createSpriteStore, createTrack, type SpriteStore, type Track } from './track.ts';
import { moversAt } from './traffic.ts';
import { project, type View } from './view.ts';

/** A demonstration camera ready to be drawn: what stands still is painted already. */
export interface Scene {
  readonly number: number;
  readonly title: string;
  readonly plan: Plan;
  readonly view: View;
  /** How far away what stands at a pixel is, in decimetres; 65,535 where nothing stands. Small, because every frame reads it. */
  readonly depth: Uint16Array;
  readonly clouds: CloudLayer;
  readonly tracks: readonly Track[];
  readonly sprites: SpriteStore;
}

/** Builds a camera's scene (about a quarter of a second of work); null for an id the demonstration city does not have. */
export function createScene(cameraId: string): Scene | null {
  const plan = plans[cameraId];
  const camera = demoCity().find((entry) => entry.camera.id === cameraId)?.camera;
  if (plan === undefined || camera === undefined) return null;
  const mood = moods[plan.mood];
  const pitchDown = (plan.pitchDeg * Math.PI) / 180;
  const view: View = {
    heightM: plan.heightM,
    cosPitch: Math.cos(pitchDown),
    sinPitch: Math.sin(pitchDown),
    focal: plan.focal,
    centreX: frameWidth / 2,
    centreY: frameHeight / 2,
  };
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
  const light = { view, mood, lighting };
  return {
    number: camera.number,
    title: camera.name.toUpperCase(),
    plan,
    view,
    depth: Uint16Array.from(background.depth, (metres) => Math.min(65_535, metres * 10)),
    clouds: createCloudLayer(background.yuv, background.sky, view, mood),
    tracks: plan.lanes.map((lane) => createTrack(lane, light)),
    sprites: createSpriteStore(light),
  };
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

const pitch = 1.75;
const margin = 9;

/**
 * Draws the picture of a moment into `out` (planar YUV 4:2:0, 640×360). The same moment gives the same picture:
 * `motionMs` moves everything, `utcMs` is the time that is written into it.
 */
export function renderFrame(scene: Scene, motionMs: number, utcMs: number, out: Uint8Array): void {
  renderView(scene, motionMs, out);
  writeLines(scene, utcMs, out);
}

/** The picture of a moment before anything is written into it. */
export function renderView(scene: Scene, motionMs: number, out: Uint8Array): void {
  const timeS = (motionMs % 86_400_000) / 1000;
  out.set(scene.clouds.at(timeS));
  drawMovers(scene, timeS, out);
  if (scene.plan.signals !== undefined) drawSignals(out, scene.view, scene.depth, scene.plan.signals, timeS);
  if (scene.plan.flag !== undefined) drawFlag(out, scene.view, scene.plan.flag, timeS, moods[scene.plan.mood].exposure);
  if (scene.plan.birds === true) drawBirds(out, scene.number, timeS);
  if (moods[scene.plan.mood].rain) drawRain(out, timeS);
}

function writeLines(scene: Scene, utcMs: number, out: Uint8Array): void {
  writeText(out, clockText(utcMs), margin, 6, pitch);
  writeText(out, `CAM ${scene.number}`, frameWidth - margin - textWidth(`CAM ${scene.number}`, pitch), 6, pitch);
  writeText(out, scene.title, margin, frameHeight - 21, pitch);
  writeText(out, 'SIMULATED', frameWidth - margin - textWidth('SIMULATED', 1.25), frameHeight - 17, 1.25, 190);
}

interface Seen {
  readonly depth: number;
  draw(): void;
}

function drawMovers(scene: Scene, timeS: number, out: Uint8Array): void {
  const seen: Seen[] = [];
  for (const track of scene.tracks) {
    for (const mover of moversAt(track.lane, track.lengthM, timeS)) {
      const pose = track.poseAt(mover.at);
      const here = project(scene.view, [pose.x, pose.y, 0]);
      // Nothing is higher than a lorry, and no shadow or beam reaches further than a bus is long.
      const reach = (scene.view.focal * 12) / here.depth;
      if (here.depth < 2 || here.x < -reach || here.x > frameWidth + reach || here.y - reach * 0.32 > frameHeight) continue;
      const draw = () => {
        const { step, middleM } = track.stepAt(mover.at);
        const sprite = scene.sprites.spriteFor(track, mover, middleM, step);
        if (sprite === null) return;
        const drawn = track.poseAt(middleM);
        const there = project(scene.view, [drawn.x, drawn.y, 0]);
        layOver(out, scene.depth, sprite, here.x, here.y, there.depth / here.depth / sprite.fineness, here.depth - 0.4);
      };
      seen.push({ depth: here.depth, draw });
    }
  }
  seen.sort((a, b) => b.depth - a.depth);
  for (const one of seen) one.draw();
}
