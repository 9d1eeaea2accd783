import type { Mood } from './mood.ts';
import { clamp, clouds, mix, noise, smooth } from './noise.ts';
import { dot, unit, type Vec } from './solid.ts';

/** The ridges of the hills behind the city. `heights` are in degrees above the horizon, the far ridge first. */
export interface Hills {
  readonly seed: number;
  readonly heights: readonly [number, number, number];
}

const degrees = 180 / Math.PI;

/** The light of the sky without clouds, or of a hill in front of it, along a ray; true where it is sky. */
export function skyLight(mood: Mood, hills: Hills, ray: Vec, blur: number, out: [number, number, number]): boolean {
  const direction = unit(ray);
  const elevation = Math.asin(direction[2]) * degrees;
  const azimuth = Math.atan2(direction[0], direction[1]) * degrees;
  const t = Math.sqrt(clamp(elevation / 55, 0, 1));
  const towards = Math.max(0, dot(direction, mood.sun));
  const glow = towards ** 24 * 0.5 + towards ** 5 * 0.16;
  for (let i = 0; i < 3; i += 1)
    out[i] = mix(mood.horizon[i] ?? 0, mood.zenith[i] ?? 0, t) + (mood.sunLight[i] ?? 0) * glow * 0.4;
  let open = true;
  hills.heights.forEach((height, layer) => {
    if (height <= 0) return;
    const at = ridge(azimuth, height, hills.seed + layer * 37, layer);
    const part = clamp((at - elevation) / (blur * degrees) + 0.5, 0, 1);
    if (part <= 0) return;
    open = open && part < 0.5;
    // Nearer ridges are darker and bluer than the haze before them.
    const veil = [0.84, 0.68, 0.5][layer] ?? 0.6;
    const relief =
      0.75 + 0.5 * noise(azimuth * 0.9 + layer * 11, elevation * 2.2 + azimuth * 0.35) * smooth(0, height, elevation + 1);
    for (let i = 0; i < 3; i += 1) {
      const bare = ((mood.skyLight[i] ?? 0) * 0.5 + (mood.sunLight[i] ?? 0) * 0.12) * ([0.3, 0.28, 0.3][i] ?? 0.3) * relief;
      const hazy = mix(bare, mood.horizon[i] ?? 0, veil * smooth(height * 1.6, -0.5, elevation) * 0.35 + veil * 0.65);
      out[i] = mix(out[i] ?? 0, hazy, part);
    }
  });
  return open;
}

function ridge(azimuth: number, height: number, seed: number, layer: number): number {
  const scale = 0.05 + layer * 0.025;
  const large = noise(azimuth * scale + seed, seed * 0.7);
  const middle = noise(azimuth * scale * 3.1 + seed * 3, 4.2);
  const small = noise(azimuth * scale * 9 + seed * 5, 8.1);
  return height * (0.3 + 0.7 * large + 0.26 * (middle - 0.5) + 0.1 * (small - 0.5));
}

/** How much cloud is in front of the sky along a ray, 0 to 1; `drift` moves them (in units of a cloud's size). */
export function cloudAt(mood: Mood, ray: Vec, drift: number): number {
  const d = unit(ray);
  const far = 1 / (Math.max(0, d[2]) + 0.12);
  const density = clouds(d[0] * far * 1.15 + drift, far * 1.7 + 3);
  const edge = 0.78 - 0.5 * mood.cloudCover;
  return smooth(edge, edge + 0.3, density) * smooth(-0.01, 0.1, d[2]) * (0.5 + 0.5 * mood.cloudCover);
}
