import type { Mood } from './mood.ts';
import { clamp } from './noise.ts';
import { clearRaster, createRaster, fillConvex, type Raster } from './raster.ts';
import { cross, dot, type Colour, type Face, unit, type Vec } from './solid.ts';

/** A lamp that is on. */
export interface Lamp {
  readonly at: Vec;
  readonly colour: Colour;
  /** Light at one metre. */
  readonly power: number;
}

export interface Lighting {
  /** The light that falls on a place of a face with this normal, into `out`. */
  fall(x: number, y: number, z: number, normal: Vec, out: [number, number, number]): void;
  /** How much of the sun reaches a place, 0 to 1. */
  sunAt(x: number, y: number, z: number): number;
}

const mapSide = 1024;
const mapMetres = 150;
const cellMetres = 0.75;
const cells = 220;

/** Sun or moon with shadows, the sky dimmed by what stands around, and the lamps. */
export function createLighting(mood: Mood, faces: readonly Face[], lamps: readonly Lamp[]): Lighting {
  const sunMap = shadowMap(mood, faces);
  const open = openness(faces);
  const bounce = [0.1, 0.09, 0.075] as const;
  return {
    sunAt: sunMap,
    fall(x, y, z, normal, out) {
      const facing = dot(normal, mood.sun);
      const sun = facing > 0 ? facing * sunMap(x + normal[0] * 0.08, y + normal[1] * 0.08, z + normal[2] * 0.08) : 0;
      const up = 0.5 + 0.5 * normal[2];
      const seen = open(x + normal[0] * 0.8, y + normal[1] * 0.8, z);
      for (let i = 0; i < 3; i += 1) {
        const sky = (mood.skyLight[i] ?? 0) * (0.42 + 0.58 * up) * seen;
        const back = (mood.sunLight[i] ?? 0) * (bounce[i] ?? 0) * (1 - up) * seen;
        out[i] = (mood.sunLight[i] ?? 0) * sun + sky + back;
      }
      for (let i = 0; i < lamps.length; i += 1) {
        const lamp = lamps[i] as Lamp;
        const dx = lamp.at[0] - x;
        const dy = lamp.at[1] - y;
        const dz = lamp.at[2] - z;
        const d2 = dx * dx + dy * dy + dz * dz;
        // Beyond this its light cannot be seen.
        const reach2 = Math.min(900, lamp.power * 90);
        if (d2 > reach2) continue;
        const towards = (dx * normal[0] + dy * normal[1] + dz * normal[2]) / Math.sqrt(d2 + 0.01);
        if (towards <= 0) continue;
        const fall = (lamp.power * towards * (1 - d2 / reach2)) / (d2 + 1.5);
        out[0] += lamp.colour[0] * fall;
        out[1] += lamp.colour[1] * fall;
        out[2] += lamp.colour[2] * fall;
      }
    },
  };
}

/** Kept between scenes: one is built at a time and the map is large. */
const scratch: Raster = createRaster(mapSide, mapSide);

