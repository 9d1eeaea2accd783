import { z } from 'zod';
import type { CameraId } from '../../../core/cameras/camera.ts';
import { type Preset, presetSchema, type PtzRefusal } from '../../../core/ptz/ptz.contract.ts';
import type { CameraPreset } from '../../ports/camera-control.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';

/** What is ours of a camera's presets; of a preset that the camera lost it waits, bounded, for its return. */
const keptSchema = z.array(presetSchema).max(1_000);

/** Names, numbers and locks that people gave to presets; the places themselves are the camera's. */
export interface CameraPresets {
  readonly ready: Promise<void>;
  /** The camera's own presets with what is ours of them. */
  described(camera: CameraId, own: readonly CameraPreset[]): Preset[];
  isLocked(camera: CameraId, token: string): boolean;
  describe(camera: CameraId, preset: Preset): Promise<PtzRefusal | null>;
  forget(camera: CameraId, token: string): Promise<PtzRefusal | null>;
  close(): void;
}

export function createCameraPresets(ports: { readonly registry: Registry; readonly log: Log }): CameraPresets {
  const { log } = ports;
  const table = createMirroredTable(
    ports.registry.table('ptz-presets', keptSchema, (camera) => log.warn('Names of presets cannot be read', { camera })),
  );
  const keptOf = (camera: CameraId): readonly Preset[] => table.get(registryKey(camera)) ?? [];

  async function store(camera: CameraId, presets: Preset[]): Promise<PtzRefusal | null> {
    try {
      return (await table.put(registryKey(camera), presets.slice(-1_000))) ? null : 'not-saved';
    } catch (error) {
      log.error('What was said of a preset could not be kept', {
        reason: error instanceof Error ? error.message : String(error),
      });
      return 'not-saved';
    }
  }

  return {
    ready: table.ready,
    close: () => table.close(),
    described: (camera, own) =>
      own.map(
        ({ token, name }) => keptOf(camera).find((kept) => kept.token === token) ?? { token, name, number: null, locked: false },
      ),
    isLocked: (camera, token) => keptOf(camera).some((kept) => kept.token === token && kept.locked),
    describe: (camera, preset) =>
      table.inTurn(async () => {
        const others = keptOf(camera).filter(({ token }) => token !== preset.token);
        if (preset.number !== null && others.some(({ number }) => number === preset.number)) return 'number-taken';
        return store(camera, [...others, preset]);
      }),
    forget: (camera, token) =>
      table.inTurn(async () => {
        const others = keptOf(camera).filter((kept) => kept.token !== token);
        return others.length === keptOf(camera).length ? null : store(camera, others);
      }),
  };
}

/** Dots divide the words of a key. */
export function registryKey(camera: CameraId): string {
  return camera.replaceAll('.', '=');
}
