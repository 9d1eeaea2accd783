import type { Camera, CameraId } from '../../../core/cameras/camera.ts';

/** A place's share of the directory: sites have cameras, the others have places. */
export interface PlaceNode {
  readonly key: string;
  readonly level: 'province' | 'district' | 'site';
  readonly name: string;
  readonly children: readonly PlaceNode[];
  /** Places in the list of cameras; of a site only. */
  readonly cameras: readonly number[];
}

/** One line of the list. */
export type DirectoryRow =
  | {
      readonly kind: 'place';
      readonly key: string;
      readonly level: PlaceNode['level'] | 'favourites' | 'group';
      /** Empty where nobody gave a name. */
      readonly name: string;
      readonly depth: number;
      readonly open: boolean;
      readonly count: number;
      /** What is dragged with it; empty where that is too much for a display. */
      readonly cameras: readonly CameraId[];
    }
  | { readonly kind: 'camera'; readonly key: string; readonly camera: Camera; readonly depth: number };

export interface NamedCameras {
  readonly key: string;
  readonly level: 'favourites' | 'group';
  readonly name: string;
  readonly cameras: readonly CameraId[];
}

/** A site with more than this is not dragged as a whole: no display shows so many. */
const mostDragged = 256;

/** Province, district, site and camera; a level that nobody filled in is left out. Names in the order of the alphabet, cameras by number. */
export function buildTree(cameras: readonly Camera[]): readonly PlaceNode[] {
  const provinces = new Map<string, Map<string, Map<string, number[]>>>();
  for (const [place, { province, district, site }] of cameras.entries()) {
    const districts = within(provinces, province, () => new Map<string, Map<string, number[]>>());
    const sites = within(districts, district, () => new Map<string, number[]>());
    within(sites, site, (): number[] => []).push(place);
  }
  const order = new Intl.Collator('en', { numeric: true });
  const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => order.compare(a, b));
  return sorted(provinces).flatMap(([province, districts]) => {
    const districtNodes = sorted(districts).map(([district, sites]): PlaceNode => {
      const key = `d ${province}\n${district}`;
      const children = sorted(sites).map(
        ([site, places]): PlaceNode => ({
          key: `s ${province}\n${district}\n${site}`,
          level: 'site',
          name: site,
          children: [],
          cameras: places,
        }),
      );
      return { key, level: 'district', name: district, children, cameras: [] };
    });
    if (province === '') return districtNodes;
    return [{ key: `p ${province}`, level: 'province' as const, name: province, children: districtNodes, cameras: [] }];
  });
}

function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The lines of the tree as it is opened: favourites and groups first, then places; places without a camera that passes are left out. */
export function treeRows(facts: {
  readonly cameras: readonly Camera[];
  readonly placeOf: ReadonlyMap<string, number>;
  readonly tree: readonly PlaceNode[];
  readonly named: readonly NamedCameras[];
  readonly open: ReadonlySet<string>;
  readonly passes: (place: number) => boolean;
}): readonly DirectoryRow[] {
  const { cameras, placeOf, tree, named, open, passes } = facts;
  const rows: DirectoryRow[] = [];
  const ids = (places: readonly number[]) =>
    places.length > mostDragged ? [] : places.flatMap((place) => cameras[place]?.id ?? []);
  const addCameras = (key: string, places: readonly number[], depth: number): void => {
    for (const place of places) {
      const camera = cameras[place];
      if (camera) rows.push({ kind: 'camera', key: `${key}\n${camera.id}`, camera, depth });
    }
  };

  for (const { key, level, name, cameras: members } of named) {
    const places = members.flatMap((id) => placeOf.get(id) ?? []).filter(passes);
    const isOpen = open.has(key);
    rows.push({ kind: 'place', key, level, name, depth: 0, open: isOpen, count: places.length, cameras: ids(places) });
    if (isOpen) addCameras(key, places, 1);
  }

  function add(node: PlaceNode, depth: number): number {
    const at = rows.length;
    const isOpen = open.has(node.key);
    if (node.level === 'site') {
      const places = node.cameras.filter(passes);
      if (places.length === 0) return 0;
      const { key, level, name } = node;
      rows.push({ kind: 'place', key, level, name, depth, open: isOpen, count: places.length, cameras: ids(places) });
      if (isOpen) addCameras(key, places, depth + 1);
      return places.length;
    }
    let count = 0;
    for (const child of node.children) count += isOpen ? add(child, depth + 1) : countOf(child, passes);
    if (count === 0) {
      rows.length = at;
      return 0;
    }
    const { key, level, name } = node;
    rows.splice(at, 0, { kind: 'place', key, level, name, depth, open: isOpen, count, cameras: [] });
    return count;
  }
  for (const node of tree) add(node, 0);
  return rows;
}

function countOf(node: PlaceNode, passes: (place: number) => boolean): number {
  let count = 0;
  for (const place of node.cameras) if (passes(place)) count += 1;
  for (const child of node.children) count += countOf(child, passes);
  return count;
}
