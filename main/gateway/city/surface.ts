import { type Ground, paintGround } from './ground.ts';
import { hash, noise, smooth, within } from './noise.ts';
import type { Colour, Surface } from './solid.ts';

/** What a place on a surface looks like: how much light it throws back and how much it gives off. */
export interface Look {
  readonly albedo: [number, number, number];
  readonly glow: [number, number, number];
}

export interface Spot {
  /** Metres on the face. */
  readonly u: number;
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** How many metres one pixel covers here. */
  readonly blur: number;
}

/** Paints one place of a surface into `look`. `lit`: lamps are on. */
export function paint(surface: Surface, spot: Spot, ground: Ground, lit: boolean, look: Look): void {
  const { albedo, glow } = look;
  glow[0] = glow[1] = glow[2] = 0;
  const { u, v, blur } = spot;
  const [r, g, b] = surface.colour;
  if (surface.kind === 'ground') {
    paintGround(ground, spot.x, spot.y, blur, albedo);
  } else if (surface.kind === 'glow') {
    const power = lit ? (surface.glow ?? 1) : 0;
    tint(albedo, surface.colour, lit ? 0.1 : 0.5);
    glow[0] = r * power;
    glow[1] = g * power;
    glow[2] = b * power;
  } else if (surface.kind === 'facade') {
    facade(surface, spot, lit, look);
  } else if (surface.kind === 'masonry') {
    const course = Math.floor(spot.z / 0.5);
    const stone = hash(Math.floor(u / 1.1 + (course % 2) * 0.5), course, surface.seed ?? 0);
    const joint = within(((spot.z % 0.5) + 0.5) % 0.5, 0.05, 0.47, blur);
    const worn = 0.75 + 0.5 * noise(u * 0.15 + 3, v * 0.15);
    tint(albedo, surface.colour, (0.82 + 0.26 * stone) * worn * (0.82 + 0.18 * joint));
  } else if (surface.kind === 'leaves') {
    tint(albedo, surface.colour, 0.65 + 0.7 * noise(u * 3 + (surface.seed ?? 0), v * 3));
  } else if (surface.kind === 'stripes') {
    const pitch = surface.pitch ?? 0.5;
    const part = within((((u + v * 0.6) % (2 * pitch)) + 2 * pitch) % (2 * pitch), 0, pitch, blur);
    mixInto(albedo, surface.other ?? [0.6, 0.6, 0.6], surface.colour, part);
  } else if (surface.kind === 'lattice') {
    const pitch = surface.pitch ?? 0.8;
    const bar =
      1 -
      within(u - Math.floor(u / pitch) * pitch, pitch * 0.16, pitch * 0.84, blur) *
        within(v - Math.floor(v / pitch) * pitch, pitch * 0.12, pitch * 0.88, blur);
    mixInto(albedo, surface.other ?? [0.03, 0.03, 0.04], surface.colour, bar);
  } else if (surface.kind === 'sign') {
    sign(surface, spot, lit, look);
  } else if (surface.kind === 'cloth') {
    tint(albedo, surface.colour, 0.85 + 0.3 * noise(u * 1.3 + (surface.seed ?? 0), v * 5));
  } else if (surface.kind === 'glass') {
    tint(albedo, surface.colour, 1);
  } else {
    const stain = noise(u * 0.5 + (surface.seed ?? 0), v * 0.5) * 0.22 + noise(u * 2.3, v * 2.3) * 0.1;
    tint(albedo, surface.colour, 0.86 + stain);
  }
}

function tint(out: [number, number, number], colour: Colour, times: number): void {
  out[0] = colour[0] * times;
  out[1] = colour[1] * times;
  out[2] = colour[2] * times;
}

function mixInto(out: [number, number, number], from: Colour, to: Colour, part: number): void {
  out[0] = from[0] + (to[0] - from[0]) * part;
  out[1] = from[1] + (to[1] - from[1]) * part;
  out[2] = from[2] + (to[2] - from[2]) * part;
}

/** A painted board with strokes that look like writing and say nothing. */
function sign(surface: Surface, spot: Spot, lit: boolean, look: Look): void {
  const { u, v, blur } = spot;
  const seed = surface.seed ?? 0;
  const height = surface.pitch ?? 0.8;
  const line = within(v, height * 0.3, height * 0.74, blur);
  const stroke = smooth(0.46, 0.54, noise(u * 2.6 + seed * 7.3, v * 1.6 + seed));
  const rim = 1 - within(v, height * 0.1, height * 0.9, blur);
  mixInto(look.albedo, surface.colour, surface.other ?? [0.6, 0.58, 0.5], Math.max(line * stroke * 0.85, rim * 0.3));
  if (lit) for (let i = 0; i < 3; i += 1) look.glow[i] = (look.albedo[i] ?? 0) * (surface.glow ?? 0.5);
}

