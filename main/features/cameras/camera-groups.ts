import { type CameraGroup, type camerasContract, cameraGroupSchema } from '../../../core/cameras/cameras.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Handlers } from '../../../core/rpc/handlers.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import type { CamerasRefusal } from './camera-imports.ts';

export const groupsMax = 500;

type Calls = Pick<Handlers<typeof camerasContract>['calls'], 'cameras.save-group' | 'cameras.delete-group'>;

/** Named groups of cameras, for everybody, in the Registry. */
export interface CameraGroups {
  readonly list: Watchable<CameraGroup[]>;
  readonly calls: Calls;
  close(): void;
}

export function createCameraGroups(ports: {
  readonly registry: Registry;
  readonly log: Log;
  /** Whether all of these are in the directory. */
  knows(cameras: readonly string[]): Promise<boolean>;
}): CameraGroups {
  const { log } = ports;
  const table = ports.registry.table('camera-groups', cameraGroupSchema, (group) =>
    log.warn('A group of cameras cannot be read and is left out', { group }),
  );
  const groups = new Map<string, { readonly group: CameraGroup; readonly registryRevision: number }>();
  const list = createCell<CameraGroup[]>([]);
  const tell = () =>
    list.set(
      [...groups.values()].map(({ group }) => group).sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)),
    );
  const stop = table.watch((update) => {
    if (update.what === 'present') {
      groups.clear();
      for (const { key, value, revision } of update.entries) groups.set(key, { group: value, registryRevision: revision });
    } else if (update.what === 'put') groups.set(update.key, { group: update.value, registryRevision: update.revision });
    else groups.delete(update.key);
    tell();
  });

  async function kept(write: () => Promise<{ readonly outcome: 'stored' | 'conflict' }>): Promise<CamerasRefusal | null> {
    try {
      return (await write()).outcome === 'stored' ? null : 'conflict';
    } catch (error) {
      log.error('A group of cameras could not be kept', { reason: error instanceof Error ? error.message : 'unknown' });
      return 'not-saved';
    }
  }

  return {
    list,
    calls: {
      async 'cameras.save-group'(input) {
        const cameras = [...new Set(input.cameras)];
        // Those that it had may stay: a camera that is not in the directory now may be in the next one.
        const had = new Set<string>(groups.get(input.id)?.group.cameras);
        const isKnown = await ports.knows(cameras.filter((camera) => !had.has(camera)));
        const present = groups.get(input.id);
        if (present === undefined && input.revision > 0) return { refusal: 'no-such-group' };
        if ((present?.group.revision ?? 0) !== input.revision) return { refusal: 'conflict' };
        if (present === undefined && groups.size >= groupsMax) return { refusal: 'too-many' };
        if (!isKnown) return { refusal: 'no-such-camera' };
        const group = { ...input, cameras, revision: input.revision + 1 };
        const expectedRevision = present?.registryRevision ?? null;
        return { refusal: await kept(() => table.put(input.id, group, { expectedRevision })) };
      },
      async 'cameras.delete-group'({ id }) {
        return groups.has(id) ? { refusal: await kept(() => table.delete(id)) } : { refusal: 'no-such-group' };
      },
    },
    close: stop,
  };
}
