import { developed, toYuv, vignette } from './develop.ts';
import type { Lighting } from './light.ts';
import type { Mood } from './mood.ts';
import { clamp } from './noise.ts';
import { packSprite } from './pack-sprite.ts';
import { createRaster, fillConvex, type Raster } from './raster.ts';
import type { Face, Pose, Vec } from './solid.ts';
import type { Sprite } from './sprite.ts';
import { drawFace, project, rayThrough, type View } from './view.ts';

export interface SpriteLight {
  readonly view: View;
  readonly mood: Mood;
  readonly lighting: Lighting;
}

const overhead: Vec = [0.05, 0.05, 1];
/** Samples per pixel and side: small things need more to keep their shape than large ones to keep their edges. */
const samplesFor = (width: number): number => (width > 60 ? 2 : width > 16 ? 3 : 4);
const maxSamples = 4;
/** Things larger than this are drawn a little coarser: they are near, fast and soon gone. */
const fineWidth = 150;
const maxWidth = 240;
const maxHeight = 240;
// One sprite is made at a time.
const shape: Raster = createRaster(maxWidth * maxSamples, maxHeight * maxSamples);
const scratch = new Float32Array(maxWidth * maxHeight * 4);
/** The shadow lies behind everything: no face of a model is as far away as this says (1/m). */
const shadowNear = 1e-6;
const shadowId = 65_535;

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Draws a model where it stands, with its shadow and, when lamps are on, the light it throws ahead (`beamM` metres, 0 for none). */
export function makeSprite(at: SpriteLight, faces: readonly Face[], pose: Pose, beamM: number): Sprite | null {
  const { mood } = at;
  // Who walks in a house's shadow has none of his own but where he stands.
  const inSun = mood.softness <= 1 && !(mood.lit && mood.sunLight[0] < 0.3) && at.lighting.sunAt(pose.x, pose.y, 0.9) > 0.5;
  const shadows = shadowShapes(inSun ? mood.sun : overhead, faces);
  const beam = mood.lit && beamM > 0 ? beamM : 0;
  const solid = [...faces.flatMap((face) => face.points), ...shadows.flat()];
  const large = boundsOf(at.view, solid);
  if (large === null) return null;
  const fineness = Math.min(1, fineWidth / large.width, fineWidth / large.height);
  const view = coarser(at.view, fineness);
  const light = { ...at, view };
  const body = boundsOf(view, solid);
  const bounds = beam > 0 ? boundsOf(view, [...solid, ...beamCorners(pose, beam)]) : body;
  if (
    bounds === null ||
    body === null ||
    body.width > maxWidth ||
    body.height > maxHeight ||
    bounds.width > maxWidth ||
    bounds.height > maxHeight
  )
    return null;
  const { left, top } = body;
  const samples = samplesFor(body.width);
  clearPart(shape, body, samples);
  faces.forEach((face, i) => drawFace(shape, view, face, i + 1, samples, left, top));
  drawShadows(shadows, view, samples, left, top);
  const colours = colourFaces(light, faces, pose, bounds);
  const pixels = scratch;
  pixels.fill(0, 0, bounds.width * bounds.height * 4);
  blendSamples(body, bounds, samples, colours, inSun ? 0.56 : 0.42, pixels);
  if (beam > 0) throwBeam(view, pose, beam, bounds, lensAt(view, bounds) * mood.exposure, pixels);
  const foot = project(view, [pose.x, pose.y, 0]);
  return packSprite({ ...bounds, left: bounds.left - foot.x, top: bounds.top - foot.y }, fineness, pixels);
}

function drawShadows(shadows: readonly Vec[][], view: View, samples: number, left: number, top: number): void {
  for (const points of shadows) {
    const corners = points.map((point) => project(view, point));
    if (corners.some((corner) => corner.depth < 0.5)) continue;
    fillConvex(
      shape,
      corners.map((c) => (c.x - left) * samples),
      corners.map((c) => (c.y - top) * samples),
      corners.map(() => shadowNear),
      shadowId,
    );
  }
}

