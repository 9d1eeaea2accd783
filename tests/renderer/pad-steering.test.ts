import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PtzTarget } from '../../core/ptz/ptz-target.ts';
import type { Velocity } from '../../core/ptz/velocity.ts';
import { listenToPads } from '../../renderer/features/ptz/pad-steering.ts';
import { ptzView } from '../../renderer/features/ptz/ptz-view.ts';
import type { SteeringDesk } from '../../renderer/features/ptz/steering-desk.ts';
import { allAbilities, cameraId } from '../ptz/ptz-set-up.ts';

const target = { camera: cameraId, abilities: allAbilities } as unknown as PtzTarget;
const before = ptzView.getState();

let asked: number;
let listeners: Set<string>;
let frames: (() => void)[];
let steered: Velocity[];
let axes: number[] | null;
let stop: () => void;

beforeEach(() => {
  asked = 0;
  listeners = new Set();
  frames = [];
  steered = [];
  axes = null;
  const window = {
    navigator: {
      getGamepads() {
        asked += 1;
        return axes ? [{ connected: true, mapping: 'standard', axes, buttons: [] }] : [null];
      },
    },
    document: { hasFocus: () => true },
    requestAnimationFrame: (frame: () => void) => frames.push(frame),
    cancelAnimationFrame: () => frames.splice(0),
    addEventListener: (name: string) => listeners.add(name),
    removeEventListener: (name: string) => listeners.delete(name),
  };
  const desk = { pad: (velocity: Velocity) => steered.push(velocity) } as unknown as SteeringDesk;
  ptzView.setState({ ...before, desk, mayCommand: true });
  stop = listenToPads(window as unknown as Window);
});
afterEach(() => {
  stop();
  ptzView.setState(before, true);
});

it('asks the browser nothing about pads while no camera can be steered, for it would look for them all day', () => {
  ptzView.setState({ presets: [] });
  expect([asked, listeners.size]).toEqual([0, 0]);
  ptzView.setState({ target });
  expect(asked).toBeGreaterThan(0);
  expect([...listeners].sort()).toEqual(['focus', 'gamepadconnected', 'gamepaddisconnected']);
  ptzView.setState({ target: null });
  expect(listeners.size).toBe(0);
});

it('stands still, and reads no more, when the camera in its hands is one no more', () => {
  axes = [0.9, 0, 0, 0];
  ptzView.setState({ target });
  expect(steered.at(-1)?.pan).toBeGreaterThan(0);
  expect(frames).toHaveLength(1);
  ptzView.setState({ target: null });
  expect(steered.at(-1)).toEqual({ pan: 0, tilt: 0, zoom: 0 });
  expect(frames).toHaveLength(0);
});
