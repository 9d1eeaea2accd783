import { describe, expect, it, onTestFinished } from 'vitest';
import type { Camera } from '../../core/cameras/camera.ts';
import { createDirectorySearch } from '../../renderer/features/cameras/directory-search.ts';
import { cameraOf } from './camera-of.ts';

const all = () => true;

async function searchIn(cameras: readonly Camera[]) {
  const search = createDirectorySearch(cameras);
  onTestFinished(() => search.close());
  await search.ready;
  return (query: string, passes: (place: number) => boolean = all) =>
    search.find(query, passes).map((place) => cameras[place]?.number);
}

const city = [
  cameraOf(1, { name: 'Qissa Khwani Bazar, gate', site: 'Qissa Khwani Bazar', district: 'Peshawar', tags: ['قصہ خوانی بازار'] }),
  cameraOf(2, { name: 'Hayatabad Chowk, north', site: 'Hayatabad Chowk', district: 'Peshawar', tags: ['procession'] }),
  cameraOf(12, { name: 'Bazar, east of 2', site: 'Kohat Road', district: 'Kohat' }),
  cameraOf(21, { name: 'خیبر بازار، دروازہ ۲', site: 'خیبر بازار', district: 'پشاور' }),
  cameraOf(120, { name: 'Ring Road', site: 'Old bazar', district: 'Mardan' }),
  cameraOf(214, { name: 'Town 12 gate', site: 'Town', district: 'Bannu' }),
];

describe('the search in the directory', () => {
  it.each([
    ['the very number first, then numbers that begin so, then names with it', '12', [12, 120, 214]],
    ['names that begin so before names with such a word before other places', 'bazar', [12, 1, 120]],
    ['every word, in any order and place', 'peshawar chowk', [2]],
    ['part of a word', 'yatab', [2]],
    ['tags', 'procession', [2]],
    ['Urdu, as it is written on an Arabic keyboard', 'خيبر', [21]],
    ['Urdu tags of a Latin name', 'خوانی', [1]],
    ['digits of the Arabic script', '۱۲', [12, 120, 214]],
    ['without regard to case and marks', 'HÁYAT', [2]],
  ])('finds %s', async (_what, query, numbers) => {
    const find = await searchIn(city);
    expect(find(query).slice(0, numbers.length)).toEqual(numbers);
  });

  it.each([
    ['a wrong letter', 'hayatabid', 2],
    ['a letter too many', 'hayattabad', 2],
    ['a letter too few', 'qisa', 1],
    ['two letters the wrong way round', 'mradan', 120],
    ['a wrong letter in Urdu', 'دروازا', 21],
    ['wrong letters in two words', 'qisa khwami', 1],
  ])('forgives %s', async (_what, query, number) => {
    const find = await searchIn(city);
    expect(find(query)).toContain(number);
  });

  it('forgives nothing in short words and numbers, where everything is near to everything', async () => {
    const find = await searchIn(city);
    expect(find('213')).toEqual([]);
    expect(find('rod')).toEqual([]);
  });

  it('shows what is written exactly so before what is nearly so', async () => {
    const find = await searchIn([cameraOf(1, { name: 'Bazaar' }), cameraOf(2, { name: 'Bazar' })]);
    expect(find('bazar')).toEqual([2, 1]);
  });

  it('finds only what passes, also among what is nearly right', async () => {
    const find = await searchIn(city);
    expect(find('bazar', (place) => place !== 0)).not.toContain(1);
    expect(find('hayatabid', (place) => place !== 1)).toEqual([]);
  });

  it('finds nothing for marks and spaces, and no more than two hundred that are nearly right', async () => {
    const find = await searchIn(Array.from({ length: 1_000 }, (_, index) => cameraOf(index + 1, { name: 'Hayatabad' })));
    expect(find(' ,;—')).toEqual([]);
    expect(find('hayatabid').length).toBe(200);
    expect(find('hayatabad').length).toBe(1_000);
  });

  it('finds what is written exactly so before its index is made', () => {
    const search = createDirectorySearch(city);
    onTestFinished(() => search.close());
    expect(search.find('hayatabad', all)).toEqual([1]);
    expect(search.find('hayatabid', all)).toEqual([]);
  });
});
