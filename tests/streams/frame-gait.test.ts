import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameGait, type Gait } from '../../renderer/media/frame-gait.ts';
import { sampled } from '../support/sampled.ts';

const gaits: readonly Gait[] = ['full', 'keys', 'asleep'];
const walk = (first: Gait, steps: readonly (Gait | 'K' | 'd')[]): string => {
  const gait = createFrameGait(first);
  return steps
    .map((step) => {
      if (step === 'K' || step === 'd') return gait.passes(step === 'K') ? step : '-';
      return gait.change(step) ? '?' : '.';
    })
    .join('');
};

describe('a gait', () => {
  it.each<[string, Gait, (Gait | 'K' | 'd')[], string]>([
    ['full lets every picture through', 'full', ['d', 'K', 'd', 'd', 'K'], 'dKddK'],
    ['keys lets key pictures through', 'keys', ['d', 'K', 'd', 'd', 'K'], '-K--K'],
    ['asleep lets none through', 'asleep', ['d', 'K', 'd', 'd', 'K'], '-----'],
    ['goes on with the next key picture and wants one', 'full', ['K', 'd', 'asleep', 'd', 'full', 'd', 'K', 'd'], 'Kd.-?-Kd'],
    ['wants none where nothing was missed', 'full', ['K', 'd', 'asleep', 'full', 'd'], 'Kd..d'],
    ['goes on from keys without a new one right after a key picture', 'keys', ['K', 'full', 'd'], 'K.d'],
    ['goes on from keys with the next one otherwise', 'keys', ['K', 'd', 'full', 'd', 'K', 'd'], 'K-?-Kd'],
  ])('%s', (_, first, steps, passed) => {
    expect(walk(first, steps)).toBe(passed);
  });

  it('never gives the decoder a picture that leans on one it has not got', () => {
    const step = fc.oneof(fc.constantFrom(...gaits), fc.constantFrom('K' as const, 'd' as const));
    fc.assert(
      fc.property(fc.constantFrom(...gaits), fc.array(step), (first, steps) => {
        const passed = walk(first, ['asleep', 'd', ...steps]);
        for (const [index, each] of Array.from(passed).entries()) {
          if (each !== 'd') continue;
          const before = Array.from(passed.slice(0, index)).findLast((one) => one !== '.' && one !== '?');
          expect(before).toMatch(/[Kd]/);
        }
      }),
      sampled(200, 5_000),
    );
  });
});
