import MiniSearch from 'minisearch';
import type { Camera } from '../../../core/cameras/camera.ts';
import { foldText } from './fold-text.ts';
import { createSoundMatch, type SoundIndex, soundIndex } from './sound-skeleton.ts';

/** With fewer hits than this, names that sound so in the other script and words that are nearly right count too. */
const enough = 20;
const mostNearly = 200;
/** How many cameras are taken into the index of nearly right words before the worker looks at its messages again. */
const sliceSize = 500;

/** Finds cameras by what somebody types: numbers, names, sites, districts and tags, in Latin and Arabic script. */
export interface DirectorySearch {
  /** Places of the cameras found, the best first. `passes` says which may be. */
  find(query: string, passes: (place: number) => boolean): readonly number[];
  /** Resolves when words with typing errors and names of the other script are found too; before that only what is written exactly so. */
  readonly ready: Promise<void>;
  close(): void;
}

/** `cameras` are in the order of their numbers. */
export function createDirectorySearch(cameras: readonly Camera[]): DirectorySearch {
  const names = cameras.map(({ name }) => foldText(name));
  const texts = cameras.map(
    ({ number, site, district, tags }, place) =>
      `${number} ${names[place] ?? ''} ${foldText(site)} ${foldText(district)} ${foldText(tags.join(' '))}`,
  );
  const nearly = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: (text) => text.split(' ').filter((word) => word.length > 3 && !/\d/.test(word)),
    processTerm: (term) => term,
  });
  const sounds: SoundIndex[] = [];
  let indexed = false;
  let closed = false;

  async function index(): Promise<void> {
    for (let from = 0; from < texts.length; from += sliceSize) {
      if (closed) return;
      for (const { site, district } of cameras.slice(from, from + sliceSize))
        sounds.push(soundIndex([names[sounds.length] ?? '', foldText(site), foldText(district)]));
      nearly.addAll(texts.slice(from, from + sliceSize).map((text, step) => ({ id: from + step, text })));
      await new Promise((resolve) => setTimeout(resolve));
    }
    indexed = true;
  }

  function find(query: string, passes: (place: number) => boolean): readonly number[] {
    const folded = foldText(query);
    if (folded === '') return [];
    const words = folded.split(' ');
    // In the order of numbers within each rank, without sorting fifty thousand hits of a single letter.
    const ranks: number[][] = [[], [], [], [], []];
    for (let place = 0; place < texts.length; place += 1) {
      const text = texts[place] ?? '';
      if (!words.every((word) => text.includes(word)) || !passes(place)) continue;
      ranks[rankOf(text, names[place] ?? '', folded)]?.push(place);
    }
    const found = ranks.flat();
    if (found.length >= enough || !indexed) return found;
    const sounded: number[] = [];
    const soundsSo = createSoundMatch(folded);
    for (let place = 0; soundsSo !== null && place < sounds.length; place += 1) {
      const index = sounds[place];
      if (index && soundsSo(index) && passes(place)) sounded.push(place);
    }
    const known = new Set([...found, ...sounded]);
    const more = nearly
      .search(folded, { fuzzy: 0.25, prefix: true, maxFuzzy: 2, combineWith: 'AND' })
      .map(({ id }) => Number(id))
      .filter((place) => !known.has(place) && passes(place));
    return [...new Set([...found, ...sounded]), ...more.slice(0, mostNearly)];
  }

  return {
    find,
    ready: index(),
    close() {
      closed = true;
    },
  };
}

/** 0 is the very number; then numbers that begin so, names that begin so, names with a word that begins so, the rest. */
function rankOf(text: string, name: string, query: string): number {
  if (text.startsWith(`${query} `)) return 0;
  if (text.startsWith(query)) return 1;
  if (name.startsWith(query)) return 2;
  return ` ${name}`.includes(` ${query}`) ? 3 : 4;
}
