import { z } from 'zod';
import { type CameraId, cameraIdSchema } from '../../../core/cameras/camera.ts';
import { type LensData, lensDataSchema } from '../../../core/ptz/lens.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';
import { registryKey } from './camera-presets.ts';

const keptSchema = z.strictObject({ camera: cameraIdSchema, lens: lensDataSchema });
export const mostLenses = 10_000;

/** What technicians said of cameras' lenses. */
export interface LensKeeper {
  readonly ready: Promise<void>;
  of(camera: CameraId): LensData | null;
  /** Null: nothing is said of it any more. Rejects with `StoreProblem`; false: there are too many. */
  set(camera: CameraId, lens: LensData | null): Promise<boolean>;
  close(): void;
}

export function createLensKeeper(ports: {
  readonly log: Log;
  readonly registry: Registry;
  /** Of some camera something else is said. */
  onChange(): void;
}): LensKeeper {
  const table = createMirroredTable(
    ports.registry.table('ptz-lens', keptSchema, (camera) =>
      ports.log.warn("What was said of a camera's lens cannot be read", { camera }),
    ),
  );
  const stopWatch = table.entries.subscribe(() => ports.onChange());

  return {
    ready: table.ready,
    of: (camera) => table.get(registryKey(camera))?.lens ?? null,
    set: (camera, lens) =>
      table.inTurn(async () => {
        const key = registryKey(camera);
        const isKept = table.get(key) !== undefined;
        if (lens === null) return isKept ? table.delete(key) : true;
        if (!isKept && table.entries.current().size >= mostLenses) return false;
        return table.put(key, { camera, lens });
      }),
    close() {
      stopWatch();
      table.close();
    },
  };
}
