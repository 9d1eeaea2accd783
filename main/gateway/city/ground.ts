import { hash, noise, smooth, within } from './noise.ts';
import type { Colour } from './solid.ts';

/** A straight road from a to b, in metres on the ground. */
export interface Road {
  readonly a: readonly [x: number, y: number];
  readonly b: readonly [x: number, y: number];
  readonly width: number;
  readonly lanes: number;
  /** Width of the strip in the middle; 0 is a dashed line. */
  readonly median?: number;
  readonly walk?: number;
  readonly paving?: 'asphalt' | 'dirt' | 'pavers';
}

export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly paving: 'asphalt' | 'lawn' | 'pavers';
}

/** Stripes for people: centre, extent along x and y, and the axis the stripes lie along. */
export interface Zebra {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly depth: number;
  readonly along: 'x' | 'y';
}

/** Parking bays in a row along x. */
export interface Bays {
  readonly x: number;
  readonly y: number;
  readonly count: number;
  readonly pitch: number;
  readonly depth: number;
}

export interface Ground {
  readonly base: 'dirt' | 'lawn' | 'pavers' | 'asphalt' | 'concrete';
  readonly roads: readonly Road[];
  readonly discs?: readonly Disc[];
  readonly zebras?: readonly Zebra[];
  readonly bays?: readonly Bays[];
  /** y of lines across the whole road in front of which traffic waits. */
  readonly stopLines?: readonly { readonly x: number; readonly y: number; readonly width: number; readonly along: 'x' | 'y' }[];
}

type Paint = [r: number, g: number, b: number];

/** The colour of the ground at a place; `blur` is how many metres one pixel covers there. */
export function paintGround(ground: Ground, x: number, y: number, blur: number, out: Paint): void {
  base(ground.base, x, y, out);
  let inside = 0;
  for (const road of ground.roads) inside += paveRoad(road, x, y, blur, out);
  for (const disc of ground.discs ?? []) {
    const d = Math.sqrt((x - disc.x) ** 2 + (y - disc.y) ** 2);
    if (d > disc.radius + 0.5) continue;
    if (disc.paving === 'asphalt') asphalt(x, y, out);
    else if (disc.paving === 'lawn') base('lawn', x, y, out);
    else base('pavers', x, y, out);
    if (disc.paving !== 'asphalt') {
      const edge = within(d, disc.radius - 0.35, disc.radius + 0.1, blur);
      kerb(Math.atan2(y - disc.y, x - disc.x) * disc.radius, edge, out);
    } else inside += 2;
  }
  if (inside === 1) for (const road of ground.roads) markRoad(road, x, y, blur, out);
  markings(ground, x, y, blur, out);
}

function base(kind: Ground['base'], x: number, y: number, out: Paint): void {
  const rough = noise(x * 0.35, y * 0.35) * 0.5 + noise(x * 1.7, y * 1.7) * 0.3 + noise(x * 6, y * 6) * 0.2;
  if (kind === 'asphalt') return asphalt(x, y, out);
  if (kind === 'lawn') return shade(out, [0.085, 0.13, 0.05], 0.6 + rough * 0.8);
  if (kind === 'concrete') return shade(out, [0.33, 0.32, 0.3], 0.75 + rough * 0.5);
  if (kind === 'dirt') return shade(out, [0.3, 0.245, 0.18], 0.62 + rough * 0.7);
  const tile = 0.9 + 0.2 * hash(Math.floor(x / 0.6), Math.floor(y / 0.6));
  shade(out, [0.33, 0.29, 0.25], tile * (0.75 + rough * 0.4));
}

function asphalt(x: number, y: number, out: Paint): void {
  const patch = smooth(0.6, 0.66, noise(x * 0.12 + 9, y * 0.09)) * 0.18;
  shade(out, [0.105, 0.105, 0.11], 0.82 + noise(x * 0.5, y * 0.25) * 0.3 + noise(x * 5, y * 5) * 0.12 - patch);
}

function shade(out: Paint, colour: Colour, times: number): void {
  out[0] = colour[0] * times;
  out[1] = colour[1] * times;
  out[2] = colour[2] * times;
}

function blend(out: Paint, colour: Colour, part: number): void {
  if (part <= 0) return;
  out[0] += (colour[0] - out[0]) * part;
  out[1] += (colour[1] - out[1]) * part;
  out[2] += (colour[2] - out[2]) * part;
}

/** Kerbs in Peshawar are painted yellow and black. */
function kerb(along: number, part: number, out: Paint): void {
  if (part <= 0) return;
  const yellow = Math.floor(along) % 2 === 0;
  blend(out, yellow ? [0.5, 0.38, 0.08] : [0.05, 0.05, 0.05], part * 0.75);
}

