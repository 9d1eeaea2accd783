import { writeFile } from 'node:fs/promises';
import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { preparedFile } from '../main/gateway/city/prepared-city.ts';
import { prepareScene } from '../main/gateway/city/prepared-scene.ts';

const shareSchema = z.strictObject({ folder: z.string(), stamp: z.string(), cameras: z.array(z.string()) });

const { folder, stamp, cameras } = shareSchema.parse(workerData);
// One is drawn after another, and packed and written while the next is drawn.
await Promise.all(
  cameras.map(async (camera) => {
    const file = await prepareScene(camera, stamp);
    if (file === null) throw new Error(`the demonstration city has no ${camera}`);
    await writeFile(preparedFile(folder, camera), file);
  }),
);
