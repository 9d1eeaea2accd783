import { describe, expect, it } from 'vitest';
import { usualWordScale } from '../../core/displays/word-scale.ts';
import { startDisplays } from './displays-set-up.ts';

const uhd = { width: 3_840, height: 2_160 };
const fullHd = { width: 1_920, height: 1_080 };
const inches = (diagonal: number, { width, height }: { width: number; height: number }) => {
  const mmPerPixel = (diagonal * 25.4) / Math.hypot(width, height);
  return { width: Math.round(width * mmPerPixel), height: Math.round(height * mmPerPixel) };
};

describe('how large words are while nobody says otherwise', () => {
  it.each([
    ['24 inches of 1080 lines', fullHd, inches(24, fullHd), 1, 1],
    ['27 inches of 4K', uhd, inches(27, uhd), 1, 1.75],
    ['32 inches of 4K', uhd, inches(32, uhd), 1, 1.5],
    ['a 55-inch wall of 4K', uhd, inches(55, uhd), 1, 1],
    ['a laptop, whose desk has to fit', fullHd, inches(14, fullHd), 1, 1.5],
    ['27 inches of 4K, upright, told lying', { width: 2_160, height: 3_840 }, inches(27, uhd), 1, 1.75],
    ['4K that says nothing of its size', uhd, null, 1, 1.5],
    ['4K that tells a proportion for a size', uhd, { width: 16, height: 9 }, 1, 1.5],
    ['a small one that says nothing', { width: 1_280, height: 720 }, null, 1, 1],
    ['one that the system scales already', uhd, inches(27, uhd), 2, 1],
    ['one of which nothing is known', { width: 0, height: 0 }, null, null, 1],
  ])('is right on %s', (_name, pixels, millimetres, scale, words) => {
    expect(usualWordScale({ pixels, millimetres, scale })).toBe(words);
  });

  it('is what a supervisor wishes, also after a restart, until the wish is taken back', async () => {
    const one = [{ digest: 'a', x: 0 }];
    const { calls, feature, registry } = await startDisplays(one);
    const scales = (of: typeof feature) => of.known.current().map(({ wordScale, wordScaleWish }) => [wordScale, wordScaleWish]);
    expect(scales(feature)).toEqual([[1, null]]);
    expect(await calls.wordScale('e-a', 2.25)).toEqual({ refusal: null });
    expect(scales(feature)).toEqual([[2.25, 2.25]]);
    const again = await startDisplays(one, { registry });
    expect(scales(again.feature)).toEqual([[2.25, 2.25]]);
    await again.calls.wordScale('e-a', null);
    expect(scales(again.feature)).toEqual([[1, null]]);
    expect(await calls.wordScale('e-z', 2)).toEqual({ refusal: 'no-such-display' });
  });
});
