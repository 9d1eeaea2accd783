import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { type CameraId, cameraIdSchema } from '../../../core/cameras/camera.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';
import { registryKey } from './camera-presets.ts';

const keptSchema = z.strictObject({ camera: cameraIdSchema, tour: z.string().min(1).max(100) });
export type PausedTour = Readonly<z.infer<typeof keptSchema>>;

/** Tours of cameras that are paused for whoever steers, on the disk: who is killed meanwhile lets them go on at the next start. */
export interface PausedTours {
  /** Those that an earlier program left paused. */
  readonly left: Promise<readonly PausedTour[]>;
  /** `tour` null: none of this camera's is paused any more. Resolves when the disk has it, or could not take it; never rejects. */
  keep(camera: CameraId, tour: string | null): Promise<void>;
  /** Resolves when all is on the disk. */
  close(): Promise<void>;
}

export function createPausedTours({ registry, log }: { readonly registry: Registry; readonly log: Log }): PausedTours {
  const table = createMirroredTable(
    registry.table('ptz-paused-tours', keptSchema, (camera) => log.warn('A paused tour cannot be read', { camera })),
  );

  let last: Promise<void> = Promise.resolve();

  async function store(camera: CameraId, tour: string | null): Promise<void> {
    const key = registryKey(camera);
    try {
      if ((table.get(key)?.tour ?? null) === tour) return;
      await (tour === null ? table.delete(key) : table.put(key, { camera, tour }));
    } catch (error) {
      log.error('Whether a tour of a camera is paused could not be kept', {
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
