import type { Camera } from '../../../core/cameras/camera.ts';
import { type CameraCondition, passes } from './directory-filter.ts';
import type { DirectoryAnswer, DirectoryFacets, DirectoryQuestion, DirectoryView } from './directory-messages.ts';
import { createDirectorySearch, type DirectorySearch } from './directory-search.ts';
import { buildTree, type DirectoryRow, type PlaceNode, treeRows } from './directory-tree.ts';

const mostTags = 200;

/** The whole directory in one memory, and the view of it that a list shows: what runs in the worker, without the worker. */
export interface DirectoryBook {
  readonly facets: DirectoryFacets;
  readonly search: DirectorySearch;
  answer(question: Exclude<DirectoryQuestion, { t: 'load' }>): DirectoryAnswer;
}

/** `cameras` in any order. */
export function createDirectoryBook(given: readonly Camera[]): DirectoryBook {
  const cameras = [...given].sort((a, b) => a.number - b.number);
  const placeOf = new Map(cameras.map(({ id }, place): [string, number] => [id, place]));
  const byNumber = new Map(cameras.map(({ number }, place): [number, number] => [number, place]));
  const tree: readonly PlaceNode[] = buildTree(cameras);
  const search = createDirectorySearch(cameras);
  let rows: readonly DirectoryRow[] = [];
  let found: readonly number[] = [];

  function show({ query, filter, open, named, conditions }: DirectoryView): void {
    const conditionOf = new Map<string, CameraCondition>(conditions);
    const mayBe = (place: number): boolean => {
      const camera = cameras[place];
      return camera !== undefined && passes(filter, camera, conditionOf);
    };
    if (query.trim() !== '') {
      found = search.find(query, mayBe);
      rows = found.flatMap((place): DirectoryRow[] => {
        const camera = cameras[place];
        return camera ? [{ kind: 'camera', key: camera.id, camera, depth: 0 }] : [];
      });
      return;
    }
    found = [...cameras.keys()].filter(mayBe);
    rows = treeRows({ cameras, placeOf, tree, named, open: new Set(open), passes: mayBe });
  }
  const part = (id: number, from: number, count: number): DirectoryAnswer => ({
    t: 'rows',
    id,
    total: rows.length,
    found: found.length,
    from,
    rows: rows.slice(from, from + count),
  });
  const some = (id: number, places: readonly (number | undefined)[]): DirectoryAnswer => ({
    t: 'cameras',
    id,
    cameras: places.flatMap((place) => (place === undefined ? [] : (cameras[place] ?? []))),
  });

  return {
    facets: {
      districts: [...new Set(cameras.map(({ district }) => district))].filter((name) => name !== '').sort(),
      tags: [...new Set(cameras.flatMap(({ tags }) => tags))].sort().slice(0, mostTags),
    },
    search,
    answer(question) {
      switch (question.t) {
        case 'view':
          show(question.view);
          return part(question.id, question.from, question.count);
        case 'rows':
          return part(question.id, question.from, question.count);
        case 'listed':
          return some(question.id, found.slice(0, question.count));
        case 'number':
          return some(question.id, [byNumber.get(question.number)]);
        case 'search':
          return some(question.id, search.find(question.query, () => true).slice(0, question.count));
        case 'cameras':
          return some(
            question.id,
            question.ids.map((id) => placeOf.get(id)),
          );
      }
    },
  };
}
