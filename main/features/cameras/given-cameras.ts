import type { KnownSecrets } from '../../ports/known-secrets.ts';
import { addCommandCameras } from './command-cameras.ts';
import type { ReadCameras } from './parse-camera-file.ts';
import { readCameraFile } from './read-camera-file.ts';
import { refusalsInWords } from './refusals.ts';

/** What a command said about cameras. */
export interface CameraOptions {
  /** The values of `--camera`, in order. */
  readonly camera: readonly string[];
  /** The path after `--cameras`. */
  readonly cameras?: string | undefined;
}

/** The cameras of this run, or null where the command names none. Never rejects. */
export async function readGivenCameras(options: CameraOptions, secrets: KnownSecrets): Promise<ReadCameras | null> {
  if (options.camera.length === 0 && options.cameras === undefined) return null;
  const file =
    options.cameras === undefined
      ? { entries: [], refused: [], refusedTotal: 0 }
      : await readCameraFile(options.cameras, secrets);
  const all = addCommandCameras(file.entries, options.camera, secrets);
  return {
    entries: all.entries,
    refused: [...refusalsInWords(file.refused, file.refusedTotal), ...refusalsInWords(all.refused, all.refusedTotal)],
    refusedTotal: file.refusedTotal + all.refusedTotal,
  };
}
