import { useEffect, useMemo, useState } from 'react';
import type { TFunction } from 'i18next';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { CameraGroup } from '../../../core/cameras/cameras.contract.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { CamerasClient, Directory } from './directory.ts';
import { type CameraCondition, conditionOf, type DirectoryFilter, noFilter } from './directory-filter.ts';
import type { NamedCameras } from './directory-tree.ts';

/** What the list shows, and what changes it. */
export interface DirectoryViewState {
  readonly query: string;
  readonly filter: DirectoryFilter;
  readonly favourites: ReadonlySet<CameraId>;
  readonly groups: readonly CameraGroup[];
  readonly conditions: ReadonlyMap<CameraId, CameraCondition>;
  setQuery(query: string): void;
  setFilter(filter: DirectoryFilter): void;
  setOpen(key: string, open: boolean): void;
}

const noIds: readonly CameraId[] = [];
const noGroups: readonly CameraGroup[] = [];

/** Tells the directory what to list whenever that changes. */
export function useDirectoryView(client: CamerasClient, directory: Directory, t: TFunction): DirectoryViewState {
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState(noFilter);
  const [open, setOpenKeys] = useState<readonly string[]>(firstOpen);
  const favouriteIds = useWatched<DeedbanContract, 'cameras.favourites'>(client, 'cameras.favourites') ?? noIds;
  const groups = useWatched<DeedbanContract, 'cameras.groups'>(client, 'cameras.groups') ?? noGroups;
  const conditions = useConditions(client);
  // Only a filter by condition cares; else a list of a thousand cameras would be made anew with each report.
  const listed = filter.condition === null ? noConditions : conditions;

  useEffect(() => {
    const favourites: NamedCameras = {
      key: 'favourites',
      level: 'favourites',
      name: t('cameras.favourites'),
      cameras: favouriteIds,
    };
    const named: NamedCameras[] = [
      ...(favouriteIds.length > 0 ? [favourites] : []),
      ...groups.map(({ id, name, cameras }): NamedCameras => ({ key: `g ${id}`, level: 'group', name, cameras })),
    ];
    // The worker searches; asked at once, it answers before the letter that was typed is painted.
    directory.show({ query, filter, open, named, conditions: [...listed] });
  }, [directory, query, filter, open, favouriteIds, groups, listed, t]);

  const favourites = useMemo(() => new Set(favouriteIds), [favouriteIds]);
  return {
    query,
    filter,
    favourites,
    groups,
    conditions,
    setQuery,
    setFilter,
    setOpen: (key, isOpen) => setOpenKeys((keys) => (isOpen ? [...keys, key] : keys.filter((each) => each !== key))),
  };
}

const firstOpen: readonly string[] = ['p Khyber Pakhtunkhwa', 'favourites'];
const noConditions: ReadonlyMap<CameraId, CameraCondition> = new Map();

/** The cameras somebody watches now, and how they are; a new map only when one of them changed. */
function useConditions(client: CamerasClient): ReadonlyMap<CameraId, CameraCondition> {
  const [conditions, setConditions] = useState(noConditions);
  useEffect(
    () =>
      client.watch('streams.tiles', (displays) => {
        const next = new Map<CameraId, CameraCondition>();
        for (const { tiles } of displays) {
          for (const { camera, verdict } of tiles) {
            const condition = conditionOf(verdict.word);
            if (condition !== null && next.get(camera) !== 'live') next.set(camera, condition);
          }
        }
        setConditions((before) => {
          const same = before.size === next.size && [...next].every(([camera, condition]) => before.get(camera) === condition);
          return same ? before : next;
        });
      }),
    [client],
  );
  return conditions;
}
