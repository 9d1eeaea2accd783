import { describe, expect, it } from 'vitest';
import { boxMove, centringMove } from '../../core/ptz/picture-move.ts';
import { padVelocity } from '../../renderer/features/ptz/pad-velocity.ts';
import { type Gesture, type GestureInput, nextGesture, stickVelocity } from '../../renderer/features/ptz/tile-gesture.ts';
import { wholeNumber } from '../../renderer/features/ptz/whole-number.ts';

const middle = { x: 0.5, y: 0.5 };
const pressed: Gesture = { state: 'pressed', from: middle, to: middle };
const play = (...inputs: readonly GestureInput[]) => inputs.reduce(nextGesture, pressed);
const moved = (x: number, y: number, px = 50, canBox = true): GestureInput => ({ what: 'moved', to: { x, y }, px, canBox });
const held: GestureInput = { what: 'held', canSteer: true };
const released: GestureInput = { what: 'released' };

describe('a press on the picture of a camera', () => {
  it.each<readonly [string, readonly GestureInput[], object]>([
    ['let go soon is a click', [released], { state: 'over', as: 'click' }],
    ['that trembles is still a click', [moved(0.51, 0.5, 3), released], { state: 'over', as: 'click' }],
    [
      'that is pulled is a box',
      [moved(0.8, 0.7), held, moved(0.9, 0.9), released],
      { state: 'over', as: 'box', to: { x: 0.9, y: 0.9 } },
    ],
    ['that rests is a stick, wherever it goes then', [held, moved(0.9, 0.5)], { state: 'stick', to: { x: 0.9, y: 0.5 } }],
    ['is a stick at once where the camera takes no boxes', [moved(0.9, 0.5, 50, false)], { state: 'stick' }],
    ['is no stick where the camera does not turn so', [{ what: 'held', canSteer: false }], { state: 'pressed' }],
    ['that is taken away is nothing', [moved(0.8, 0.7), { what: 'cancelled' }, released], { state: 'over', as: 'nothing' }],
    ['of a stick is nothing more when it ends', [held, released], { state: 'over', as: 'nothing' }],
  ])('%s', (_, inputs, expected) => {
    expect(play(...inputs)).toMatchObject(expected);
  });

  it('moves towards where it is, and not at all in the middle or when it is over', () => {
    expect(stickVelocity(play(held, moved(1, 0.5)))).toEqual({ pan: 1, tilt: 0, zoom: 0 });
    expect(stickVelocity(play(held, moved(0.5, 0)))).toEqual({ pan: 0, tilt: 1, zoom: 0 });
    expect(stickVelocity(play(held))).toEqual({ pan: 0, tilt: 0, zoom: 0 });
    expect(stickVelocity(play(held, moved(1, 0.5), released))).toEqual({ pan: 0, tilt: 0, zoom: 0 });
  });
});

describe('a place of the picture', () => {
  it('comes into the middle: right and up are positive, a half of the picture is 1', () => {
    expect(centringMove(0.75, 0.25)).toEqual({ pan: 0.5, tilt: 0.5, zoom: 0, ofPicture: true });
    expect(centringMove(Number.NaN, 2)).toEqual({ pan: 0, tilt: -1, zoom: 0, ofPicture: true });
  });

  it('as a box is made as large as fits, whichever corner it was begun at, and never nearer than the lens goes', () => {
    const box = { left: 0.5, top: 0.5, right: 1, bottom: 0.75 };
    expect(boxMove(box, 0, 11)).toEqual({ pan: 0.5, tilt: -0.25, zoom: 0.1, ofPicture: true, times: 2 });
    expect(boxMove({ left: 1, top: 0.75, right: 0.5, bottom: 0.5 }, 0, 11)).toEqual(boxMove(box, 0, 11));
    expect(boxMove({ left: 0.5, top: 0.5, right: 0.5, bottom: 0.5 }, 0.75, 11).zoom).toBe(0.25);
    expect(boxMove({ left: 0, top: 0, right: 1, bottom: 1 }, 0.3, 11).zoom).toBe(0);
    // Where the lens stands is not known: that is for the camera then.
    expect(boxMove(box, null, 11)).toMatchObject({ zoom: 0, times: 2 });
  });
});

describe('a pad', () => {
  const pad = (axes: number[], mapping = 'standard', triggers: readonly [number, number] = [0, 0]) => ({
    axes,
    buttons: Array.from({ length: 8 }, (_, at) => ({
      value: at === 6 ? triggers[0] : at === 7 ? triggers[1] : 0,
    })),
    mapping,
  });

  it('pans and tilts by its left stick, and zooms by its right one or its triggers', () => {
    expect(padVelocity(pad([1, 0, 0, 0]))).toEqual({ pan: 1, tilt: 0, zoom: 0 });
    expect(padVelocity(pad([0, -1, 0, -1]))).toEqual({ pan: 0, tilt: 1, zoom: 1 });
    expect(padVelocity(pad([0, 0, 0, 0], 'standard', [1, 0]))).toEqual({ pan: 0, tilt: 0, zoom: -1 });
    expect(padVelocity(pad([0, 0, 1], ''))).toEqual({ pan: 0, tilt: 0, zoom: 1 });
  });

  it('is at rest where its sticks do not rest at 0 exactly, or say nonsense', () => {
    expect(padVelocity(pad([0.05, -0.06, 0, 0.1]))).toEqual({ pan: 0, tilt: 0, zoom: 0 });
    expect(padVelocity(pad([Number.NaN, 1, 0, Number.NaN]))).toEqual({ pan: 0, tilt: 0, zoom: 0 });
    expect(padVelocity(pad([]))).toEqual({ pan: 0, tilt: 0, zoom: 0 });
  });
});

it('a number that was typed is whole and in its range, nothing, or wrong', () => {
  expect([' 12 ', '', '0', '1000', '1.5', '-3', 'x'].map((typed) => wholeNumber(typed, 1, 999))).toEqual([
    12,
    null,
    ...Array.from({ length: 5 }, () => undefined),
  ]);
});
