import { describe, expect, it, onTestFinished } from 'vitest';
import { peshawarPlaces } from '../../main/features/cameras/province/place-names.ts';
import { createDirectorySearch } from '../../renderer/features/cameras/directory-search.ts';
import { foldText } from '../../renderer/features/cameras/fold-text.ts';
import { soundSkeleton } from '../../renderer/features/cameras/sound-skeleton.ts';
import { cameraOf } from './camera-of.ts';

const skeletonOf = (text: string) => foldText(text).split(' ').map(soundSkeleton).join('');

async function searchIn(names: readonly string[]) {
  const search = createDirectorySearch(names.map((name, index) => cameraOf(index + 1, { name })));
  onTestFinished(() => search.close());
  await search.ready;
  return (query: string) => search.find(query, () => true).map((place) => names[place]);
}

describe('a name as it sounds', () => {
  it.each([
    ['Khyber', 'خیبر', 'kbr'],
    ['Peshawar', 'پشاور', 'pxr'],
    ['Qissa Khwani', 'قصہ خوانی', 'kskn'],
    ['Chowk Yadgar', 'چوک یادگار', 'ckdgr'],
    ['Hayatabad', 'حیات آباد', 'tbd'],
    ['Afghan', 'افغان', 'fgn'],
    ['Phatak', 'پھاٹک', 'ptk'],
    ['Gate 12', 'گیٹ ۱۲', 'gt12'],
  ])('%s and %s are both %s', (latin, urdu, skeleton) => {
    expect([skeletonOf(latin), skeletonOf(urdu)]).toEqual([skeleton, skeleton]);
  });

  it('is the same in both scripts for four of five names of Peshawar', () => {
    const both = peshawarPlaces.filter(([, urdu]) => urdu !== undefined);
    const same = both.filter(([latin, urdu = '']) => skeletonOf(latin) === skeletonOf(urdu));
    expect(same.length / both.length).toBeGreaterThanOrEqual(0.8);
  });
});

describe('a search in the other script', () => {
  const names = ['Khyber Bazar, gate', 'خیبر بازار', 'Hayatabad Chowk', 'حیات آباد', 'Kabir Road', 'Kohat Road'];

  it.each([
    ['خیبر', ['خیبر بازار', 'Khyber Bazar, gate', 'Kabir Road']],
    ['khyber', ['Khyber Bazar, gate', 'خیبر بازار']],
    ['حیات آباد', ['حیات آباد', 'Hayatabad Chowk']],
    ['hayatabad', ['Hayatabad Chowk', 'حیات آباد']],
  ])('%s finds first what is written so, then what sounds so', async (query, found) => {
    expect((await searchIn(names))(query)).toEqual(found);
  });

  it('finds nothing that only sounds so in its own script', async () => {
    expect((await searchIn(names))('kabir')).not.toContain('Khyber Bazar, gate');
  });

  it('goes by whole beginnings of words, and by three consonants at least', async () => {
    const find = await searchIn(['شیخ خیبر', 'لاہوری', 'مکبر']);
    expect(find('khyber')).toEqual(['شیخ خیبر']);
    expect(find('lahori')).toEqual([]);
  });
});
