import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { demoCity } from '../core/cameras/demo-city.ts';
import { cityStamp } from './city-stamp.ts';
import { outDir } from './paths.ts';

const folder = join(outDir, 'city');
const stampFile = join(folder, 'stamp.txt');
const mostWorkers = 4;

/**
 * Draws the demonstration cameras' scenes into `out/city`, so that no start has to; says so on stderr. Does nothing where they
 * are there and their sources have not changed.
 */
export async function prepareCityIfStale(): Promise<void> {
  const stamp = cityStamp();
  if ((await readFile(stampFile, 'utf8').catch(() => null)) === stamp) return;
  process.stderr.write('drawing the demonstration city, once: 16 places and all that moves in them, some seconds …\n');
  // Made beside and put in place when whole: an interrupted build leaves what was there.
  const next = `${folder}.next`;
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  const ids = demoCity().map(({ camera }) => camera.id);
  const count = Math.min(availableParallelism(), mostWorkers);
  const shares = Array.from({ length: count }, (_, turn) => ids.filter((_id, i) => i % count === turn));
  await Promise.all(shares.map((cameras) => draw({ folder: next, stamp, cameras })));
  await writeFile(join(next, 'stamp.txt'), stamp);
  await rm(folder, { recursive: true, force: true });
  await rename(next, folder);
}

function draw(share: { folder: string; stamp: string; cameras: readonly string[] }): Promise<void> {
  const worker = new Worker(new URL('./prepare-city-worker.ts', import.meta.url), { workerData: share });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`drawing the demonstration city ended with code ${code}`));
    });
  });
}
