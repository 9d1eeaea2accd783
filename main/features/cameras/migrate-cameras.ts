import type { CameraEntry } from '../../../core/cameras/camera.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import { byNumber } from './by-number.ts';
import { fromStored } from './stored-cameras.ts';
import type { DirectoryStore } from './stored-directory.ts';

/** Where the first Deedban kept each camera by itself. */
const oldPrefix = 'cameras.';

/**
 * Brings cameras that were kept one by one (`cameras.<id>`) into the directory, if there is none yet, and removes their keys. What cannot be
 * read stays where it is. Ends with the whole in either form, whenever it is broken off.
 */
export async function migrateCameras(registry: Registry, store: DirectoryStore, log: Log): Promise<void> {
  const old = await registry.list(oldPrefix);
  if (old.length === 0) return;
  const found: { readonly key: string; readonly entry: CameraEntry }[] = [];
  for (const { key, value } of old) {
    const entry = fromStored(value);
    if (entry === null) log.warn('A camera of the directory cannot be read and is left out', { camera: key });
    else found.push({ key, entry });
  }
  if (found.length === 0) return;
  if ((await store.head()) === null) {
    const entries = byNumber(found.map(({ entry }) => entry));
    if ((await store.save(entries, null, () => {})) !== 'stored') return;
    log.info('The cameras were brought into the new form of the directory', { cameras: entries.length });
  }
  for (const { key } of found) await registry.delete(key);
}
