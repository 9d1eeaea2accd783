import { frameHeight, frameWidth } from './frame-size.ts';
import { clamp, hash } from './noise.ts';
import type { Plan } from './plan.ts';
import { signalAt } from './traffic.ts';
import { project, type View } from './view.ts';

const lumaBytes = frameWidth * frameHeight;
const chromaBytes = lumaBytes / 4;

/** Mixes a pixel's brightness towards a value. */
function dab(frame: Uint8Array, x: number, y: number, luma: number, part: number): void {
  if (x < 0 || y < 0 || x >= frameWidth || y >= frameHeight || part <= 0) return;
  const at = y * frameWidth + x;
  const own = frame[at] as number;
  frame[at] = own + (luma - own) * part;
}

function tintAt(frame: Uint8Array, x: number, y: number, u: number, v: number, part: number): void {
  if (x < 0 || y < 0 || x >= frameWidth || y >= frameHeight) return;
  const at = lumaBytes + (y >> 1) * (frameWidth / 2) + (x >> 1);
  frame[at] = (frame[at] as number) + (u - (frame[at] as number)) * part;
  frame[at + chromaBytes] = (frame[at + chromaBytes] as number) + (v - (frame[at + chromaBytes] as number)) * part;
}

const lampColours = { red: [110, 90, 215], amber: [165, 45, 165], green: [140, 95, 60] } as const;

/** The lit lamp of each signal head with its glow. */
export function drawSignals(
  frame: Uint8Array,
  view: View,
  depth: Uint16Array,
  signals: NonNullable<Plan['signals']>,
  timeS: number,
): void {
  for (const signal of signals) {
    const shows = signalAt(signal.stop, timeS);
    const [luma, u, v] = lampColours[shows];
    const drop = shows === 'red' ? 0 : shows === 'amber' ? 0.45 : 0.9;
    const p = project(view, [signal.at[0], signal.at[1], signal.at[2] - drop]);
    const radius = Math.max(1.3, (view.focal * 0.2) / p.depth);
    const head = Math.round(radius * 1.5);
    for (let y = -head; y <= head * 4; y += 1)
      for (let x = -head; x <= head; x += 1)
        dab(frame, Math.round(p.x) + x, Math.round(project(view, signal.at).y) + y, 22, 0.85);
    const reach = Math.ceil(radius * 4);
    for (let y = -reach; y <= reach; y += 1) {
      for (let x = -reach; x <= reach; x += 1) {
        const [px, py] = [Math.round(p.x) + x, Math.round(p.y) + y];
        if (px < 0 || px >= frameWidth || py < 0 || (depth[py * frameWidth + px] ?? 0) < (p.depth - 3) * 10) continue;
        const d = Math.hypot(px + 0.5 - p.x, py + 0.5 - p.y) / radius;
        const part = clamp(1.5 - d, 0, 1) + 0.22 * Math.exp(-d * d * 0.25);
        dab(frame, px, py, luma + 40, Math.min(1, part * 0.9));
        if (((px | py) & 1) === 0) tintAt(frame, px, py, u, v, Math.min(1, part * 1.3));
      }
    }
  }
}

/** The national flag: a white part at the mast, green with a crescent, in a steady wind. */
export function drawFlag(frame: Uint8Array, view: View, flag: NonNullable<Plan['flag']>, timeS: number, exposure: number): void {
  const p = project(view, flag.at);
  const length = (view.focal * flag.lengthM) / p.depth;
  const height = length * 0.66;
  const bright = clamp(exposure / 0.62, 0.6, 1.1);
  for (let i = 0; i < length; i += 1) {
    const along = i / length;
    const phase = along * 7 - timeS * 5.2;
    const lift = Math.sin(phase) * height * 0.09 * along + height * 0.1 * along;
    const shade = (0.9 + 0.16 * Math.cos(phase)) * bright;
    for (let j = 0; j < height; j += 1) {
      const [x, y] = [Math.round(p.x + i), Math.round(p.y + lift + j)];
      const white = along < 0.25 || crescent(along, j / height);
      dab(frame, x, y, (white ? 205 : 62) * shade, 0.95);
      if (((x | y) & 1) === 0) tintAt(frame, x, y, white ? 128 : 118, white ? 128 : 102, 0.9);
    }
  }
}

function crescent(x: number, y: number): boolean {
  const [dx, dy] = [(x - 0.62) * 1.5, y - 0.5];
  const inside = Math.hypot(dx, dy) < 0.27 && Math.hypot(dx - 0.09, dy + 0.07) > 0.23;
  return inside || Math.hypot(dx - 0.13, dy + 0.12) < 0.06;
}

/** A few birds in a loose flock that crosses the upper part of the picture now and then. */
export function drawBirds(frame: Uint8Array, seed: number, timeS: number): void {
  const roundS = 38;
  const round = Math.floor(timeS / roundS + hash(seed, 1));
  const t = timeS / roundS + hash(seed, 1) - round;
  const leftwards = hash(seed, round, 2) < 0.5;
  const count = 4 + Math.floor(hash(seed, round, 3) * 6);
  for (let i = 0; i < count; i += 1) {
    const along = t * 1.5 - 0.2 - 0.07 * hash(seed, round, 20 + i);
    const x = (leftwards ? 1 - along : along) * frameWidth;
    const y = 26 + 22 * hash(seed, round, 40 + i) + 9 * Math.sin(along * 5 + i);
    const flap = Math.sin(timeS * (9 + 3 * hash(seed, i)) + i * 2);
    const size = 2.4 + 1.6 * hash(seed, round, 60 + i);
    for (let k = -size; k <= size; k += 0.5) dab(frame, Math.round(x + k), Math.round(y - Math.abs(k) * flap * 0.75), 34, 0.42);
  }
}

/** Rain: short streaks that fall fast, near ones long, far ones faint. */
export function drawRain(frame: Uint8Array, timeS: number): void {
  for (let i = 0; i < 190; i += 1) {
    const near = hash(i, 8);
    const speed = 1.5 + near * 1.6;
    const turn = timeS * speed + hash(i, 9);
    const fall = turn - Math.floor(turn);
    const length = 5 + near * 13;
    const x0 = hash(i, Math.floor(turn), 10) * (frameWidth + 60) - 30;
    const y0 = fall * (frameHeight + 60) - 40;
    for (let k = 0; k < length; k += 1) dab(frame, Math.round(x0 - k * 0.16), Math.round(y0 + k), 168, 0.1 + 0.14 * near);
  }
}
