import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  handsOff,
  nextSteering,
  type Steering,
  type SteeringInput,
  type SteeringSend,
} from '../../renderer/features/ptz/steering.ts';
import { stillVelocity, velocitySchema } from '../../core/ptz/velocity.ts';
import { sampled } from '../support/sampled.ts';
import { cameraId } from './ptz-set-up.ts';

const [gate, fort] = [cameraId('gate'), cameraId('fort')];
const right = { pan: 1, tilt: 0, zoom: 0 };

function play(...inputs: readonly SteeringInput[]): { readonly steering: Steering; readonly sent: readonly SteeringSend[] } {
  const sent: SteeringSend[] = [];
  let steering = handsOff;
  for (const input of inputs) {
    const step = nextSteering(steering, input);
    steering = step.steering;
    sent.push(...step.send);
  }
  return { steering, sent };
}
const inWords = (sent: readonly SteeringSend[]) =>
  sent.map((each) =>
    each.what === 'stop'
      ? `stop ${each.camera}`
      : `${each.camera} ${each.velocity.pan} ${each.velocity.tilt} ${each.velocity.zoom}`,
  );
const selected: SteeringInput = { what: 'camera', camera: gate };
const down = (key: 'left' | 'right' | 'up' | 'in'): SteeringInput => ({ what: 'key', key, down: true });
const up = (key: 'left' | 'right' | 'up' | 'in'): SteeringInput => ({ what: 'key', key, down: false });
const hand = (velocity = right): SteeringInput => ({ what: 'hand', velocity });
const pad = (velocity = right): SteeringInput => ({ what: 'pad', velocity });
const letGo: SteeringInput = { what: 'let-go' };

describe('hands on a camera', () => {
  it.each<readonly [string, readonly SteeringInput[], readonly string[]]>([
    ['a key moves while it is down', [selected, down('right'), up('right')], ['gate 0.5 0 0', 'stop gate']],
    [
      'two keys are a diagonal, and one that is left goes on',
      [selected, down('right'), down('up'), up('right'), up('up')],
      ['gate 0.5 0 0', 'gate 0.5 0.5 0', 'gate 0 0.5 0', 'stop gate'],
    ],
    ['opposite keys are a Stop', [selected, down('right'), down('left')], ['gate 0.5 0 0', 'stop gate']],
    ['what goes on is said again', [selected, hand(), { what: 'tick' }], ['gate 1 0 0', 'gate 1 0 0']],
    ['what did not change is not', [selected, hand(), hand({ ...right, pan: 0.999 })], ['gate 1 0 0']],
    ['without a camera nothing moves, and a key that was down before it does not begin', [down('right'), selected], []],
    ['at rest a tick says nothing', [selected, { what: 'tick' }], []],
    ['lost focus is a Stop, once', [selected, down('right'), letGo, letGo, up('right')], ['gate 0.5 0 0', 'stop gate']],
    ['another camera is a Stop to the first', [selected, hand(), { what: 'camera', camera: fort }], ['gate 1 0 0', 'stop gate']],
    [
      'a hand that was let go moves no other camera until it was at rest',
      [selected, hand(), { what: 'camera', camera: fort }, hand(), hand(stillVelocity), hand()],
      ['gate 1 0 0', 'stop gate', 'fort 1 0 0'],
    ],
    [
      'a pad that is still deflected after a loss means nothing until it was at rest',
      [selected, pad(), letGo, pad(), pad(stillVelocity), pad()],
      ['gate 1 0 0', 'stop gate', 'gate 1 0 0'],
    ],
    [
      'near, the same key moves slower, so that the picture keeps its rate',
      [selected, { what: 'slowed-by', most: 20 }, { what: 'lens', zoom: 1 }, down('right'), down('in')],
      ['gate 0.025 0 0', 'gate 0.025 0 0.5'],
    ],
    [
      'a lens that runs changes the speed of a key that is held',
      [selected, { what: 'slowed-by', most: 5 }, { what: 'lens', zoom: 0 }, down('right'), { what: 'lens', zoom: 1 }],
      ['gate 0.5 0 0', 'gate 0.1 0 0'],
    ],
    [
      'the wheel zooms until it rests',
      [selected, { what: 'wheel', turn: 1 }, { what: 'wheel', turn: 0 }],
      ['gate 0 0 1', 'stop gate'],
    ],
  ])('%s', (_, inputs, expected) => {
    expect(inWords(play(...inputs).sent)).toEqual(expected);
  });

  const axis = fc.oneof(fc.double({ min: -2, max: 2 }), fc.constantFrom(0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY));
  const velocity = fc.record({ pan: axis, tilt: axis, zoom: axis });
  const anyInput: fc.Arbitrary<SteeringInput> = fc.oneof(
    fc.record({ what: fc.constant('camera' as const), camera: fc.constantFrom(gate, fort, null) }),
    fc.record({
      what: fc.constant('key' as const),
      key: fc.constantFrom('left' as const, 'right' as const, 'up' as const, 'down' as const, 'in' as const, 'out' as const),
      down: fc.boolean(),
    }),
    fc.record({ what: fc.constantFrom('hand' as const, 'pad' as const), velocity }),
    fc.record({ what: fc.constant('wheel' as const), turn: axis }),
    fc.record({ what: fc.constant('lens' as const), zoom: fc.option(axis) }),
    fc.record({ what: fc.constant('slowed-by' as const), most: fc.oneof(axis, fc.double({ min: 1, max: 60, noNaN: true })) }),
    fc.constantFrom<SteeringInput>({ what: 'let-go' }, { what: 'tick' }),
  );
  const all = ['left', 'right', 'up', 'down', 'in', 'out'] as const;
  const release: readonly SteeringInput[] = [
    ...all.map((key): SteeringInput => ({ what: 'key', key, down: false })),
    hand(stillVelocity),
    pad(stillVelocity),
    { what: 'wheel', turn: 0 },
  ];

  it.each([
    ['all is released', release],
    ['they are let go', [letGo]],
    ['another camera is selected', [{ what: 'camera', camera: null } as const]],
  ])('whatever they did: when %s, the last word to every camera is Stop', (_, ends) => {
    fc.assert(
      fc.property(fc.array(anyInput, { maxLength: 40 }), (inputs) => {
        const { sent, steering } = play(...inputs, ...ends);
        const last = new Map(sent.map((each) => [each.camera, each.what]));
        expect([...last.values()].filter((what) => what === 'move')).toEqual([]);
        expect(nextSteering(steering, { what: 'tick' }).send).toEqual([]);
      }),
      sampled(300, 20_000),
    );
  });

  it('never move two cameras at once, and never say what main would refuse', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { maxLength: 40 }), (inputs) => {
        let moving: string | null = null;
        for (const each of play(...inputs).sent) {
          if (each.what === 'stop') {
            expect(moving).toBe(each.camera);
            moving = null;
            continue;
          }
          expect(moving === null || moving === each.camera).toBe(true);
          expect(velocitySchema.safeParse(each.velocity).success).toBe(true);
          moving = each.camera;
        }
      }),
      sampled(300, 20_000),
    );
  });
});
