import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cameraSchema } from '../../core/cameras/camera.ts';
import { knownLens } from '../../core/ptz/lens.ts';
import { moveRenewMs } from '../../core/ptz/motion-life.ts';
import type { PtzOutcome } from '../../core/ptz/ptz.contract.ts';
import { velocitySchema } from '../../core/ptz/velocity.ts';
import type { PtzTarget } from '../../core/ptz/ptz-target.ts';
import { RpcError } from '../../core/rpc/error.ts';
import { createSteeringDesk, nudgeMs, type SteeringDesk } from '../../renderer/features/ptz/steering-desk.ts';
import type { PtzClient } from '../../renderer/features/ptz/ptz-client.ts';
import { notices, unsay } from '../../renderer/ui/notice.ts';
import { allAbilities } from '../ptz/ptz-set-up.ts';

const targetOf = (number: number): PtzTarget => ({
  camera: cameraSchema.parse({
    ...{ id: `c${number}`, number, name: `Camera ${number}`, district: '', site: '', position: null },
    ...{ kind: 'ptz', streams: ['main'], simulated: false },
  }),
  ...{ at: { displayId: 'd', tile: 0 }, enlarged: false, abilities: { ...allAbilities, status: false } },
  ...{ lens: knownLens(null, null), failure: null, lease: null, mine: false, trouble: null },
});
const done: PtzOutcome = { refusal: null, heldBy: null };

let told: string[];
let answer: (name: string) => PtzOutcome | RpcError;
let desk: SteeringDesk;

