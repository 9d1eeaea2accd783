import { bloom, developed, toYuv, vignette } from './develop.ts';
import { frameBytes, frameHeight, frameWidth } from './frame-size.ts';
import type { Ground } from './ground.ts';
import type { Lamp, Lighting } from './light.ts';
import type { Mood } from './mood.ts';
import { clamp, hash, noise } from './noise.ts';
import { clearRaster, createRaster } from './raster.ts';
import { type Hills, skyLight } from './sky.ts';
import { dot, type Face, type Vec } from './solid.ts';
import { paint, type Look, type Spot } from './surface.ts';
import { drawFace, project, rayThrough, type View } from './view.ts';

export interface Stage {
  readonly view: View;
  readonly mood: Mood;
  readonly ground: Ground;
  readonly hills: Hills;
  /** Everything that stands still; the ground is among them. */
  readonly faces: readonly Face[];
  readonly lamps: readonly Lamp[];
  readonly wires: readonly { readonly from: Vec; readonly to: Vec; readonly sag: number }[];
  readonly lighting: Lighting;
  /** Wet ground mirrors the lamps. */
  readonly wet: boolean;
}

export interface Background {
  readonly yuv: Uint8Array;
  /** How far away what stands at a pixel is, in decimetres; 65,535 where nothing stands. Small, because every frame reads it. */
  readonly depth: Uint16Array;
  /** How much of each pixel is open sky, in ninths. */
  readonly sky: Uint8Array;
}

const samples = 3;
/** Kept between scenes: one is built at a time and it is large. */
const raster = createRaster(frameWidth * samples, frameHeight * samples);

/** Draws everything that stands still, once: shapes with nine samples a pixel, light and texture once per pixel and face. */
export function drawBackground(stage: Stage): Background {
  clearRaster(raster);
  stage.faces.forEach((face, i) => drawFace(raster, stage.view, face, i + 1, samples));
  const light = new Float32Array(frameWidth * frameHeight * 3);
  const depth = new Float32Array(frameWidth * frameHeight);
  const sky = new Uint8Array(frameWidth * frameHeight);
  const shade = createShader(stage);
  for (let y = 0; y < frameHeight; y += 1) {
    for (let x = 0; x < frameWidth; x += 1) resolvePixel(x, y, shade, light, depth, sky);
  }
  drawWires(stage, light, depth);
  if (stage.wet) mirrorLamps(stage, light, depth);
  bloom(light, frameWidth, frameHeight, 0.75, stage.mood.lit ? 0.55 : 0.2);
  return {
    yuv: develop(light, stage.mood.exposure),
    depth: Uint16Array.from(depth, (metres) => Math.min(65_535, metres * 10)),
    sky,
  };
}

type Shade = (id: number, x: number, y: number, near: number, out: [number, number, number]) => boolean;
const seenIds = new Int32Array(9);
const seenCounts = new Int32Array(9);
const sums = new Float64Array(27);
const mixed: [number, number, number] = [0, 0, 0];

function resolvePixel(x: number, y: number, shade: Shade, light: Float32Array, depth: Float32Array, sky: Uint8Array): void {
  if (resolveWhole(x, y, shade, light, depth, sky)) return;
  let kinds = 0;
  for (let j = 0; j < samples; j += 1) {
    for (let i = 0; i < samples; i += 1) {
      const at = (y * samples + j) * raster.width + x * samples + i;
      const id = raster.ids[at] ?? 0;
      let k = 0;
      while (k < kinds && seenIds[k] !== id) k += 1;
      if (k === kinds) {
        seenIds[k] = id;
        seenCounts[k] = 0;
        sums.fill(0, k * 3, k * 3 + 3);
        kinds += 1;
      }
      seenCounts[k] = (seenCounts[k] ?? 0) + 1;
      sums[k * 3] = (sums[k * 3] ?? 0) + i;
      sums[k * 3 + 1] = (sums[k * 3 + 1] ?? 0) + j;
      sums[k * 3 + 2] = (sums[k * 3 + 2] ?? 0) + (raster.near[at] ?? 0);
    }
  }
  const pixel = y * frameWidth + x;
  let most = 0;
  for (let k = 0; k < kinds; k += 1) {
    const count = seenCounts[k] ?? 1;
    const sx = x + ((sums[k * 3] ?? 0) / count + 0.5) / samples;
    const sy = y + ((sums[k * 3 + 1] ?? 0) / count + 0.5) / samples;
    const near = (sums[k * 3 + 2] ?? 0) / count;
    const solid = shade(seenIds[k] ?? 0, sx, sy, near, mixed);
    const part = count / 9;
    for (let c = 0; c < 3; c += 1) light[pixel * 3 + c] = (light[pixel * 3 + c] ?? 0) + (mixed[c] ?? 0) * part;
    if ((seenIds[k] ?? 0) === 0 && solid) sky[pixel] = count;
    if (count > most) {
      most = count;
      depth[pixel] = (seenIds[k] ?? 0) > 0 && solid ? 1 / near : Number.POSITIVE_INFINITY;
    }
  }
}

