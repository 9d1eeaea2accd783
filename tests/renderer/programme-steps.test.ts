import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dwellSchema } from '../../core/programmes/programmes.contract.ts';
import { sceneIdSchema } from '../../core/scenes/scene.ts';
import { dwellOf, typedDwell } from '../../renderer/features/programmes/dwell.ts';
import { editedSteps, mostSteps, nextSteps, type StepInput, writtenSteps } from '../../renderer/features/programmes/step-list.ts';

const scene = (name: string) => sceneIdSchema.parse(name);
const three = editedSteps(['a', 'b', 'c'].map((name) => ({ scene: scene(name), dwellS: 30 })));
const names = (steps: typeof three) => steps.map((step) => step.scene).join('');

describe('a dwell', () => {
  it('is typed in the largest unit that says it, and read back as it was', () => {
    expect([90, 120, 7_200, 5].map(typedDwell)).toEqual([
      { amount: '90', unit: 'seconds' },
      { amount: '2', unit: 'minutes' },
      { amount: '2', unit: 'hours' },
      { amount: '5', unit: 'seconds' },
    ]);
    fc.assert(fc.property(fc.integer({ min: 5, max: 86_400 }), (dwellS) => dwellOf(typedDwell(dwellS)) === dwellS));
  });

  it('is nothing but 5 seconds to 24 hours, whatever is typed', () => {
    const unit = fc.constantFrom('seconds' as const, 'minutes' as const, 'hours' as const);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat().map(String)), unit, (amount, unit) => {
        const dwellS = dwellOf({ amount, unit });
        expect(dwellS === null || dwellSchema.safeParse(dwellS).success).toBe(true);
      }),
    );
    expect(dwellOf({ amount: '25', unit: 'hours' })).toBeNull();
    expect(dwellOf({ amount: '4', unit: 'seconds' })).toBeNull();
  });
});

describe('the steps that are edited', () => {
  it.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 1, 'abc'],
    [0, 99, 'bca'],
    [2, -5, 'cab'],
  ])('has step %i moved to %i as %s', (key, to, expected) => {
    expect(names(nextSteps(three, { type: 'move', key, to }))).toBe(expected);
  });

  it('give a new step the dwell of the one before it', () => {
    const added = nextSteps(three, { type: 'add', scene: scene('d') });
    expect(added.at(-1)).toEqual({ key: 3, scene: 'd', dwell: three[2]?.dwell });
    expect(writtenSteps(added)).toHaveLength(4);
  });

  it('are not written while a dwell is none', () => {
    const typed = nextSteps(three, { type: 'dwell', key: 1, dwell: { amount: '', unit: 'seconds' } });
    expect(writtenSteps(typed)).toBeNull();
  });

  it('keep their keys apart and their number within bounds, whatever is done', () => {
    const key = fc.nat(6);
    const input: fc.Arbitrary<StepInput> = fc.oneof(
      fc.constantFrom('a', 'b').map((name) => ({ type: 'add' as const, scene: scene(name) })),
      fc.record({ type: fc.constant('remove' as const), key }),
      fc.record({ type: fc.constant('move' as const), key, to: fc.integer({ min: -3, max: 9 }) }),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 30 }), (inputs) => {
        const steps = inputs.reduce(nextSteps, three);
        expect(new Set(steps.map((step) => step.key)).size).toBe(steps.length);
        expect(steps.length).toBeLessThanOrEqual(mostSteps);
      }),
    );
  });
});
