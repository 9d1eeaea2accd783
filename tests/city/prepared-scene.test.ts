import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCity } from '../../core/cameras/demo-city.ts';
import { frameBytes } from '../../main/gateway/city/frame-size.ts';
import { loadStock, preparedFile } from '../../main/gateway/city/prepared-city.ts';
import { prepareScene, readPrepared } from '../../main/gateway/city/prepared-scene.ts';
import { createScene, renderFrame, type Scene } from '../../main/gateway/city/scene.ts';
import { createSimSource } from '../../main/gateway/ffmpeg/sim-source.ts';
import { resolveFfmpeg } from '../../main/gateway/ffmpeg/resolve-ffmpeg.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { sampled, sampledCount, sampledLimitMs } from '../support/sampled.ts';
import { until } from '../support/until.ts';

const stamp = 'drawn-by-this-test';
const folder = mkdtempSync(join(tmpdir(), 'deedban-prepared-'));
const dayMs = 86_400_000;
/** By day, by night with beams of light, and in the rain. */
const few = ['demo-108', 'demo-103', 'demo-110'];
const cameras = sampledCount(1, 2) === 1 ? few : demoCity().map(({ camera }) => camera.id);
const files = new Map<string, Uint8Array>();

beforeAll(async () => {
  for (const camera of cameras) {
    const file = await prepareScene(camera, stamp);
    if (file === null) throw new Error(`${camera} has no scene`);
    files.set(camera, file);
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(camera: string): Uint8Array {
  const file = files.get(camera);
  if (file === undefined) throw new Error(`${camera} was not prepared`);
  return file;
}

function picture(scene: Scene | null, atMs: number): Buffer {
  if (scene === null) throw new Error('there is no such camera');
  const frame = Buffer.alloc(frameBytes);
  renderFrame(scene, atMs, atMs, frame);
  return frame;
}

describe('a prepared scene', () => {
  it(
    'gives the picture that is drawn without it, at any time of the day',
    async () => {
      for (const camera of cameras) {
        const prepared = createScene(camera, await readPrepared(fileOf(camera), camera, stamp));
        const drawn = createScene(camera);
        fc.assert(
          fc.property(fc.integer({ min: 0, max: dayMs }), (atMs) => {
            expect(picture(prepared, atMs).equals(picture(drawn, atMs))).toBe(true);
          }),
          sampled(150, 2_000),
        );
      }
    },
    sampledLimitMs,
  );

  it('is refused in words where a byte of it is another one, or gives the same scene', async () => {
    const good = fileOf('demo-108');
    const { yuv } = await readPrepared(good, 'demo-108', stamp);
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bad = new Uint8Array(good);
        bad[at] = (bad[at] ?? 0) ^ change;
        const outcome = await readPrepared(bad, 'demo-108', stamp).then(
          (stock) => Buffer.from(stock.yuv).equals(yuv),
          (error: unknown) => error instanceof Error && error.message === 'it is damaged',
        );
        expect(outcome).toBe(true);
      }),
      sampled(25, 500),
    );
  });

  it('is refused in words when it is cut, something else, of another camera or drawn by another program', async () => {
    const good = fileOf('demo-108');
    const read = (file: Uint8Array, camera = 'demo-108', by = stamp) => readPrepared(file, camera, by);
    await expect(read(good.subarray(0, good.length / 2))).rejects.toThrow('damaged');
    await expect(read(new Uint8Array(0))).rejects.toThrow('damaged');
    await expect(read(gzipSync('something else'))).rejects.toThrow('not what Deedban prepares');
    await expect(read(gzipSync(gunzipSync(good).subarray(0, 500_000)))).rejects.toThrow('cut short');
    await expect(read(good, 'demo-103')).rejects.toThrow("another camera's");
    await expect(read(good, 'demo-108', 'drawn-later')).rejects.toThrow('another version of Deedban');
  });

  it('is not made of a camera that the city does not have, and no file is read for one', async () => {
    expect(await prepareScene('demo-999', stamp)).toBeNull();
    const notes: string[] = [];
    writeFileSync(join(folder, 'elsewhere.scene'), fileOf('demo-108'));
    expect(await loadStock({ folder: join(folder, 'inner'), stamp }, '../elsewhere', (words) => notes.push(words))).toBeNull();
    expect(notes).toEqual([]);
  });
});

describe('the demonstration city started with prepared scenes', () => {
  it('reads those that are whole, and draws a damaged and a missing one and says so', async () => {
    const found = await resolveFfmpeg();
    writeFileSync(preparedFile(folder, 'demo-103'), fileOf('demo-103'));
    writeFileSync(preparedFile(folder, 'demo-108'), fileOf('demo-108'));
    truncateSync(preparedFile(folder, 'demo-108'), 100_000);
    const notes: string[] = [];
    const ports = { ffmpegPath: found?.path ?? null, clock: systemClock, prepared: { folder, stamp } };
    const open = createSimSource({ ...ports, note: (words) => notes.push(words) });
    const seen = new Set<string>();
    const sources = ['demo-103', 'demo-108', 'demo-109'].map((camera) =>
      open(
        { scheme: 'sim', url: `sim:${camera}`, credentials: null },
        { onOpen() {}, onUnit: () => seen.add(camera), onEnd: ({ detail }) => notes.push(detail) },
      ),
    );
    await until('all three give pictures', () => seen.size === 3);
    for (const source of sources) source.close();
    expect(notes.toSorted()).toEqual([
      'demo-108: its prepared scene cannot be used (it is damaged); it is drawn anew, which takes a moment',
      'demo-109: its prepared scene cannot be used (it is missing); it is drawn anew, which takes a moment',
    ]);
  });
});
