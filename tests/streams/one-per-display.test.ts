import { expect, it } from 'vitest';
import { tileFactSchema } from '../../core/streams/tile-fact.ts';
import { onePerDisplay } from '../../main/features/streams/one-per-display.ts';

const fact = (word: string) =>
  tileFactSchema.parse({
    ...{ tile: 0, camera: 'c1', stream: 'main', state: 'live', atMs: 0, frames: 0, firstFrameMs: null, width: 0, height: 0 },
    ...{ countedAtMs: null, bytes: 0, packetsLost: 0, freezes: 0, decoder: 'unknown', decoderSource: 'none' },
    verdict: {
      ...{ word, hop: null, sinceUtcMs: null, why: null },
      ...{ timeKnown: false, unchanged: false, lateMs: null, clockOffsetMs: null },
    },
  });
const report = (displayId: string, ...words: string[]) => ({ displayId, tiles: words.map(fact) });

it('counts a display that several windows show once, as the window with the most pictures tells, else as the first', () => {
  const [first, better, other] = [report('wall', 'live', 'unseen'), report('wall', 'live', 'live'), report('left', 'lost')];
  expect(onePerDisplay([first, other, better, report('wall', 'live', 'live')])).toEqual([better, other]);
});