const white: Colour = [0.52, 0.52, 0.5];

/** Lays a road's surface and edges; 1 where the place is on the carriageway. */
function paveRoad(road: Road, x: number, y: number, blur: number, out: Paint): number {
  const [t, d, length] = onRoad(road, x, y);
  if (t < -1 || t > length + 1) return 0;
  const half = road.width / 2;
  const off = Math.abs(d);
  const walk = road.walk ?? 0;
  if (off > half + walk + 0.3) return 0;
  if (off > half) {
    if (walk > 0) base('pavers', x, y, out);
    kerb(t, walk > 0 ? within(off, half, half + 0.3, blur) : 0, out);
    return 0;
  }
  if (road.paving === 'dirt') base('dirt', x, y, out);
  else if (road.paving === 'pavers') base('pavers', x, y, out);
  else asphalt(x, y, out);
  // Wheels polish two tracks in every lane, oil darkens the middle between them.
  const lane = road.width / road.lanes;
  const inLane = ((d + half) % lane) / lane;
  const worn =
    1 +
    0.1 * (smooth(0.2, 0.1, Math.abs(inLane - 0.25)) + smooth(0.2, 0.1, Math.abs(inLane - 0.75))) -
    0.16 * smooth(0.14, 0, Math.abs(inLane - 0.5));
  const dust = smooth(half - 1.2, half, off) * 0.5;
  shade(out, [out[0], out[1], out[2]], worn);
  blend(out, [0.24, 0.2, 0.15], dust * (0.4 + 0.6 * noise(t * 0.4, d)));
  return 1;
}

function markRoad(road: Road, x: number, y: number, blur: number, out: Paint): void {
  if (road.paving === 'dirt' || road.paving === 'pavers') return;
  const [t, d, length] = onRoad(road, x, y);
  const half = road.width / 2;
  if (t < 0 || t > length || Math.abs(d) > half) return;
  const fade = 0.55 + 0.45 * noise(t * 0.7 + 31, d * 3);
  const lane = road.width / road.lanes;
  blend(out, white, within(Math.abs(d), half - 0.45, half - 0.3, blur) * 0.6 * fade);
  const median = road.median ?? 0;
  for (let i = 1; i < road.lanes; i += 1) {
    const at = i * lane - half;
    if (median > 0 && Math.abs(at) < 0.1) continue;
    blend(out, white, within(d, at - 0.08, at + 0.08, blur) * within(t % 9, 0, 3.5, blur) * fade);
  }
  if (median > 0 && Math.abs(d) < median / 2 + 0.2) {
    base(median > 1.5 ? 'lawn' : 'concrete', x, y, out);
    kerb(t, within(Math.abs(d), median / 2 - 0.1, median / 2 + 0.2, blur), out);
  }
}

function markings(ground: Ground, x: number, y: number, blur: number, out: Paint): void {
  for (const zebra of ground.zebras ?? []) {
    const dx = x - zebra.x;
    const dy = y - zebra.y;
    const inside = within(dx, -zebra.width / 2, zebra.width / 2, blur) * within(dy, -zebra.depth / 2, zebra.depth / 2, blur);
    if (inside <= 0) continue;
    const across = (((zebra.along === 'y' ? dx : dy) % 1.1) + 1.1) % 1.1;
    blend(out, white, inside * within(across, 0.25, 0.8, blur) * (0.6 + 0.4 * noise(x * 2, y * 2)));
  }
  for (const line of ground.stopLines ?? []) {
    const along = line.along === 'x' ? x - line.x : y - line.y;
    const over = line.along === 'x' ? y - line.y : x - line.x;
    blend(out, white, within(along, -line.width / 2, line.width / 2, blur) * within(over, -0.2, 0.2, blur) * 0.85);
  }
  for (const bays of ground.bays ?? []) {
    const dx = x - bays.x;
    const dy = y - bays.y;
    if (dx < -0.2 || dx > bays.count * bays.pitch + 0.2 || dy < 0 || dy > bays.depth) continue;
    const inBay = dx - Math.round(dx / bays.pitch) * bays.pitch;
    blend(out, white, within(inBay, -0.06, 0.06, blur) * 0.8);
    blend(out, white, within(dy, bays.depth - 0.12, bays.depth, blur) * 0.8);
  }
}

/** Along the road from a, to its right, and its length, in metres. */
function onRoad(road: Road, x: number, y: number): readonly [number, number, number] {
  const dx = road.b[0] - road.a[0];
  const dy = road.b[1] - road.a[1];
  const length = Math.sqrt(dx * dx + dy * dy);
  const px = x - road.a[0];
  const py = y - road.a[1];
  return [(px * dx + py * dy) / length, (px * dy - py * dx) / length, length];
}
