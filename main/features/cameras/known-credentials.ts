import { type CameraEntry, streamNames, waysOf } from '../../../core/cameras/camera.ts';
import type { KnownSecrets } from '../../ports/known-secrets.ts';

/** Makes every password of these cameras known, so that it is masked wherever text leaves the program. */
export function addKnownCredentials(entries: readonly CameraEntry[], secrets: KnownSecrets): void {
  for (const entry of entries) {
    for (const stream of streamNames) {
      for (const { credentials } of waysOf(entry, stream)) if (credentials !== null) secrets.addCredentials(credentials);
    }
  }
}

export function hasCredentials(entry: CameraEntry): boolean {
  return streamNames.some((stream) => waysOf(entry, stream).some(({ credentials }) => credentials !== null));
}
