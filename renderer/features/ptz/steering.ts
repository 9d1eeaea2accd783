import type { CameraId } from '../../../core/cameras/camera.ts';
import { scaledByZoom } from '../../../core/ptz/stick-curve.ts';
import { isStill, sameVelocity, stillVelocity, type Velocity } from '../../../core/ptz/velocity.ts';

export type SteerKey = 'left' | 'right' | 'up' | 'down' | 'in' | 'out';

/** How fast a key moves, as a part of the camera's most: a key is down or it is not, so it must neither crawl nor throw. */
const keySpeed = 0.5;
/** A hand's wishes are taken in such steps, so that one that trembles is not a hundred commands a second. */
const step = 1 / 64;

/**
 * What this window's hands want of the selected camera, and what main was last told. Inputs: keys down and up, the hand on the tile or the
 * virtual stick, the wheel, the pad. Outputs: moves and Stops.
 *
 *            a key, hand, wheel or pad wants something
 *     at rest ─────────────────────────────────────────▶ moving ── again with every tick ─┐
 *        ▲                                                │ ▲ ◀───────────────────────────┘
 *        │                                                │ └── another velocity
 *        └── all released · let go · another camera ◀──── ┘   always with a Stop
 *
 * After `let-go` (lost focus, lost lease) a hand or a pad that is still deflected means nothing until it was seen at rest once.
 */
export interface Steering {
  readonly camera: CameraId | null;
  readonly keys: readonly SteerKey[];
  readonly hand: Velocity;
  readonly wheel: number;
  readonly pad: Velocity;
  readonly handWaits: boolean;
  readonly padWaits: boolean;
  /** Where the lens stands, 0 (wide) to 1 (near); null: not known. */
  readonly lens: number | null;
  /** What speeds are divided by when it is all near; 1: not at all. */
  readonly slowedBy: number;
  /** What main was told last; null: nothing moves by this window. */
  readonly told: Velocity | null;
}

export type SteeringInput =
  /** The camera that hands act on; null: none that can be steered. */
  | { readonly what: 'camera'; readonly camera: CameraId | null }
  /** What its speed is to be divided by at full zoom. */
  | { readonly what: 'slowed-by'; readonly most: number }
  | { readonly what: 'key'; readonly key: SteerKey; readonly down: boolean }
  | { readonly what: 'hand'; readonly velocity: Velocity }
  | { readonly what: 'pad'; readonly velocity: Velocity }
  /** 1: nearer, -1: wider, 0: the wheel rests. */
  | { readonly what: 'wheel'; readonly turn: number }
  | { readonly what: 'lens'; readonly zoom: number | null }
  /** The window lost the focus, the seat lost the camera, or something else is asked of it. */
  | { readonly what: 'let-go' }
  /** What goes on is to be said again. */
  | { readonly what: 'tick' };

export type SteeringSend =
  | { readonly what: 'move'; readonly camera: CameraId; readonly velocity: Velocity }
  | { readonly what: 'stop'; readonly camera: CameraId };

export const handsOff: Steering = {
  camera: null,
  keys: [],
  hand: stillVelocity,
  wheel: 0,
  pad: stillVelocity,
  handWaits: false,
  padWaits: false,
  lens: null,
  slowedBy: 1,
  told: null,
};

/** The next state, and what main is to be told now, in order. */
export function nextSteering(
  before: Steering,
  input: SteeringInput,
): { readonly steering: Steering; readonly send: readonly SteeringSend[] } {
  if (input.what === 'camera') {
    if (input.camera === before.camera) return { steering: before, send: [] };
    return { steering: { ...released(before), camera: input.camera, lens: null, told: null }, send: stopOf(before) };
  }
  return told(taken(before, input), input.what === 'tick');
}

/** What the hands want now. */
export function wantedVelocity({ keys, hand, wheel, pad, lens, slowedBy, handWaits, padWaits }: Steering): Velocity {
  const key = (more: SteerKey, less: SteerKey) => (Number(keys.includes(more)) - Number(keys.includes(less))) * keySpeed;
  const by = [handWaits ? stillVelocity : hand, padWaits ? stillVelocity : pad];
  const sum = (axis: keyof Velocity, first: number) => within(by.reduce((all, each) => all + each[axis], first));
  const wanted = {
    pan: inSteps(sum('pan', key('right', 'left'))),
    tilt: inSteps(sum('tilt', key('up', 'down'))),
    zoom: inSteps(sum('zoom', key('in', 'out') + within(wheel))),
  };
  // After the steps: near, all of a stick's way would be one of them.
  return scaledByZoom(wanted, lens, slowedBy);
}

function taken(steering: Steering, input: Exclude<SteeringInput, { readonly what: 'camera' }>): Steering {
  switch (input.what) {
    case 'key': {
      const others = steering.keys.filter((key) => key !== input.key);
      return { ...steering, keys: input.down && steering.camera !== null ? [...others, input.key] : others };
    }
    case 'hand':
      return { ...steering, hand: input.velocity, handWaits: steering.handWaits && !isStill(input.velocity) };
    case 'pad':
      return { ...steering, pad: input.velocity, padWaits: steering.padWaits && !isStill(input.velocity) };
    case 'wheel':
      return { ...steering, wheel: input.turn };
    case 'lens':
      return { ...steering, lens: input.zoom };
    case 'slowed-by':
      return { ...steering, slowedBy: input.most };
    case 'let-go':
      return released(steering);
    case 'tick':
      return steering;
  }
}

function released(steering: Steering): Steering {
  return {
    ...steering,
    keys: [],
    wheel: 0,
    handWaits: !isStill(steering.hand),
    padWaits: !isStill(steering.pad),
  };
}

function told(steering: Steering, again: boolean): { readonly steering: Steering; readonly send: readonly SteeringSend[] } {
  const { camera } = steering;
  if (camera === null) return { steering, send: [] };
  const velocity = wantedVelocity(steering);
  if (isStill(velocity)) return { steering: { ...steering, told: null }, send: stopOf(steering) };
  if (!again && steering.told !== null && sameVelocity(steering.told, velocity)) return { steering, send: [] };
  return { steering: { ...steering, told: velocity }, send: [{ what: 'move', camera, velocity }] };
}

function stopOf({ camera, told: last }: Steering): readonly SteeringSend[] {
  return camera === null || last === null ? [] : [{ what: 'stop', camera }];
}

/** What is no number is rest. */
function within(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0;
}

/** The slowest wish is the slowest step, not none. */
function inSteps(speed: number): number {
  return speed === 0 ? 0 : Math.sign(speed) * Math.max(step, Math.round(Math.abs(speed) / step) * step);
}
