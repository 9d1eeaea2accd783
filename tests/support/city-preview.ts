import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { demoCity } from '../../core/cameras/demo-city.ts';
import { frameBytes, frameHeight, frameWidth } from '../../main/gateway/city/frame-size.ts';
import { createScene, renderFrame } from '../../main/gateway/city/scene.ts';

/** A look at the demonstration city without a wall: `node tests/support/city-preview.ts <folder> [camera number …]` writes a PNG of each camera. */
const [folder = 'city-preview', ...numbers] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const frame = Buffer.alloc(frameBytes);
for (const { camera } of demoCity()) {
  if (numbers.length > 0 && !numbers.includes(`${camera.number}`)) continue;
  const begun = performance.now();
  const scene = createScene(camera.id);
  if (scene === null) continue;
  const builtMs = performance.now() - begun;
  const at = 1_800_000_017_000;
  for (let i = 0; i < 450; i += 1) renderFrame(scene, at + i * 66.667, at + i * 66.667, frame);
  const warm = performance.now();
  for (let i = 0; i < 300; i += 1) renderFrame(scene, at + i * 66.667, at + i * 66.667, frame);
  const frameMs = (performance.now() - warm) / 300;
  process.stdout.write(
    `${camera.number} ${camera.name}: built in ${builtMs.toFixed(0)} ms, a picture ${frameMs.toFixed(3)} ms\n`,
  );
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${frameWidth}x${frameHeight}`, '-i', 'pipe:0'];
  spawnSync('ffmpeg', ['-y', '-loglevel', 'error', ...raw, '-frames:v', '1', join(folder, `${camera.number}.png`)], {
    input: frame,
  });
}