/** The same view in a smaller picture. */
function coarser(view: View, part: number): View {
  return part === 1 ? view : { ...view, focal: view.focal * part, centreX: view.centreX * part, centreY: view.centreY * part };
}

function lensAt(view: View, { left, top, width, height }: Bounds): number {
  return vignette(left + width / 2, top + height / 2, view.centreX * 2, view.centreY * 2);
}

function clearPart(raster: Raster, { width, height }: Bounds, samples: number): void {
  for (let y = 0; y < height * samples; y += 1) {
    const at = y * raster.width;
    raster.near.fill(0, at, at + width * samples);
    raster.ids.fill(0, at, at + width * samples);
  }
}

function boundsOf(view: View, points: readonly Vec[]): Bounds | null {
  let [x0, y0, x1, y1] = [1e9, 1e9, -1e9, -1e9];
  for (const point of points) {
    const p = project(view, point);
    if (p.depth < 1) return null;
    x0 = Math.min(x0, p.x);
    x1 = Math.max(x1, p.x);
    y0 = Math.min(y0, p.y);
    y1 = Math.max(y1, p.y);
  }
  const left = Math.floor(x0 / 2 - 1) * 2;
  const top = Math.floor(y0 / 2 - 1) * 2;
  const width = Math.ceil((x1 - left) / 2 + 1) * 2;
  const height = Math.ceil((y1 - top) / 2 + 1) * 2;
  return width < 2 || height < 2 ? null : { left, top, width, height };
}

/** What the model keeps light from: each face thrown onto the ground along the light. A low sun's shadows are kept to one and a half times the height. */
function shadowShapes(towards: Vec, faces: readonly Face[]): Vec[][] {
  const [sx, sy, sz] = towards;
  const steep = Math.max(sz, 0.66 * Math.hypot(sx, sy));
  return faces
    .filter((face) => face.normal[0] * sx + face.normal[1] * sy + face.normal[2] * sz > 0 && face.surface.kind !== 'glow')
    .map((face) => face.points.map((p): Vec => [p[0] - (sx / steep) * p[2], p[1] - (sy / steep) * p[2], 0]));
}

function colourFaces(light: SpriteLight, faces: readonly Face[], pose: Pose, bounds: Bounds): Float32Array {
  const { view, mood, lighting } = light;
  const lens = lensAt(view, bounds) * mood.exposure;
  const out = new Float32Array(faces.length * 3);
  const through = (1 - mood.haze) ** (project(view, [pose.x, pose.y, 1]).depth / 100);
  // Something so small is lit the same on all faces that look one way.
  const falls = new Map<number, [number, number, number]>();
  const yuv: [number, number, number] = [0, 0, 0];
  const rgb: [number, number, number] = [0, 0, 0];
  faces.forEach((face, i) => {
    const [nx, ny, nz] = face.normal;
    const towards = (Math.round(nx * 4) * 16 + Math.round(ny * 4)) * 16 + Math.round(nz * 4);
    const fall = falls.get(towards) ?? [0, 0, 0];
    if (!falls.has(towards)) lighting.fall(pose.x + nx, pose.y + ny, 1 + 0.6 * nz, face.normal, fall);
    falls.set(towards, fall);
    // Polished things mirror the sky where they look up and the horizon elsewhere.
    const polish = face.surface.kind === 'glass' ? 0.06 + 0.14 * Math.max(0, face.normal[2]) : 0;
    const glow = face.surface.kind === 'glow' && mood.lit ? (face.surface.glow ?? 1) : 0;
    for (let c = 0; c < 3; c += 1) {
      const sky = ((mood.horizon[c] ?? 0) + (mood.zenith[c] ?? 0)) / 2;
      const own = (face.surface.colour[c] ?? 0) * ((fall[c] ?? 0) + glow) + sky * polish;
      rgb[c] = developed((own * through + (mood.horizon[c] ?? 0) * (1 - through)) * lens);
    }
    toYuv(rgb[0], rgb[1], rgb[2], yuv);
    out.set(yuv, i * 3);
  });
  return out;
}

