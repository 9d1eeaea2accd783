import { z } from 'zod';
import type { CameraId } from '../../../core/cameras/camera.ts';
import { type Preset, presetSchema, type PtzRefusal } from '../../../core/ptz/ptz.contract.ts';
import type { CameraPreset } from '../../ports/camera-control.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';

/** What is ours of a camera's presets; of a preset that the camera lost it waits, bounded, for its return. */
const keptSchema = z.array(presetSchema).max(1_000);

/** As the contract has it. */
const mostNumber = 999;

/** Names, numbers and locks that people gave to presets; the places themselves are the camera's. */
export interface CameraPresets {
  readonly ready: Promise<void>;
  /** The camera's own presets with what is ours of them. One that is seen for the first time gets a number to type, and keeps it. */
  described(camera: CameraId, own: readonly CameraPreset[]): Promise<Preset[]>;
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
      table.inTurn(async () => {
        // A number that nobody chose is free again when its preset is gone.
        const isThere = ({ token, name }: Preset) => name !== '' || own.length === 0 || own.some((each) => each.token === token);
        const kept = keptOf(camera).filter(isThere);
        const known = new Map([...kept, ...numbered(kept, own)].map((each) => [each.token, each]));
        const isChanged = kept.length !== keptOf(camera).length || known.size !== kept.length;
        // Where they cannot be kept they are the same again at the next reading, as long as the camera has the same presets.
        if (isChanged) await store(camera, [...known.values()]);
        return own.map(({ token, name }): Preset => {
          const ours = known.get(token) ?? { token, name, number: null, locked: false };
          return { ...ours, name: ours.name || name };
        });
      }),
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

/**
 * Numbers for the presets that have none yet: the camera's own where its token is one (most cameras count them), else the lowest that is free. Their
 * name stays the camera's.
 */
function numbered(kept: readonly Preset[], own: readonly CameraPreset[]): Preset[] {
  const taken = new Set(kept.map(({ number }) => number));
  const fresh = own.filter(({ token }) => !kept.some((each) => each.token === token));
  const free = (number: number) => number >= 1 && number <= mostNumber && !taken.has(number);
  const give = (number: number | null): number | null => {
    taken.add(number);
    return number;
  };
  const tokens = fresh.map(({ token }) => (/^[1-9]\d{0,2}$/.test(token) && free(Number(token)) ? give(Number(token)) : null));
  let next = 1;
  return fresh.map(({ token }, at) => {
    if (tokens[at] === null) while (next <= mostNumber && !free(next)) next += 1;
    return { token, name: '', number: tokens[at] ?? (free(next) ? give(next) : null), locked: false };
  });
}

/** Dots divide the words of a key. */
export function registryKey(camera: CameraId): string {
  return camera.replaceAll('.', '=');
}