/** The short way for the pixels, most of them, whose nine samples are of one face. */
function resolveWhole(x: number, y: number, shade: Shade, light: Float32Array, depth: Float32Array, sky: Uint8Array): boolean {
  const at = y * samples * raster.width + x * samples;
  const { ids, width } = raster;
  const id = ids[at] as number;
  for (let j = 0; j < samples; j += 1) {
    const row = at + j * width;
    if (ids[row] !== id || ids[row + 1] !== id || ids[row + 2] !== id) return false;
  }
  const near = raster.near[at + width + 1] as number;
  const solid = shade(id, x + 0.5, y + 0.5, near, mixed);
  const pixel = y * frameWidth + x;
  light.set(mixed, pixel * 3);
  if (id === 0 && solid) sky[pixel] = samples * samples;
  depth[pixel] = id > 0 && solid ? 1 / near : Number.POSITIVE_INFINITY;
  return true;
}

/** The light that comes from a face (or the sky) at a place of the picture; tells whether it stands up (or is open sky). */
function createShader(stage: Stage): Shade {
  const { view, mood, ground, faces, lighting } = stage;
  const look: Look = { albedo: [0, 0, 0], glow: [0, 0, 0] };
  const fall: [number, number, number] = [0, 0, 0];
  const clear = 1 - mood.haze;
  return (id, x, y, near, out) => {
    const ray = rayThrough(view, x, y);
    const face = faces[id - 1];
    if (face === undefined) return skyLight(mood, stage.hills, ray, 1 / view.focal, out);
    const depth = 1 / near;
    const px = ray[0] * depth;
    const py = ray[1] * depth;
    const pz = view.heightM + ray[2] * depth;
    const { normal, origin, u, v, surface } = face;
    const grazing = Math.abs(dot(normal, ray)) / Math.sqrt(dot(ray, ray));
    const spot: Spot = {
      u: (px - origin[0]) * u[0] + (py - origin[1]) * u[1] + (pz - origin[2]) * u[2],
      v: (px - origin[0]) * v[0] + (py - origin[1]) * v[1] + (pz - origin[2]) * v[2],
      x: px,
      y: py,
      z: pz,
      blur: (depth / view.focal) * Math.min(4, 0.75 / Math.max(0.06, grazing) ** 0.7),
    };
    paint(surface, spot, ground, mood.lit, look);
    lighting.fall(px, py, pz, normal, fall);
    const through = clear ** (depth / 100);
    const wet = stage.wet && surface.kind === 'ground' ? 0.55 : 1;
    const mirror =
      surface.kind === 'water' ? water(px, py, grazing) : stage.wet && surface.kind === 'ground' ? 0.16 * (1 - grazing) : 0;
    // Water mirrors the sky above the horizon, a wet road what is low over it.
    const deep = surface.kind === 'water' ? 0.75 : 0;
    for (let i = 0; i < 3; i += 1) {
      const own =
        (look.albedo[i] ?? 0) * (fall[i] ?? 0) * wet +
        (look.glow[i] ?? 0) +
        ((mood.horizon[i] ?? 0) * (1 - deep) + (mood.zenith[i] ?? 0) * deep) * mirror;
      out[i] = own * through + (mood.horizon[i] ?? 0) * (1 - through);
    }
    return surface.kind !== 'ground' && surface.kind !== 'water';
  };
}

/** How much of the horizon water mirrors at a place: more at a flat angle, broken by slow ripples. */
function water(x: number, y: number, grazing: number): number {
  const ripple = noise(x * 0.5, y * 1.6) * 0.6 + noise(x * 1.6 + 7, y * 5) * 0.4;
  return (0.1 + 0.62 * (1 - grazing) ** 3) * (0.72 + 0.5 * ripple);
}