/** How much of the sun reaches a place, 0 to 1. Looks down from the sun once and remembers how near things came. */
function shadowMap(mood: Mood, faces: readonly Face[]): (x: number, y: number, z: number) => number {
  const right = unit(cross([0, 0, 1], mood.sun));
  const up = cross(mood.sun, right);
  const scale = mapSide / mapMetres;
  const centre: Vec = [0, mapMetres * 0.36, 0];
  const [cr, cu] = [dot(centre, right), dot(centre, up)];
  const toX = (p: Vec) => (dot(p, right) - cr) * scale + mapSide / 2;
  const toY = (p: Vec) => (dot(p, up) - cu) * scale + mapSide / 2;
  clearRaster(scratch);
  faces.forEach((face) => {
    if (dot(face.normal, mood.sun) <= 0 || face.surface.kind === 'ground') return;
    // Depths are lifted so that all are above the 0 that means "nothing".
    fillConvex(
      scratch,
      face.points.map(toX),
      face.points.map(toY),
      face.points.map((p) => dot(p, mood.sun) + 1000),
      1,
    );
  });
  // In centimetres, which is fine enough and half the memory.
  const near = new Uint16Array(mapSide * mapSide);
  for (let i = 0; i < near.length; i += 1) near[i] = scratch.near[i] === 0 ? 0 : ((scratch.near[i] as number) - 800) * 100;
  const spread = Math.max(0.6, mood.softness * scale);
  const taps: [number, number][] = [];
  for (let i = 0; i < 10; i += 1) {
    // The outermost first: where they agree, those between need not be asked.
    const r = Math.sqrt((9.5 - i) / 10) * spread;
    taps.push([Math.cos(i * 2.4) * r, Math.sin(i * 2.4) * r]);
  }
  return (x, y, z) => {
    const p: Vec = [x, y, z];
    const px = toX(p);
    const py = toY(p);
    const depth = (dot(p, mood.sun) + 200 + 0.12 + spread * 0.03) * 100;
    let lit = 0;
    for (let i = 0; i < taps.length; i += 1) {
      if (i === 5 && (lit === 0 || lit === 5)) return lit / 5;
      const [dx, dy] = taps[i] as [number, number];
      const mx = Math.floor(px + dx);
      const my = Math.floor(py + dy);
      if (mx < 0 || my < 0 || mx >= mapSide || my >= mapSide || (near[my * mapSide + mx] ?? 0) < depth) lit += 1;
    }
    return lit / taps.length;
  };
}

/** How much of the sky a place sees, 0.35 to 1: what stands higher in the cells around it takes sky away. */
function openness(faces: readonly Face[]): (x: number, y: number, z: number) => number {
  const heights = new Float32Array(cells * cells);
  const toCell = (metres: number, offset: number) => clamp(Math.floor(metres / cellMetres + offset), 0, cells - 1);
  for (const face of faces) {
    if (face.surface.kind === 'ground' || face.normal[2] < 0.3) continue;
    const xs = face.points.map((p) => p[0]);
    const ys = face.points.map((p) => p[1]);
    const top = Math.max(...face.points.map((p) => p[2]));
    for (let cy = toCell(Math.min(...ys), 10); cy <= toCell(Math.max(...ys), 10); cy += 1) {
      for (let cx = toCell(Math.min(...xs), cells / 2); cx <= toCell(Math.max(...xs), cells / 2); cx += 1) {
        const at = cy * cells + cx;
        if (top > (heights[at] ?? 0)) heights[at] = top;
      }
    }
  }
  const soft = blurGrid(blurGrid(heights));
  return (x, y, z) => {
    const gx = clamp(x / cellMetres + cells / 2 - 0.5, 0, cells - 2);
    const gy = clamp(y / cellMetres + 10 - 0.5, 0, cells - 2);
    const ix = Math.floor(gx);
    const iy = Math.floor(gy);
    const [tx, ty] = [gx - ix, gy - iy];
    const at = iy * cells + ix;
    const a = (soft[at] ?? 0) * (1 - tx) + (soft[at + 1] ?? 0) * tx;
    const b = (soft[at + cells] ?? 0) * (1 - tx) + (soft[at + cells + 1] ?? 0) * tx;
    const above = Math.max(0, a + (b - a) * ty - z);
    return Math.max(0.35, 1 / (1 + above * 0.16));
  };
}

function blurGrid(grid: Float32Array): Float32Array {
  const out = new Float32Array(grid.length);
  const reach = 2;
  const line = new Float32Array(grid.length);
  for (const [from, to, step, other] of [
    [grid, line, 1, cells],
    [line, out, cells, 1],
  ] as const) {
    for (let k = 0; k < cells; k += 1) {
      for (let i = reach; i < cells - reach; i += 1) {
        let sum = 0;
        for (let j = -reach; j <= reach; j += 1) sum += from[k * other + (i + j) * step] ?? 0;
        to[k * other + i * step] = sum / (2 * reach + 1);
      }
    }
  }
  return out;
}
