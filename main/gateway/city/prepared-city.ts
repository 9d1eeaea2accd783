import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PreparedCity } from './city-messages.ts';
import { plans } from './plans/all-plans.ts';
import { readPrepared } from './prepared-scene.ts';
import type { SceneStock } from './scene-stock.ts';

/** A camera's file in the folder of prepared scenes. */
export function preparedFile(folder: string, cameraId: string): string {
  return join(folder, `${cameraId}.scene`);
}

/** A camera's prepared stock; null, and words for the log, where there is none that can be used: it has to be drawn then. */
export async function loadStock(city: PreparedCity, cameraId: string, note: (words: string) => void): Promise<SceneStock | null> {
  // Not a name that leads out of the folder.
  if (plans[cameraId] === undefined) return null;
  const file = await readFile(preparedFile(city.folder, cameraId)).catch(() => null);
  try {
    if (file === null) throw new Error('it is missing');
    return await readPrepared(file, cameraId, city.stamp);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    note(`${cameraId}: its prepared scene cannot be used (${why}); it is drawn anew, which takes a moment`);
    return null;
  }
}
