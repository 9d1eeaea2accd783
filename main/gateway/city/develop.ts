/** From light to a picture: film curve, colour, lens and grain. */

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Planar YUV 4:2:0, limited range (ITU-R BT.601). */
  readonly yuv: Uint8Array;
}

/** A filmic curve from light (0 to about 10) to brightness (0 to 1), with soft shoulders, as fitted by Narkowicz for ACES. */
function film(light: number): number {
  const x = light < 0 ? 0 : light;
  const mapped = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14);
  return mapped < 0 ? 0 : mapped > 1 ? 1 : mapped;
}

const curve = new Float32Array(4096);
for (let i = 0; i < curve.length; i += 1) curve[i] = film((i / 4095) * 8) ** (1 / 2.1);

/** Brightness 0 to 1 of an amount of light. */
export function developed(light: number): number {
  const at = light * (4095 / 8);
  return curve[at <= 0 ? 0 : at >= 4095 ? 4095 : at | 0] ?? 1;
}

/** Surveillance cameras are not vivid: a part of the colour is taken away. */
const saturation = 0.82;

/** Y, U and V of developed red, green and blue (0 to 1), U and V around 0. */
export function toYuv(r: number, g: number, b: number, out: [number, number, number]): void {
  const luma = 0.299 * r + 0.587 * g + 0.114 * b;
  out[0] = 16 + 219 * luma;
  out[1] = 224 * 0.564 * (b - luma) * saturation;
  out[2] = 224 * 0.713 * (r - luma) * saturation;
}

/** What the lens takes away towards the corners, 1 in the middle. */
export function vignette(x: number, y: number, width: number, height: number): number {
  const dx = (x - width / 2) / (width / 2);
  const dy = (y - height / 2) / (height / 2);
  return 1 - 0.3 * (dx * dx * 0.6 + dy * dy * 0.5) ** 1.2;
}

/** Light that spills over from bright places: adds a blurred copy of what is above `threshold` (in developed light). */
export function bloom(light: Float32Array, width: number, height: number, threshold: number, strength: number): void {
  const w = width >> 2;
  const h = height >> 2;
  const small = new Float32Array(w * h * 3);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      for (let c = 0; c < 3; c += 1) {
        let sum = 0;
        for (let j = 0; j < 4; j += 1)
          for (let i = 0; i < 4; i += 1)
            sum += Math.max(0, Math.min(6, light[((y * 4 + j) * width + x * 4 + i) * 3 + c] ?? 0) - threshold);
        small[(y * w + x) * 3 + c] = sum / 16;
      }
    }
  }
  let soft: Float32Array = small;
  for (const reach of [2, 2, 5]) soft = blurBoth(soft, w, h, reach);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const sx = Math.min(w - 1.001, Math.max(0, (x - 1.5) / 4));
      const sy = Math.min(h - 1.001, Math.max(0, (y - 1.5) / 4));
      const ix = sx | 0;
      const iy = sy | 0;
      const tx = sx - ix;
      const ty = sy - iy;
      for (let c = 0; c < 3; c += 1) {
        const at = (iy * w + ix) * 3 + c;
        const top = (soft[at] ?? 0) * (1 - tx) + (soft[at + 3] ?? 0) * tx;
        const low = (soft[at + w * 3] ?? 0) * (1 - tx) + (soft[at + w * 3 + 3] ?? 0) * tx;
        const to = (y * width + x) * 3 + c;
        light[to] = (light[to] ?? 0) + (top + (low - top) * ty) * strength;
      }
    }
  }
}

function blurBoth(from: Float32Array, w: number, h: number, reach: number): Float32Array {
  const line = new Float32Array(from.length);
  const out = new Float32Array(from.length);
  const norm = 1 / (2 * reach + 1);
  for (let y = 0; y < h; y += 1)
    for (let x = 0; x < w; x += 1)
      for (let c = 0; c < 3; c += 1) {
        let sum = 0;
        for (let i = -reach; i <= reach; i += 1) sum += from[(y * w + Math.min(w - 1, Math.max(0, x + i))) * 3 + c] ?? 0;
        line[(y * w + x) * 3 + c] = sum * norm;
      }
  for (let y = 0; y < h; y += 1)
    for (let x = 0; x < w; x += 1)
      for (let c = 0; c < 3; c += 1) {
        let sum = 0;
        for (let i = -reach; i <= reach; i += 1) sum += line[(Math.min(h - 1, Math.max(0, y + i)) * w + x) * 3 + c] ?? 0;
        out[(y * w + x) * 3 + c] = sum * norm;
      }
  return out;
}