function blendSamples(
  body: Bounds,
  bounds: Bounds,
  samples: number,
  colours: Float32Array,
  darkness: number,
  pixels: Float32Array,
): void {
  const all = samples * samples;
  const { ids, width: stride } = shape;
  for (let y = 0; y < body.height; y += 1) {
    for (let x = 0; x < body.width; x += 1) {
      let [cover, luma, u, v, dark] = [0, 0, 0, 0, 0];
      for (let j = 0; j < samples; j += 1) {
        const at = (y * samples + j) * stride + x * samples;
        for (let i = at; i < at + samples; i += 1) {
          const id = ids[i] as number;
          if (id === 0) continue;
          if (id === shadowId) dark += 1;
          else {
            const from = (id - 1) * 3;
            cover += 1;
            luma += colours[from] as number;
            u += colours[from + 1] as number;
            v += colours[from + 2] as number;
          }
        }
      }
      if (cover + dark === 0) continue;
      const to = ((y + body.top - bounds.top) * bounds.width + x + body.left - bounds.left) * 4;
      // A shadow is dark laid over the ground: near black, and a little grey.
      const shade = (dark / all) * darkness;
      pixels[to] = cover / all + shade;
      pixels[to + 1] = luma / all + shade * 20;
      pixels[to + 2] = u / all;
      pixels[to + 3] = v / all;
    }
  }
}

function beamCorners(pose: Pose, beam: number): Vec[] {
  if (beam === 0) return [];
  const [s, c] = [Math.sin(pose.angle), Math.cos(pose.angle)];
  return (
    [
      [-1.6, beam],
      [1.6, beam],
      [-1, 1],
      [1, 1],
    ] as const
  ).map(([r, a]) => [pose.x + r * c + a * s, pose.y + r * s - a * c, 0]);
}

/** Light on the road ahead: added to what is there, strongest a few metres ahead. */
function throwBeam(view: View, pose: Pose, beam: number, bounds: Bounds, lens: number, pixels: Float32Array): void {
  const [s, c] = [Math.sin(pose.angle), Math.cos(pose.angle)];
  const dark = developed(0.012 * lens);
  for (let y = 0; y < bounds.height; y += 1) {
    const ray = rayThrough(view, view.centreX, bounds.top + y + 0.5);
    if (ray[2] >= -0.01) continue;
    const t = -view.heightM / ray[2];
    const dy = ray[1] * t - pose.y;
    for (let x = 0; x < bounds.width; x += 1) {
      const to = (y * bounds.width + x) * 4;
      const free = 1 - (pixels[to] ?? 0);
      if (free <= 0) continue;
      const dx = ((bounds.left + x + 0.5 - view.centreX) / view.focal) * t - pose.x;
      const ahead = dx * s - dy * c - 1;
      const aside = dx * c + dy * s;
      if (ahead <= 0 || ahead > beam) continue;
      const wide = 0.7 + 0.16 * ahead;
      if (Math.abs(aside) > 2.5 * wide) continue;
      const power =
        clamp(ahead / 1.2, 0, 1) * Math.exp(-ahead / 3.4) * clamp((beam - ahead) / 2, 0, 1) * Math.exp(-((aside / wide) ** 2));
      const gain = (developed((0.012 + 0.22 * power) * lens) - dark) * 219 * free;
      pixels[to + 1] = (pixels[to + 1] ?? 0) + gain;
      pixels[to + 2] = (pixels[to + 2] ?? 0) - gain * 0.06;
      pixels[to + 3] = (pixels[to + 3] ?? 0) + gain * 0.03;
    }
  }
}
