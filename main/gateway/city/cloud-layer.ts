import { developed } from './develop.ts';
import { frameWidth } from './frame-size.ts';
import type { Mood } from './mood.ts';
import { cloudAt } from './sky.ts';
import { rayThrough, type View } from './view.ts';

/** The background with its clouds; they are moved once a second, which is often enough for clouds and costs nothing between. */
export interface CloudLayer {
  /** The whole background at a time. Valid until the next call. */
  at(timeS: number): Uint8Array;
}

const grid = 4;
const columns = frameWidth / grid + 2;
const driftPerSecond = 0.006;

/** `sky` is how much of each pixel is open sky, in ninths. */
export function createCloudLayer(yuv: Uint8Array, sky: Uint8Array, view: View, mood: Mood): CloudLayer {
  let lastRow = 0;
  for (let i = 0; i < sky.length; i += 1) if ((sky[i] ?? 0) > 0) lastRow = Math.floor(i / frameWidth);
  const rows = Math.ceil((lastRow + 1) / grid) + 1;
  const cover = new Float32Array(columns * rows);
  const [r, g, b] = mood.cloudColour;
  const bright =
    16 + 219 * (0.3 * developed(r * mood.exposure) + 0.59 * developed(g * mood.exposure) + 0.11 * developed(b * mood.exposure));
  const frame = yuv.slice();
  let drawnFor = Number.NaN;

  function redraw(second: number): void {
    for (let y = 0; y < rows; y += 1)
      for (let x = 0; x < columns; x += 1)
        cover[y * columns + x] = cloudAt(mood, rayThrough(view, x * grid, y * grid), second * driftPerSecond);
    for (let y = 0; y <= lastRow; y += 1) {
      const row = (y / grid) | 0;
      const ty = (y % grid) / grid;
      for (let x = 0; x < frameWidth; x += 1) {
        const at = y * frameWidth + x;
        const part = sky[at] ?? 0;
        if (part === 0) continue;
        const corner = row * columns + ((x / grid) | 0);
        const tx = (x % grid) / grid;
        const top = (cover[corner] ?? 0) * (1 - tx) + (cover[corner + 1] ?? 0) * tx;
        const low = (cover[corner + columns] ?? 0) * (1 - tx) + (cover[corner + columns + 1] ?? 0) * tx;
        const own = yuv[at] ?? 0;
        frame[at] = own + (bright - own) * (top + (low - top) * ty) * (part / 9) * 0.7;
      }
    }
  }

  return {
    at(timeS) {
      const second = Math.floor(timeS);
      if (second !== drawnFor && lastRow > 0) {
        drawnFor = second;
        redraw(second);
      }
      return frame;
    },
  };
}
