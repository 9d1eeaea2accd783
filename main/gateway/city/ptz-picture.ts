import { magnificationAt } from '../../../core/ptz/lens.ts';
import { headAngles, type HeadPosition, usualLens } from '../simulated-ptz/ptz-head.ts';
import { frameHeight, frameWidth } from './frame-size.ts';
import { textWidth, writeText } from './osd.ts';

/** At the wide end so much of the scene's width is seen; the rest is where a head can turn to. */
const widestPart = 0.6;
/** How far the middle of the picture goes from the middle of the scene at the end of an axis, in parts of its size. */
const reach = (1 - widestPart) / 2;
const lumaBytes = frameWidth * frameHeight;

/** What a head sees of the whole scene, in pixels of it. `lens`: what it magnifies by at full zoom. */
export function seenPart(
  { pan, tilt, zoom }: HeadPosition,
  lens = usualLens,
): { x: number; y: number; width: number; height: number } {
  const part = widestPart / magnificationAt(zoom, lens);
  const width = frameWidth * part;
  const height = frameHeight * part;
  return {
    x: frameWidth * (0.5 + pan * reach) - width / 2,
    y: frameHeight * (0.5 - tilt * reach) - height / 2,
    width,
    height,
  };
}

/** Fills `out` with what the head sees of `scene` (both planar YUV 4:2:0 of one size), by the nearest pixel. */
export function lookThrough(scene: Uint8Array, position: HeadPosition, out: Uint8Array, lens = usualLens): void {
  const part = seenPart(position, lens);
  scale(scene, out, 0, frameWidth, frameHeight, part, 1);
  for (const plane of [lumaBytes, lumaBytes + lumaBytes / 4]) scale(scene, out, plane, frameWidth / 2, frameHeight / 2, part, 2);
}

/** Where and how large the angles are written: tests read them off the glass. */
export const anglesPitch = 1.75;
export const anglesTop = frameHeight - 42;

/** Where the head looks, burnt in: degrees right and up, and the magnification, as `anglesText` writes them. */
export function writeAngles(out: Uint8Array, position: HeadPosition, lens = usualLens): void {
  const text = anglesText(position, lens);
  writeText(out, text, (frameWidth - textWidth(text, anglesPitch)) >> 1, anglesTop, anglesPitch);
}

/** For example `P +12.3 T -04.5 Z 02.3`. */
export function anglesText({ pan, tilt, zoom }: HeadPosition, lens = usualLens): string {
  const angle = (degrees: number) => `${degrees < 0 ? '-' : '+'}${Math.abs(degrees).toFixed(1).padStart(4, '0')}`;
  const magnification = magnificationAt(zoom, lens).toFixed(1).padStart(4, '0');
  return `P ${angle(pan * headAngles.pan)} T ${angle(tilt * headAngles.tilt)} Z ${magnification}`;
}

const columns = new Uint16Array(frameWidth);

function scale(
  from: Uint8Array,
  out: Uint8Array,
  plane: number,
  width: number,
  height: number,
  part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  divisor: number,
): void {
  const within = (value: number, most: number) => Math.min(most - 1, Math.max(0, Math.floor(value)));
  for (let x = 0; x < width; x += 1) columns[x] = within((part.x + ((x + 0.5) * part.width) / width) / divisor, width);
  for (let y = 0; y < height; y += 1) {
    const row = plane + within((part.y + ((y + 0.5) * part.height) / height) / divisor, height) * width;
    const at = plane + y * width;
    for (let x = 0; x < width; x += 1) out[at + x] = from[row + (columns[x] as number)] as number;
  }
}
