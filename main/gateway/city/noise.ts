/** A number from 0 to 1 that depends on nothing but its arguments (integer mixing after PCG). */
export function hash(a: number, b = 0, c = 0): number {
  let x = (Math.imul(a | 0, 374_761_393) + Math.imul(b | 0, 668_265_263) + Math.imul(c | 0, 2_147_483_647)) | 0;
  x = Math.imul(x ^ (x >>> 13), 1_274_126_177);
  x = Math.imul(x ^ (x >>> 15), 739_982_445);
  return ((x ^ (x >>> 16)) >>> 0) / 4_294_967_296;
}

/** Numbers in turn from a seed. */
export function createDice(seed: number): (from?: number, to?: number) => number {
  let turn = 0;
  return (from = 0, to = 1) => {
    turn += 1;
    return from + (to - from) * hash(seed, turn, 77);
  };
}

const side = 256;
const lattice = new Float32Array(side * side);
for (let i = 0; i < lattice.length; i += 1) lattice[i] = hash(i, 911);

/** Smooth value noise, 0 to 1, repeating every 256 units. */
export function noise(x: number, y: number): number {
  const fx = Math.floor(x);
  const fy = Math.floor(y);
  const tx = x - fx;
  const ty = y - fy;
  const x0 = fx & 255;
  const x1 = (x0 + 1) & 255;
  const y0 = (fy & 255) << 8;
  const y1 = ((fy + 1) & 255) << 8;
  const sx = tx * tx * (3 - 2 * tx);
  const sy = ty * ty * (3 - 2 * ty);
  const a = lattice[y0 | x0] ?? 0;
  const b = lattice[y0 | x1] ?? 0;
  const c = lattice[y1 | x0] ?? 0;
  const d = lattice[y1 | x1] ?? 0;
  return a + (b - a) * sx + (c - a + (a - b - c + d) * sx) * sy;
}

/** Three octaves of noise, 0 to 1. */
export function clouds(x: number, y: number): number {
  return noise(x, y) * 0.57 + noise(x * 2.1 + 17, y * 2.1 + 5) * 0.29 + noise(x * 4.3 + 41, y * 4.3 + 29) * 0.14;
}

export const clamp = (value: number, from: number, to: number): number => (value < from ? from : value > to ? to : value);
export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;

/** 0 below `from`, 1 above `to`, smooth between. */
export function smooth(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/** How much of a pixel `blur` wide lies inside from…to: a step without jagged edges. */
export function within(value: number, from: number, to: number, blur: number): number {
  return clamp((value - from) / blur + 0.5, 0, 1) * clamp((to - value) / blur + 0.5, 0, 1);
}
