import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mostDigits,
  type NumberKey,
  type NumberState,
  nextNumber,
  numberKey,
  resting,
} from '../../renderer/app/number-grammar.ts';
import { sampled } from '../support/sampled.ts';

const press = (code: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>> = {}) =>
  numberKey({ code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held });

/** What a row of keys tells, and where it ends. */
function type(...codes: string[]) {
  let state: NumberState = resting;
  const told: string[] = [];
  for (const code of codes) {
    const step = nextNumber(state, press(code));
    state = step.next;
    if (step.told) told.push(`${step.told.kind} ${step.told.number}`);
  }
  return { state, told };
}
const digits = (text: string) => text.split('').map((digit) => `Digit${digit}`);

const anyKey: fc.Arbitrary<NumberKey> = fc.oneof(
  { weight: 4, arbitrary: fc.nat(9).map((digit): NumberKey => ({ type: 'digit', digit })) },
  fc.constantFrom('tile' as const, 'scene' as const, 'preset' as const).map((kind): NumberKey => ({ type: 'kind', kind })),
  fc
    .constantFrom('enter' as const, 'backspace' as const, 'escape' as const, 'pause' as const, 'other' as const)
    .map((type): NumberKey => ({ type })),
);

describe('the grammar of numbers', () => {
  it('ends a number with Enter: digits alone are a camera, T, S and P before them a tile, a scene, a preset', () => {
    expect(type(...digits('12'), 'Enter').told).toEqual(['camera 12']);
    expect(type('KeyT', 'Digit5', 'Enter').told).toEqual(['tile 5']);
    expect(type('KeyS', 'Numpad3', 'NumpadEnter').told).toEqual(['scene 3']);
    expect(type('KeyP', 'Digit3', 'Enter').told).toEqual(['preset 3']);
  });

  it('tells nothing before Enter, and after it rests', () => {
    expect(type(...digits('214'))).toEqual({ state: { state: 'typing', kind: 'camera', digits: '214' }, told: [] });
    expect(type(...digits('214'), 'Enter', 'Enter')).toEqual({ state: resting, told: ['camera 214'] });
  });

  it('takes the last digit back with Backspace, and with nothing left to take, the whole number', () => {
    expect(type(...digits('219'), 'Backspace', 'Digit4', 'Enter').told).toEqual(['camera 214']);
    expect(type('Digit2', 'Backspace').state).toEqual(resting);
    expect(type('KeyT', 'Digit5', 'Backspace').state).toEqual({ state: 'typing', kind: 'tile', digits: '' });
    expect(type('KeyT', 'Backspace').state).toEqual(resting);
  });

  it('begins anew with T, S or P, and waits for digits before Enter means anything', () => {
    expect(type(...digits('12'), 'KeyT', 'Digit5', 'Enter').told).toEqual(['tile 5']);
    expect(type('KeyT', 'Enter', 'Digit5', 'Enter').told).toEqual(['tile 5']);
  });

  it('is the same on the number pad and under every layout, and another key with Ctrl, Alt, Shift or Meta', () => {
    expect(press('Numpad7')).toEqual(press('Digit7'));
    for (const held of ['ctrlKey', 'altKey', 'shiftKey', 'metaKey'] as const) {
      expect(press('Digit7', { [held]: true })).toEqual({ type: 'other' });
      expect(press('KeyS', { [held]: true })).toEqual({ type: 'other' });
    }
  });

  it('leaves Enter, Backspace and Esc to the commands while nothing is typed', () => {
    for (const code of ['Enter', 'Backspace', 'Escape', 'ArrowLeft']) {
      expect(nextNumber(resting, press(code))).toEqual({ next: resting, taken: false, told: null });
    }
  });

  it('ends with Esc, a pause or another key, and tells nothing', () => {
    for (const end of ['escape', 'pause', 'other'] as const) {
      const { next, told, taken } = nextNumber({ state: 'typing', kind: 'camera', digits: '12' }, { type: end });
      expect(next).toEqual(resting);
      expect(told).toBeNull();
      // Another key is still what it is for everybody else.
      expect(taken).toBe(end === 'escape');
    }
  });

  it('never tells zero, a leading zero or more digits than there are numbers, whatever is pressed', () => {
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 60 }), (keys) => {
        let state: NumberState = resting;
        for (const key of keys) {
          const step = nextNumber(state, key);
          if (step.told) {
            if (key.type !== 'enter' || state.state !== 'typing') throw new Error('told without Enter');
            expect(step.told).toEqual({ kind: state.kind, number: Number(state.digits) });
            expect(step.told.number).toBeGreaterThan(0);
            expect(step.next).toEqual(resting);
          }
          if (step.next.state === 'typing') {
            expect(step.next.digits).toMatch(/^([1-9]\d*)?$/);
            expect(step.next.digits.length).toBeLessThanOrEqual(mostDigits[step.next.kind]);
            if (step.next.kind === 'camera') expect(step.next.digits).not.toBe('');
          }
          state = step.next;
        }
      }),
      sampled(500, 20_000),
    );
  });

  it('tells every number a person can type, by its own digits', () => {
    const number = fc
      .constantFrom('camera' as const, 'tile' as const, 'scene' as const, 'preset' as const)
      .chain((kind) => fc.record({ kind: fc.constant(kind), number: fc.integer({ min: 1, max: 10 ** mostDigits[kind] - 1 }) }));
    const before = { camera: [], tile: ['KeyT'], scene: ['KeyS'], preset: ['KeyP'] };
    fc.assert(
      fc.property(number, (wanted) => {
        const { told, state } = type(...before[wanted.kind], ...digits(String(wanted.number)), 'Enter');
        expect(told).toEqual([`${wanted.kind} ${wanted.number}`]);
        expect(state).toEqual(resting);
      }),
      sampled(500, 20_000),
    );
  });
});
