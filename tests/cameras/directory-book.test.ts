import { describe, expect, it, onTestFinished } from 'vitest';
import { verdictWords } from '../../core/streams/verdict.ts';
import { createDirectoryBook } from '../../renderer/features/cameras/directory-book.ts';
import { conditionOf, type DirectoryFilter, noFilter } from '../../renderer/features/cameras/directory-filter.ts';
import type { DirectoryAnswer, DirectoryView } from '../../renderer/features/cameras/directory-messages.ts';
import { cameraOf } from './camera-of.ts';

const cameras = [
  cameraOf(30, { district: 'Peshawar', site: 'A', siteKind: 'school', tags: ['night'] }),
  cameraOf(10, { district: 'Peshawar', site: 'A', kind: 'ptz' }),
  cameraOf(20, { district: 'Bannu', site: 'B', siteKind: 'market', tags: ['night', 'gate'] }),
];

function open(given = cameras) {
  const book = createDirectoryBook(given);
  onTestFinished(() => book.search.close());
  const show = (more: Partial<DirectoryView>, from = 0, count = 100) => {
    const view = { query: '', filter: noFilter, open: [], named: [], conditions: [], ...more };
    return book.answer({ t: 'view', id: 7, view, from, count });
  };
  const listed = (filter: Partial<DirectoryFilter>, more: Partial<DirectoryView> = {}) => {
    show({ filter: { ...noFilter, ...filter }, ...more });
    return numbersOf(book.answer({ t: 'listed', id: 8, count: 100 }));
  };
  return { book, show, listed };
}
const numbersOf = (answer: DirectoryAnswer) => (answer.t === 'cameras' ? answer.cameras.map(({ number }) => number) : null);

describe('the book of the directory', () => {
  it('puts cameras in the order of their numbers, and names districts and tags once', () => {
    const { book, listed } = open();
    expect(listed({})).toEqual([10, 20, 30]);
    expect(book.facets).toEqual({ districts: ['Bannu', 'Peshawar'], tags: ['gate', 'night'] });
  });

  it.each<[string, Partial<DirectoryFilter>, readonly number[]]>([
    ['district', { district: 'Peshawar' }, [10, 30]],
    ['kind of site', { siteKind: 'market' }, [20]],
    ['kind', { kind: 'ptz' }, [10]],
    ['tag', { tag: 'night' }, [20, 30]],
    ['all of them together', { tag: 'night', district: 'Peshawar', kind: 'fixed', siteKind: 'school' }, [30]],
  ])('filters by %s', (_what, filter, numbers) => {
    expect(open().listed(filter)).toEqual(numbers);
  });

  it('takes a camera that nobody watches for one that is not on the wall', () => {
    const { listed } = open();
    const [, ptz, other] = cameras;
    const conditions: DirectoryView['conditions'] = [
      [ptz?.id ?? cameraOf(1).id, 'live'],
      [other?.id ?? cameraOf(1).id, 'trouble'],
    ];
    expect(listed({ condition: 'live' }, { conditions })).toEqual([10]);
    expect(listed({ condition: 'trouble' }, { conditions })).toEqual([20]);
    expect(listed({ condition: 'unwatched' }, { conditions })).toEqual([30]);
  });

  it('takes a camera for live only where its tile says so: neither a frozen one, nor one that nobody can see', () => {
    expect(verdictWords.filter((word) => conditionOf(word) === 'live')).toEqual(['live']);
    expect(verdictWords.filter((word) => conditionOf(word) === null)).toEqual(['opening', 'unseen', 'none']);
  });

  it('gives the lines that are asked for, and says how many there are', () => {
    const { book, show } = open();
    expect(show({ query: 'camera' }, 0, 2)).toMatchObject({ id: 7, total: 3, found: 3, from: 0 });
    const rest = book.answer({ t: 'rows', id: 9, from: 2, count: 100 });
    expect(rest.t === 'rows' && rest.rows.map(({ key }) => key)).toEqual(['c-30']);
    expect(book.answer({ t: 'rows', id: 9, from: 3, count: 100 })).toMatchObject({ rows: [], total: 3 });
  });

  it('finds by number and by id, and nothing for what is not there', () => {
    const { book } = open();
    const byNumber = (number: number) => numbersOf(book.answer({ t: 'number', id: 1, number }));
    expect([byNumber(20), byNumber(2)]).toEqual([[20], []]);
    const ids = [cameraOf(30).id, cameraOf(5).id, cameraOf(10).id];
    expect(numbersOf(book.answer({ t: 'cameras', id: 1, ids }))).toEqual([30, 10]);
  });

  it('searches beside the view, within a bound, and leaves the view as it is', () => {
    const { book, listed } = open();
    expect(listed({ district: 'Bannu' })).toEqual([20]);
    expect(numbersOf(book.answer({ t: 'search', id: 1, query: 'camera', count: 2 }))).toEqual([10, 20]);
    expect(numbersOf(book.answer({ t: 'listed', id: 1, count: 9 }))).toEqual([20]);
  });

  it('offers at most two hundred tags', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      cameraOf(index + 1, { tags: [`tag ${String(index).padStart(3, '0')}`] }),
    );
    expect(open(many).book.facets.tags.length).toBe(200);
  });
});
