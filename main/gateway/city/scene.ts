import { demoCity } from '../../../core/cameras/demo-city.ts';
import { type Figure, figureOf } from './cast.ts';
import { type CloudLayer, createCloudLayer } from './cloud-layer.ts';
import { frameWidth, frameHeight } from './frame-size.ts';
import { drawBirds, drawFlag, drawRain, drawSignals } from './little-things.ts';
import { moods } from './mood.ts';
import { clockText, textWidth, writeText } from './osd.ts';
import type { Plan } from './plan.ts';
import { plans } from './plans/all-plans.ts';
import { drawStock, type SceneStock } from './scene-stock.ts';
import { layOver } from './sprite.ts';
import { createTrack, type Track } from './track.ts';
import { moversAt } from './traffic.ts';
import { isSeen, placeOf } from './sight.ts';
import { type Projected, type View, viewOf } from './view.ts';

/** A demonstration camera ready to be drawn. */
export interface Scene {
  readonly number: number;
  readonly title: string;
  readonly plan: Plan;
  readonly view: View;
  readonly stock: SceneStock;
  readonly clouds: CloudLayer;
  readonly tracks: readonly Track[];
}

/**
 * A camera's scene; null for an id the demonstration city does not have.
 *
 * @param stock what it is put together from; where there is none it is drawn, which takes about a quarter of a second
 */
export function createScene(cameraId: string, stock: SceneStock | null = null): Scene | null {
  const plan = plans[cameraId];
  const camera = demoCity().find((entry) => entry.camera.id === cameraId)?.camera;
  if (plan === undefined || camera === undefined) return null;
  const view = viewOf(plan);
  const used = stock ?? drawStock(plan, view);
  return {
    number: camera.number,
    title: camera.name.toUpperCase(),
    plan,
    view,
    stock: used,
    clouds: createCloudLayer(used.yuv, used.sky, view, moods[plan.mood]),
    tracks: plan.lanes.map((lane) => createTrack(lane, view)),
  };
}

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
  if (scene.plan.signals !== undefined) drawSignals(out, scene.view, scene.stock.depth, scene.plan.signals, timeS);
  if (scene.plan.flag !== undefined) drawFlag(out, scene.view, scene.plan.flag, timeS, moods[scene.plan.mood].exposure);
  if (scene.plan.birds === true) drawBirds(out, scene.number, timeS);
  if (moods[scene.plan.mood].rain) drawRain(out, timeS);
}

/** Clock, number and name over a picture. */
export function writeLines(scene: Scene, utcMs: number, out: Uint8Array): void {
  writeText(out, clockText(utcMs), margin, 6, pitch);
  writeText(out, `CAM ${scene.number}`, frameWidth - margin - textWidth(`CAM ${scene.number}`, pitch), 6, pitch);
  writeText(out, scene.title, margin, frameHeight - 21, pitch);
  writeText(out, 'SIMULATED', frameWidth - margin - textWidth('SIMULATED', 1.25), frameHeight - 17, 1.25, 190);
}

interface Seen {
  readonly figure: Figure;
  readonly here: Projected;
}

function drawMovers({ tracks, view, stock }: Scene, timeS: number, out: Uint8Array): void {
  const seen: Seen[] = [];
  for (const track of tracks) {
    for (const mover of moversAt(track.lane, track.lengthM, timeS)) {
      const here = placeOf(track, mover.at, view);
      if (isSeen(view, here)) seen.push({ figure: figureOf(track, mover), here });
    }
  }
  seen.sort((a, b) => b.here.depth - a.here.depth);
  for (const { figure, here } of seen) {
    const sprite = stock.sprites.spriteFor(figure);
    if (sprite === null) continue;
    layOver(out, stock.depth, sprite, here.x, here.y, figure.step.depthM / here.depth / sprite.fineness, here.depth - 0.4);
  }
}
