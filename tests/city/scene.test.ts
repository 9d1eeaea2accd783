import { beforeAll, describe, expect, it } from 'vitest';
import { demoCity } from '../../core/cameras/demo-city.ts';
import { frameBytes, frameWidth } from '../../main/gateway/city/frame-size.ts';
import { advance, clockText, writeText } from '../../main/gateway/city/osd.ts';
import { createScene, renderFrame, renderView, type Scene } from '../../main/gateway/city/scene.ts';

const noon = Date.UTC(2026, 10, 14, 7, 0, 0);
let scenes: Scene[] = [];

function draw(scene: Scene, motionMs: number, utcMs = noon): Buffer {
  const frame = Buffer.alloc(frameBytes);
  renderFrame(scene, motionMs, utcMs, frame);
  return frame;
}

/** How far two pictures' brightness is apart, on average, without the lines that are written in. */
function difference(a: Buffer, b: Buffer): number {
  let sum = 0;
  for (let at = 30 * frameWidth; at < 330 * frameWidth; at += 1) sum += Math.abs((a[at] ?? 0) - (b[at] ?? 0));
  return sum / (300 * frameWidth);
}

/** Reads the clock by comparing each place with every character it could be, as written over the same picture. */
function readClock(scene: Scene, frame: Buffer, length: number): string {
  const bare = Buffer.alloc(frameBytes);
  renderView(scene, noon, bare);
  let text = '';
  for (let i = 0; i < length; i += 1) {
    const scores = Array.from('0123456789-: ', (character) => {
      const tried = Buffer.from(bare);
      writeText(tried, character, 9 + i * advance(1.75), 6, 1.75);
      let apart = 0;
      for (let y = 6; y < 22; y += 1) {
        for (let x = 0; x < advance(1.75); x += 1) {
          const at = y * frameWidth + 10 + i * advance(1.75) + x;
          apart += Math.abs((tried[at] ?? 0) - (frame[at] ?? 0));
        }
      }
      return { character, apart };
    });
    text += scores.reduce((best, one) => (one.apart < best.apart ? one : best)).character;
  }
  return text;
}

beforeAll(() => {
  scenes = demoCity().flatMap(({ camera }) => createScene(camera.id) ?? []);
}, 60_000);

describe('the demonstration city', () => {
  it('draws every camera of its list and no other', () => {
    expect(scenes.map((scene) => scene.number)).toEqual(demoCity().map(({ camera }) => camera.number));
    expect(createScene('demo-999')).toBeNull();
  });

  it('draws pictures that differ from camera to camera', () => {
    const pictures = scenes.map((scene) => draw(scene, noon));
    pictures.forEach((a, i) => {
      for (const b of pictures.slice(i + 1)) expect(difference(a, b)).toBeGreaterThan(8);
    });
  });

  it('moves in every camera within two seconds', () => {
    for (const scene of scenes) expect(difference(draw(scene, noon), draw(scene, noon + 2_000))).toBeGreaterThan(0.02);
  });

  it('draws the same moment the same way, whatever was drawn before', () => {
    for (const scene of scenes.slice(0, 4)) {
      const first = draw(scene, noon);
      draw(scene, noon + 777_000);
      expect(draw(scene, noon).equals(first)).toBe(true);
    }
  });

  it('stays within the range of video', () => {
    for (const scene of scenes) {
      const frame = draw(scene, noon + 5_000);
      const luma = frame.subarray(0, (frameBytes * 2) / 3);
      expect(luma.every((value) => value >= 12 && value <= 240)).toBe(true);
      const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
      expect(mean).toBeGreaterThan(25);
      expect(mean).toBeLessThan(170);
    }
  });

  it('writes the time that it is told into the picture', () => {
    const scene = scenes[4];
    if (scene === undefined) throw new Error('there is no fifth camera');
    for (const utcMs of [noon, Date.UTC(2026, 11, 31, 18, 59, 59), Date.UTC(2031, 6, 8, 23, 47, 16)]) {
      expect(readClock(scene, draw(scene, noon, utcMs), 19)).toBe(clockText(utcMs));
    }
  });
});
