import { describe, expect, it } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { buildTree, type DirectoryRow, type NamedCameras, treeRows } from '../../renderer/features/cameras/directory-tree.ts';
import { cameraOf } from './camera-of.ts';

const kp = { province: 'Khyber Pakhtunkhwa' };
const cameras = [
  cameraOf(1, { ...kp, district: 'Peshawar', site: 'Gate 10' }),
  cameraOf(2, { ...kp, district: 'Peshawar', site: 'Gate 9', kind: 'ptz' }),
  cameraOf(3, { ...kp, district: 'Bannu', site: 'Chowk' }),
  cameraOf(4, { ...kp, district: 'Peshawar', site: 'Gate 10' }),
  cameraOf(5, { district: 'Tank', site: '' }),
];
const placeOf = new Map(cameras.map(({ id }, place): [string, number] => [id, place]));
const tree = buildTree(cameras);
const peshawar = 'd Khyber Pakhtunkhwa\nPeshawar';

function rows(open: readonly string[], named: readonly NamedCameras[] = [], passes: (place: number) => boolean = () => true) {
  return treeRows({ cameras, placeOf, tree, named, open: new Set(open), passes });
}
const words = (list: readonly DirectoryRow[]) =>
  list.map((row) => `${'  '.repeat(row.depth)}${row.kind === 'place' ? `${row.name} (${row.count})` : row.camera.number}`);

describe('the tree of places', () => {
  it('counts every camera once, whatever is open', () => {
    expect(words(rows([]))).toEqual(['Tank (1)', 'Khyber Pakhtunkhwa (4)']);
    expect(words(rows(['p Khyber Pakhtunkhwa']))).toEqual([
      'Tank (1)',
      'Khyber Pakhtunkhwa (4)',
      '  Bannu (1)',
      '  Peshawar (3)',
    ]);
  });

  it('orders sites as a person counts, and cameras by number', () => {
    const open = ['p Khyber Pakhtunkhwa', peshawar, `s Khyber Pakhtunkhwa\nPeshawar\nGate 10`];
    expect(words(rows(open)).slice(3)).toEqual(['  Peshawar (3)', '    Gate 9 (1)', '    Gate 10 (2)', '      1', '      4']);
  });

  it('leaves out places of which no camera passes, and counts those that do', () => {
    const onlyPtz = (place: number) => cameras[place]?.kind === 'ptz';
    expect(words(rows(['p Khyber Pakhtunkhwa'], [], onlyPtz))).toEqual(['Khyber Pakhtunkhwa (1)', '  Peshawar (1)']);
    expect(rows(['p Khyber Pakhtunkhwa'], [], () => false)).toEqual([]);
  });

  it('lists favourites and groups first, in their own order, without cameras that are gone', () => {
    const id = (name: string) => cameraIdSchema.parse(name);
    const named: NamedCameras[] = [
      { key: 'favourites', level: 'favourites', name: 'Favourites', cameras: [id('c-4'), id('gone'), id('c-1')] },
      { key: 'g 1', level: 'group', name: 'Gates', cameras: [id('c-2')] },
    ];
    expect(words(rows(['favourites'], named)).slice(0, 4)).toEqual(['Favourites (2)', '  4', '  1', 'Gates (1)']);
  });

  it('drags a site whole, but nothing that no display could show', () => {
    const many = Array.from({ length: 257 }, (_, index) => cameraOf(index + 1, { district: 'D', site: index < 256 ? 'A' : 'B' }));
    const found = treeRows({
      cameras: [...many, cameraOf(900, { district: 'D', site: 'A' })],
      placeOf: new Map(),
      tree: buildTree([...many, cameraOf(900, { district: 'D', site: 'A' })]),
      named: [],
      open: new Set(['d \nD']),
      passes: () => true,
    });
    expect(found.map((row) => (row.kind === 'place' ? [row.name, row.count, row.cameras.length] : null))).toEqual([
      ['D', 258, 0],
      ['A', 257, 0],
      ['B', 1, 1],
    ]);
  });
});
