import { z } from 'zod';
import { type CameraId, cameraIdSchema } from '../../../core/cameras/camera.ts';
import type { ptzContract, PtzOutcome } from '../../../core/ptz/ptz.contract.ts';
import { mostSavedTours, type SavedTour, savedTourSchema, withoutTour, withTour } from '../../../core/ptz/saved-tour.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';
import { registryKey } from './camera-presets.ts';

const keptSchema = z.strictObject({ camera: cameraIdSchema, tours: z.array(savedTourSchema).max(mostSavedTours) });
/** So many cameras have some at most. */
const mostCameras = 5_000;

/** Tours that have a name, of each camera: on the disk before it is acknowledged. */
export interface SavedTours {
  readonly ready: Promise<void>;
  readonly calls: Pick<Feature<typeof ptzContract>['calls'], 'ptz.saved-tours' | 'ptz.save-tour' | 'ptz.delete-tour'>;
  close(): void;
}

export function createSavedTours({ registry, log }: { readonly registry: Registry; readonly log: Log }): SavedTours {
  const table = createMirroredTable(
    registry.table('ptz-saved-tours', keptSchema, (camera) =>
      log.warn('The tours that were saved of a camera cannot be read', { camera }),
    ),
  );
  const toursOf = (camera: CameraId): readonly SavedTour[] => table.get(registryKey(camera))?.tours ?? [];

  async function keep(camera: CameraId, next: (tours: readonly SavedTour[]) => SavedTour[] | null): Promise<PtzOutcome> {
    const work = async (): Promise<PtzOutcome['refusal']> => {
      const key = registryKey(camera);
      const tours = next(toursOf(camera));
      const isNew = table.get(key) === undefined;
      if (tours === null || (isNew && table.entries.current().size >= mostCameras)) return 'too-many-tours';
      if (tours.length === 0 && isNew) return null;
      const isKept = tours.length === 0 ? await table.delete(key) : await table.put(key, { camera, tours });
      return isKept ? null : 'not-saved';
    };
    return { refusal: await table.inTurn(work).catch(() => 'not-saved' as const), heldBy: null };
  }

  return {
    ready: table.ready,
    calls: {
      'ptz.saved-tours': ({ camera }) => Promise.resolve({ tours: [...toursOf(camera)] }),
      'ptz.save-tour': ({ camera, tour }) => keep(camera, (tours) => withTour(tours, tour)),
      'ptz.delete-tour': ({ camera, name }) => keep(camera, (tours) => withoutTour(tours, name)),
    },
    close: () => table.close(),
  };
}
