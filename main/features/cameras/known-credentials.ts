import { type CameraEntry, streamNames, waysOf } from '../../../core/cameras/camera.ts';
import { isSecret } from '../../../core/cameras/way-secrets.ts';
import type { KnownSecrets } from '../../ports/known-secrets.ts';

/** Makes every password of these cameras known, so that it is masked wherever text leaves the program. */
export function addKnownCredentials(entries: readonly CameraEntry[], secrets: KnownSecrets): void {
  for (const entry of entries) {
    for (const stream of streamNames) {
      for (const { credentials, hidden = [] } of waysOf(entry, stream)) {
        if (credentials !== null) secrets.addCredentials(credentials);
        for (const word of hidden) for (const form of new Set([word, decoded(word)])) secrets.add(form);
      }
    }
  }
}

export function hasCredentials(entry: CameraEntry): boolean {
  return streamNames.some((stream) => waysOf(entry, stream).some(isSecret));
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