beforeEach(() => {
  vi.useFakeTimers();
  unsay();
  told = [];
  answer = () => done;
  const call = async (name: string, input: object) => {
    const { camera, velocity } = { camera: '', velocity: null, ...input };
    told.push(`${name} ${camera}${velocity === null ? '' : ` ${JSON.stringify(velocity)}`}`);
    const given = answer(name);
    if (given instanceof RpcError) throw given;
    return given;
  };
  desk = createSteeringDesk({ call } as unknown as Pick<PtzClient, 'call'>);
  desk.aim(targetOf(1));
});
afterEach(() => {
  desk.close();
  vi.useRealTimers();
});
const names = () => told.map((each) => each.split(' ').slice(0, 2).join(' '));
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('the hands of a window', () => {
  it('tell a move with the very key press, again while it is held, and Stop with its release', async () => {
    desk.key('right', true);
    expect(names()).toEqual(['ptz.move c1']);
    await vi.advanceTimersByTimeAsync(moveRenewMs * 2);
    expect(names()).toEqual(['ptz.move c1', 'ptz.move c1', 'ptz.move c1']);
    desk.key('right', false);
    await vi.advanceTimersByTimeAsync(moveRenewMs * 10);
    expect(names().slice(3)).toEqual(['ptz.stop c1']);
  });

  it('stop the camera that is left before they touch the next', () => {
    desk.key('up', true);
    desk.aim(targetOf(2));
    desk.key('up', true);
    expect(names()).toEqual(['ptz.move c1', 'ptz.stop c1', 'ptz.move c2']);
  });

  it('let go of a camera that somebody else holds, and say who, once', async () => {
    answer = (name) => (name === 'ptz.move' ? { refusal: 'held', heldBy: { seat: 3, priority: 80 } } : done);
    desk.key('left', true);
    desk.key('up', true);
    await settle();
    await vi.advanceTimersByTimeAsync(moveRenewMs * 3);
    expect(names()).toEqual(['ptz.move c1', 'ptz.move c1', 'ptz.stop c1']);
    expect(notices.getState().list).toHaveLength(1);
    expect(notices.getState().list[0]?.words(((key: string, more: object) => `${key} ${JSON.stringify(more)}`) as never)).toBe(
      'ptz-refusal.held {"number":1,"seat":3}',
    );
  });

  it('let go where main does not answer, and begin anew with the next press', async () => {
    answer = () => new RpcError('gone');
    desk.key('left', true);
    await settle();
    desk.key('left', false);
    answer = () => done;
    told.length = 0;
    desk.key('left', true);
    expect(names()).toEqual(['ptz.move c1']);
    expect(notices.getState().list.length).toBeGreaterThan(0);
  });

  it('move for a moment by a command of the palette', async () => {
    desk.nudge('in');
    await vi.advanceTimersByTimeAsync(nudgeMs);
    expect(names()).toEqual(['ptz.move c1', 'ptz.stop c1']);
  });

  it('end what they hold before they send the camera elsewhere', async () => {
    desk.key('left', true);
    await desk.goTo({ what: 'home' });
    expect(names()).toEqual(['ptz.move c1', 'ptz.stop c1', 'ptz.go-to c1']);
  });

  it('stop a camera whoever moves it, when a person says Stop', () => {
    desk.stop();
    expect(names()).toEqual(['ptz.stop c1']);
  });

  it('do nothing where no camera can be steered', async () => {
    desk.aim({ ...targetOf(1), abilities: null });
    desk.key('left', true);
    expect(await desk.goTo({ what: 'home' })).toBe(false);
    desk.stop();
    expect(told).toEqual([]);
  });

  it('slow down while the lens runs in, without a new press, and ask a slow camera one thing at a time', async () => {
    let zoom = 0;
    let asking = 0;
    let most = 0;
    const velocities: number[] = [];
    const call = async (name: string, input: object) => {
      if (name === 'ptz.move' && 'velocity' in input) velocities.push(velocitySchema.parse(input.velocity).pan);
      if (name !== 'ptz.position') return done;
      asking += 1;
      most = Math.max(most, asking);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      asking -= 1;
      return { refusal: null, position: { pan: 0, tilt: 0, zoom } };
    };
    const hands = createSteeringDesk({ call } as unknown as Pick<PtzClient, 'call'>);
    const lens = knownLens({ magnification: 20, widestDegrees: null, slowsByItself: false }, null);
    hands.aim({ ...targetOf(2), lens, abilities: allAbilities });
    await vi.advanceTimersByTimeAsync(1_500);
    hands.key('right', true);
    hands.key('in', true);
    zoom = 1;
    await vi.advanceTimersByTimeAsync(3_000);
    hands.close();
    expect(velocities[0]).toBe(0.5);
    expect(velocities.at(-1)).toBeCloseTo(0.5 / 20);
    expect(most).toBe(1);
  });

  it('bring a place of the picture into the middle as the camera can: by itself, reckoned from degrees, or not at all', async () => {
    const asked: object[] = [];
    const call = async (name: string, input: object) => {
      if (name === 'ptz.go-to') asked.push(input);
      return name === 'ptz.position' ? { refusal: null, position: { pan: 0, tilt: 0, zoom: 0 } } : done;
    };
    const hands = createSteeringDesk({ call } as unknown as Pick<PtzClient, 'call'>);
    const lens = (widestDegrees: number | null) => knownLens({ magnification: 11, widestDegrees, slowsByItself: false }, null);
    const box = { left: 0.75, top: 0.25, right: 1.25, bottom: 0.75 };
    const angles = { pan: { min: -180, max: 180 }, tilt: { min: -90, max: 90 } };
    const reckoned = { ...allAbilities, relativeToPicture: false, angles };
    hands.aim({ ...targetOf(3), lens: lens(null), abilities: reckoned });
    expect(hands.canGoInto()).toBe('nothing');
    expect(await hands.goInto(box, 16 / 9)).toBe(false);
    expect(asked).toEqual([]);
    hands.aim({ ...targetOf(3), lens: lens(60), abilities: reckoned });
    expect(hands.canGoInto()).toBe('box');
    await hands.goInto(box, 16 / 9);
    const [{ to }] = asked as [{ to: { what: string; position: { pan: number; zoom: number } } }];
    expect(to.what).toBe('absolute');
    expect(to.position.pan * 180).toBeCloseTo(30);
    expect(to.position.zoom).toBeCloseTo(0.1);
    hands.aim({ ...targetOf(4), lens: lens(60), abilities: { ...allAbilities, zoomByPicture: true } });
    expect(hands.canGoInto()).toBe('box');
    await hands.goInto(box, 16 / 9);
    expect(asked.at(-1)).toMatchObject({ to: { what: 'relative', by: { pan: 1, tilt: 0, times: 2, ofPicture: true } } });
    hands.close();
  });
});
