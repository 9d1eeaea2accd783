import type { CameraEntry } from '../../../core/cameras/camera.ts';
import { streamNames } from '../../../core/cameras/camera.ts';
import type { KnownSecrets } from '../../ports/known-secrets.ts';

/** Makes every password of these cameras known, so that it is masked wherever text leaves the program. */
export function addKnownCredentials(entries: readonly CameraEntry[], secrets: KnownSecrets): void {
  for (const { addresses } of entries) {
    for (const stream of streamNames) {
      const credentials = addresses[stream]?.credentials;
      if (credentials !== undefined && credentials !== null) secrets.addCredentials(credentials);
    }
  }
}
