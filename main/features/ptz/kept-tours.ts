import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type CameraId, cameraIdSchema } from '../../../core/cameras/camera.ts';
import { tourStepSchema } from '../../../core/ptz/tour-life.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';
import { registryKey } from './camera-presets.ts';

const tourSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('us'), steps: z.array(tourStepSchema).min(1).max(64) }),
  /** One of its own, paused for whoever steers; while it runs there is nothing to go on with. */
  z.strictObject({ by: z.literal('camera'), token: z.string().min(1).max(100) }),
]);
export type KeptTour = Readonly<z.infer<typeof tourSchema>>;
const keptSchema = z.strictObject({ camera: cameraIdSchema, tour: tourSchema });

/** What goes on at the next start, on the disk: each camera's tour that we run, or that it runs by itself and is paused. */
export interface KeptTours {
  /** What an earlier program left. Rejects with `StoreProblem`. */
  readonly left: Promise<readonly { readonly camera: CameraId; readonly tour: KeptTour }[]>;
  /** `tour` null: there is none to go on with any more. Resolves when the disk has it, or could not take it; never rejects. */
  keep(camera: CameraId, tour: KeptTour | null): Promise<void>;
  /** Resolves when all is on the disk. */
  close(): Promise<void>;
}

export function createKeptTours({ registry, log }: { readonly registry: Registry; readonly log: Log }): KeptTours {
  const table = createMirroredTable(
    registry.table('ptz-tours', keptSchema, (camera) => log.warn('A tour that was kept cannot be read', { camera })),
  );

  let last: Promise<void> = Promise.resolve();

  async function store(camera: CameraId, tour: KeptTour | null): Promise<void> {
    const key = registryKey(camera);
    try {
      if (isDeepStrictEqual(table.get(key)?.tour ?? null, tour)) return;
      await (tour === null ? table.delete(key) : table.put(key, { camera, tour }));
    } catch (error) {
      log.error('A tour that is to go on at the next start could not be kept', {
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  return {
    left: table.ready.then(() => [...table.entries.current().values()].map(({ value }) => value)),
    keep(camera, tour) {
      // What is on its way to the camera goes first: the disk takes its time.
      const soon = setImmediate();
      last = last.then(() => soon).then(() => store(camera, tour));
      return last;
    },
    async close() {
      await last;
      table.close();
    },
  };
}