/** Cables sag between poles; they are thinner than a pixel, so they only darken what is behind them. */
function drawWires(stage: Stage, light: Float32Array, depth: Float32Array): void {
  for (const wire of stage.wires) {
    const steps = 1200;
    let [beforeX, beforeY] = [-1e9, -1e9];
    for (let i = 0; i <= steps; i += 1) {
      const t = i / steps;
      const p = project(stage.view, [
        wire.from[0] + (wire.to[0] - wire.from[0]) * t,
        wire.from[1] + (wire.to[1] - wire.from[1]) * t,
        wire.from[2] + (wire.to[2] - wire.from[2]) * t - 4 * wire.sag * t * (1 - t),
      ]);
      // One touch a pixel, however short the wire is in the picture.
      if (p.depth < 1 || Math.hypot(p.x - beforeX, p.y - beforeY) < 0.9) continue;
      [beforeX, beforeY] = [p.x, p.y];
      splat(light, depth, p.x, p.y, p.depth, clamp(11 / p.depth, 0.06, 0.55));
    }
  }
}

function splat(light: Float32Array, depth: Float32Array, x: number, y: number, far: number, dark: number): void {
  const x0 = Math.floor(x - 0.5);
  const y0 = Math.floor(y - 0.5);
  for (let j = 0; j < 2; j += 1) {
    for (let i = 0; i < 2; i += 1) {
      const [px, py] = [x0 + i, y0 + j];
      if (px < 0 || py < 0 || px >= frameWidth || py >= frameHeight) continue;
      const at = py * frameWidth + px;
      if ((depth[at] ?? 0) < far) continue;
      const part = dark * (1 - Math.abs(x - 0.5 - px)) * (1 - Math.abs(y - 0.5 - py));
      for (let c = 0; c < 3; c += 1) light[at * 3 + c] = (light[at * 3 + c] ?? 0) * (1 - part);
    }
  }
}

/** Streaks of lamplight on a wet road: a lamp's mirror image, drawn out towards the camera by the water's ripples. */
function mirrorLamps(stage: Stage, light: Float32Array, depth: Float32Array): void {
  for (const lamp of stage.lamps) {
    const p = project(stage.view, [lamp.at[0], lamp.at[1], -lamp.at[2] * 0.55]);
    if (p.depth < 1) continue;
    const wide = Math.max(1.6, (stage.view.focal * 0.35) / p.depth);
    const long = Math.max(10, (stage.view.focal * 3.4) / p.depth);
    const power = Math.min(0.55, lamp.power * 0.012) * Math.min(1, 26 / p.depth);
    for (let y = Math.max(0, Math.floor(p.y - 2 * long)); y < Math.min(frameHeight, p.y + 2 * long); y += 1) {
      const ripple = 0.45 + 0.55 * hash(y >> 1, Math.floor(p.x), 5);
      for (let x = Math.max(0, Math.floor(p.x - 3 * wide)); x < Math.min(frameWidth, p.x + 3 * wide); x += 1) {
        const at = y * frameWidth + x;
        if (Number.isFinite(depth[at] ?? 0)) continue;
        const add = power * ripple * Math.exp(-(((x - p.x) / wide) ** 2) - ((y - p.y) / long) ** 2 * 2);
        for (let c = 0; c < 3; c += 1) light[at * 3 + c] = (light[at * 3 + c] ?? 0) + add * (lamp.colour[c] ?? 1);
      }
    }
  }
}

function develop(light: Float32Array, exposure: number): Uint8Array {
  const yuv = new Uint8Array(frameBytes);
  const luma = frameWidth * frameHeight;
  const chroma = luma / 4;
  const us = new Float32Array(chroma);
  const vs = new Float32Array(chroma);
  const one: [number, number, number] = [0, 0, 0];
  for (let y = 0; y < frameHeight; y += 1) {
    for (let x = 0; x < frameWidth; x += 1) {
      const at = y * frameWidth + x;
      const lens = vignette(x, y, frameWidth, frameHeight) * exposure;
      toYuv(
        developed((light[at * 3] ?? 0) * lens),
        developed((light[at * 3 + 1] ?? 0) * lens),
        developed((light[at * 3 + 2] ?? 0) * lens),
        one,
      );
      const grain = (hash(x, y, 3) + hash(x, y, 4) - 1) * 2.4;
      yuv[at] = clamp(one[0] + grain, 16, 235);
      const to = (y >> 1) * (frameWidth / 2) + (x >> 1);
      us[to] = (us[to] ?? 0) + one[1] / 4;
      vs[to] = (vs[to] ?? 0) + one[2] / 4;
    }
  }
  for (let i = 0; i < chroma; i += 1) {
    yuv[luma + i] = clamp(128 + (us[i] ?? 0), 16, 240);
    yuv[luma + chroma + i] = clamp(128 + (vs[i] ?? 0), 16, 240);
  }
  return yuv;
}
