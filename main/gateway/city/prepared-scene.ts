import { gunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type Figure, figureKey, figuresIn } from './cast.ts';
import { frameBytes, frameHeight, frameWidth } from './frame-size.ts';
import { createScene } from './scene.ts';
import type { SceneStock } from './scene-stock.ts';
import { isSeen, placeOf } from './sight.ts';
import type { Sprite } from './sprite.ts';
import { readSprite, writeSprite } from './sprite-bytes.ts';
import type { Track } from './track.ts';
import type { View } from './view.ts';

/**
 * A camera's stock in a file, so that a start does not have to draw it: gzip (whose checksum finds damage) around
 * the length of the head (32 bits), the head (JSON, filled up with spaces), the picture, depths, sky, then of each figure
 * its key and where its sprite begins (32 bits each), then the sprites. Numbers have their little end first, as on every
 * machine Deedban runs on: they are used where they lie.
 */
const headSchema = z.strictObject({
  /** What the stock was drawn by; another program's figures are other ones. */
  stamp: z.string(),
  camera: z.string(),
  figures: z.int().min(0).max(100_000),
});

/** No camera's stock is larger, unpacked. */
const mostBytes = 64 * 1024 * 1024;
const pixels = frameWidth * frameHeight;

/** Draws a camera's whole stock, as the content of its file; null for an id the demonstration city does not have. */
export async function prepareScene(cameraId: string, stamp: string): Promise<Uint8Array | null> {
  const scene = createScene(cameraId);
  if (scene === null) return null;
  const { stock, tracks, view } = scene;
  const drawn = tracks
    .flatMap((track) => figuresSeen(track, view))
    .map((figure) => ({ key: figureKey(figure), sprite: stock.sprites.spriteFor(figure) }))
    .filter((entry): entry is { key: number; sprite: Sprite } => entry.sprite !== null)
    .map(({ key, sprite }) => ({ key, bytes: writeSprite(sprite) }));
  const table = new Uint32Array(drawn.length * 2);
  let at = 0;
  drawn.forEach(({ key, bytes }, i) => {
    table.set([key, at], i * 2);
    at += bytes.length;
  });
  const head = JSON.stringify({ stamp, camera: cameraId, figures: drawn.length } satisfies z.infer<typeof headSchema>);
  const text = Buffer.from(head.padEnd(Math.ceil((head.length + 4) / 8) * 8 - 4));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const body = [length, text, stock.yuv, asBytes(stock.depth), stock.sky, asBytes(table), ...drawn.map(({ bytes }) => bytes)];
  return promisify(gzip)(Buffer.concat(body));
}

/** Reads what `prepareScene` made. Throws, in words, where it is damaged, another camera's or drawn by another program. */
export async function readPrepared(file: Uint8Array, cameraId: string, stamp: string): Promise<SceneStock> {
  const unpacked = await promisify(gunzip)(file, { maxOutputLength: mostBytes, chunkSize: 2 ** 20 }).catch(() => null);
  if (unpacked === null) throw new Error('it is damaged');
  // A copy only where it does not begin where numbers may begin.
  const body =
    unpacked.byteOffset % 8 === 0
      ? new Uint8Array(unpacked.buffer, unpacked.byteOffset, unpacked.length)
      : new Uint8Array(unpacked);
  const headBytes = body.length < 4 ? 0 : new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  const head = headSchema.safeParse(parseJson(body.subarray(4, 4 + headBytes)));
  if (!head.success) throw new Error('it is not what Deedban prepares');
  if (head.data.camera !== cameraId) throw new Error("it is another camera's");
  if (head.data.stamp !== stamp) throw new Error('another version of Deedban drew it');
  let at = body.byteOffset + 4 + headBytes;
  const take = (bytes: number): number => {
    const from = at;
    at += bytes;
    if (at > body.byteOffset + body.length) throw new Error('it is cut short');
    return from;
  };
  return {
    yuv: new Uint8Array(body.buffer, take(frameBytes), frameBytes),
    depth: new Uint16Array(body.buffer, take(pixels * 2), pixels),
    sky: new Uint8Array(body.buffer, take(pixels), pixels),
    sprites: spritesIn(
      new Uint32Array(body.buffer, take(head.data.figures * 8), head.data.figures * 2),
      new Uint8Array(body.buffer, at, body.byteOffset + body.length - at),
    ),
  };
}

/** Sprites are looked at when they are first needed: a moment shows few of them. */
function spritesIn(table: Uint32Array, bytes: Uint8Array<ArrayBuffer>): SceneStock['sprites'] {
  const places = new Map<number, number>();
  for (let i = 0; i < table.length; i += 2) places.set(table[i] as number, table[i + 1] as number);
  const read = new Map<number, Sprite>();
  return {
    spriteFor(figure) {
      const key = figureKey(figure);
      const known = read.get(key);
      if (known !== undefined) return known;
      const at = places.get(key);
      if (at === undefined) return null;
      const sprite = readSprite(bytes, at);
      read.set(key, sprite);
      return sprite;
    },
  };
}

/** Everything of a track that may be seen. What comes into sight between two of these places is still beyond the edge of the picture. */
function figuresSeen(track: Track, view: View): Figure[] {
  const everyM = 0.1;
  const steps = new Set<Track['steps'][number]>();
  for (let metres = 0; metres <= track.lengthM; metres += everyM)
    if (isSeen(view, placeOf(track, metres, view))) steps.add(track.stepAt(metres));
  return [...steps].flatMap((step) => figuresIn(track, step));
}

function asBytes(numbers: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}
