import type { Camera, CameraEntry } from '../../../core/cameras/camera.ts';
import type { camerasContract, RefusedLine } from '../../../core/cameras/cameras.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import type { ReadCameras } from './parse-camera-file.ts';
import { fromStored, storedCameras } from './stored-cameras.ts';

export interface CamerasPorts {
  /** The cameras of this run (`readGivenCameras`), or null where the command names none. */
  readonly given: ReadCameras | null;
  readonly registry: Registry;
  /** The demonstration city. */
  readonly demonstration: readonly CameraEntry[];
  readonly log: Log;
}

export interface CamerasFeature extends Feature<typeof camerasContract> {
  /** What every window sees of it. */
  readonly directory: Watchable<Camera[]>;
  readonly refused: Watchable<RefusedLine[]>;
  /** The directory with its addresses, ordered by number; for main alone. */
  readonly entries: Watchable<readonly CameraEntry[]>;
  /** Resolves when the directory is known; before that it is empty. */
  readonly ready: Promise<void>;
  close(): void;
}

/** A state that follows another. Its source ends with the program, so it never lets go. */
function follow<A, B>(source: Watchable<A>, map: (value: A) => B): Watchable<B> {
  const cell = createCell(map(source.current()));
  source.subscribe((value) => cell.set(map(value)));
  return cell;
}

/**
 * Which cameras there are: those of this run if the command named any (even if none of them was good: then the wall is empty and says why), else
 * the Registry's, else the demonstration city. They are never mixed.
 */
export function createCamerasFeature(ports: CamerasPorts): CamerasFeature {
  const { given, registry, demonstration, log } = ports;
  const entries = createCell<readonly CameraEntry[]>([]);
  const directory = follow(entries, (list): Camera[] => list.map((entry) => entry.camera));
  const refused = createCell<RefusedLine[]>([...(given?.refused ?? [])]);
  const byNumber = (list: Iterable<CameraEntry>) => [...list].sort((a, b) => a.camera.number - b.camera.number);

  const started = Promise.withResolvers<void>();
  let stop = () => {};
  if (given !== null) {
    entries.set(byNumber(given.entries));
    log.info('The cameras of this run come from the command', { cameras: given.entries.length, refused: given.refused.length });
    for (const { where, reason } of given.refused) log.warn(`Not taken: ${where}: ${reason}`);
    started.resolve();
  } else {
    const stored = new Map<string, CameraEntry>();
    const table = storedCameras(registry, (key) =>
      log.warn('A camera of the directory cannot be read and is left out', { camera: key }),
    );
    const show = () => entries.set(byNumber(stored.size === 0 ? demonstration : stored.values()));
    stop = table.watch((update) => {
      if (update.what === 'present') {
        stored.clear();
        for (const { key, value } of update.entries) stored.set(key, fromStored(value));
      } else if (update.what === 'put') stored.set(update.key, fromStored(update.value));
      else stored.delete(update.key);
      show();
      started.resolve();
    });
  }

  return {
    entries,
    directory,
    refused,
    ready: started.promise,
    calls: {},
    states: { 'cameras.directory': () => directory, 'cameras.refused': () => refused },
    events: {},
    close: () => stop(),
  };
}
