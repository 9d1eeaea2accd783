import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Recording, unitsOf } from '../../gateway/support/recording.ts';
import { blocksOf, frameCodeBlocks, frameCodeHeight } from './frame-code.ts';

/** What every footage is: what FACTS of the bare page were measured with, and a group of two seconds. */
export const footageShape = {
  width: 640,
  height: 360,
  fps: 15,
  /** Pictures from one key picture to the next. */
  group: 30,
  /** 20 s; whole groups, so that the loop begins with a key picture. */
  frames: 300,
  bitrateKbps: 450,
} as const;

/** Footage of another size, for cameras with two streams. */
export type FootageShape = Readonly<Record<keyof typeof footageShape, number>>;
export const footageShapes = {
  '360p': footageShape,
  /** What a camera's main stream usually is. */
  '1080p': { ...footageShape, width: 1_920, height: 1_080, fps: 25, group: 50, bitrateKbps: 4_000 },
  /** A sub stream that is smaller than any tile. */
  '180p': { ...footageShape, width: 320, height: 180, bitrateKbps: 150 },
  /** As usual, with a key picture every second. */
  'short-group': { ...footageShape, group: 15 },
} as const satisfies Readonly<Record<string, FootageShape>>;
export type FootageKind = keyof typeof footageShapes;
export const isFootageKind = (name: string): name is FootageKind => Object.hasOwn(footageShapes, name);

/** So many differ; more cameras share them. */
export const footageCount = 16;

/** Changed with what is drawn or how it is encoded, so that old footage is not taken for new. */
const version = 1;
const folder = fileURLToPath(new URL(`../../../out/footage-${version}`, import.meta.url));

/** Large footage takes time and room: so many differ. */
const largeCount = 4;

/** A moving picture with its number in it (`frame-code.ts`); encoded once, kept in `out/`. `footage` is 0 to 15. */
export async function numberedFootage(footage: number, kind: FootageKind = '360p'): Promise<Recording> {
  const shape = footageShapes[kind];
  const own = kind === '1080p' ? footage % largeCount : footage;
  const file = join(folder, `${own}${kind === '360p' ? '' : `-${kind}`}.h264`);
  const kept = await readFile(file).catch(() => null);
  const units = unitsOf('h264', kept ?? (await encode(own, file, shape)));
  if (units.length !== shape.frames || units[0]?.key !== true) {
    throw new Error(`footage ${footage} has ${units.length} pictures: delete ${folder}`);
  }
  return { codec: 'h264', fps: shape.fps, units };
}

/** Encodes what is missing, so that no encoder runs while something is measured. */
export async function prepareFootage(count: number, kind?: FootageKind): Promise<void> {
  for (let footage = 0; footage < Math.min(count, footageCount); footage += 1) await numberedFootage(footage, kind);
}

async function encode(footage: number, file: string, shape: FootageShape): Promise<Buffer> {
  const { width, height, fps, frames, group, bitrateKbps } = shape;
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'encoding-'));
  try {
    const rate = ['-b:v', `${bitrateKbps}k`, '-maxrate', `${bitrateKbps}k`, '-bufsize', `${bitrateKbps}k`];
    const x264 = `keyint=${group}:min-keyint=${group}:scenecut=0:bframes=0:repeat-headers=1:sliced-threads=0`;
    const out = join(work, 'footage.h264');
    await promisify(execFile)('ffmpeg', [
      ...['-nostdin', '-loglevel', 'error', '-f', 'lavfi'],
      ...['-i', `testsrc2=size=${width}x${height}:rate=${fps},${look(footage)},${strip(footage, width)}`],
      ...['-frames:v', `${frames}`, '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'baseline'],
      ...[...rate, '-x264-params', x264, '-f', 'h264', out],
    ]);
    // Renamed when it is whole: another run may be looking for it.
    await rename(out, file);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return readFile(file);
}

/** So that a person, too, can tell one footage from another. */
function look(footage: number): string {
  return `hue=h=${(footage * 360) / footageCount}${footage % 2 === 0 ? '' : ',hflip'}`;
}

/** A white strip, and over it a black block wherever a bit is 0. */
function strip(footage: number, width: number): string {
  const wide = width / frameCodeBlocks;
  const white = `drawbox=x=0:y=0:w=${width}:h=${frameCodeHeight}:color=white:t=fill`;
  const frameBits = 10;
  const blacks = blocksOf({ footage, frame: 0 }).flatMap((isWhite, block) => {
    const bit = block % (frameCodeBlocks / 2);
    const box = `drawbox=x=${block * wide}:y=0:w=${wide}:h=${frameCodeHeight}:color=black:t=fill`;
    if (bit >= frameBits) return isWhite ? [] : [box];
    const blackAt = isWhite ? 1 : 0;
    return [`${box}:enable='eq(mod(floor(n/${2 ** bit}),2),${blackAt})'`];
  });
  return [white, ...blacks].join(',');
}