const storeyM = 3.3;
const warm: readonly Colour[] = [
  [1, 0.72, 0.38],
  [1, 0.82, 0.55],
  [0.8, 0.9, 1],
  [1, 0.62, 0.3],
];

/** A house front: shops at street level, windows above, each a little different. */
function facade(surface: Surface, spot: Spot, lit: boolean, look: Look): void {
  const { albedo, glow } = look;
  const { u, v, z, blur } = spot;
  const seed = surface.seed ?? 0;
  const bay = surface.pitch ?? 2.8;
  const column = Math.floor(u / bay);
  const storey = Math.floor(z / storeyM);
  const inU = u - column * bay;
  const inV = z - storey * storeyM;
  const streaks = noise(u * 1.4 + seed, v * 0.12) * 0.3;
  const damp = smooth(1.6, 0, z) * 0.22;
  tint(albedo, surface.colour, 0.84 + streaks + noise(u * 0.3, v * 0.3 + seed) * 0.16 - damp);
  // A ledge between the storeys, with its shadow below.
  mixInto(albedo, albedo, surface.other ?? [0.5, 0.46, 0.4], within(inV, 0, 0.22, blur) * 0.7);
  tint(albedo, albedo, 1 - 0.35 * within(inV, storeyM - 0.3, storeyM, blur));
  const luck = hash(column, storey, seed);
  if (surface.shops === true && storey === 0) return shop(surface, column, inU, inV, bay, luck, spot, lit, look);
  const wide = bay * (0.36 + 0.14 * hash(seed, 5));
  const left = (bay - wide) / 2;
  const low = 0.95;
  const high = 2.55;
  const frame = within(inU, left - 0.14, left + wide + 0.14, blur) * within(inV, low - 0.16, high + 0.14, blur);
  const pane = within(inU, left, left + wide, blur) * within(inV, low, high, blur);
  if (frame <= 0) return;
  mixInto(albedo, albedo, surface.other ?? [0.5, 0.46, 0.4], frame * 0.8);
  const shutter = luck > 0.72;
  const glass: Colour = shutter ? [0.1 + 0.15 * luck, 0.11, 0.09] : [0.045, 0.055, 0.07];
  mixInto(albedo, albedo, glass, pane);
  const mullion = within(inU, bay / 2 - 0.05, bay / 2 + 0.05, blur) * pane;
  mixInto(albedo, albedo, surface.other ?? [0.4, 0.38, 0.34], mullion * 0.8);
  if (!lit || shutter || luck > 0.34) return;
  const colour = warm[Math.floor(hash(column, storey, seed + 9) * warm.length)] ?? [1, 0.75, 0.4];
  const power = pane * (1 - mullion) * (0.35 + 0.65 * hash(column, storey, seed + 3)) * (0.7 + 0.3 * smooth(high, low, inV));
  tint(glow, colour, power * 0.6);
}

function shop(
  surface: Surface,
  column: number,
  inU: number,
  inV: number,
  bay: number,
  luck: number,
  spot: Spot,
  lit: boolean,
  look: Look,
): void {
  const { albedo, glow } = look;
  const { blur } = spot;
  const seed = surface.seed ?? 0;
  const opening = within(inU, 0.16, bay - 0.16, blur) * within(inV, 0.12, 2.55, blur);
  if (opening <= 0) return;
  if (luck > 0.8) {
    // Closed: a roller shutter.
    const rib = 0.8 + 0.2 * Math.sin(inV * 42) * within(blur, 0, 0.08, 0.06);
    mixInto(albedo, albedo, [0.2 * rib, 0.22 * rib, 0.24 * rib], opening);
    return;
  }
  const shelf = hash(Math.floor(inU / 0.34), Math.floor(inV / 0.42), column * 31 + seed);
  const depth = smooth(2.5, 0.4, inV);
  const goods: Colour = [
    0.05 + 0.22 * shelf,
    0.05 + 0.18 * hash(Math.floor(shelf * 97), seed),
    0.05 + 0.14 * hash(Math.floor(shelf * 57), seed, 2),
  ];
  mixInto(
    albedo,
    albedo,
    [goods[0] * (0.35 + depth * 0.5), goods[1] * (0.35 + depth * 0.5), goods[2] * (0.35 + depth * 0.5)],
    opening,
  );
  const counter = within(inV, 0.12, 0.85, blur) * within(inU, 0.3, bay - 0.9, blur);
  mixInto(albedo, albedo, [0.2, 0.13, 0.08], counter * opening);
  if (!lit) return;
  const colour = warm[Math.floor(hash(column, 71, seed) * warm.length)] ?? [1, 0.8, 0.5];
  const power = opening * (1 - counter * 0.7) * (0.35 + 0.9 * shelf) * (0.45 + 0.55 * smooth(0.2, 2.4, inV));
  tint(glow, colour, power * 0.85);
}
