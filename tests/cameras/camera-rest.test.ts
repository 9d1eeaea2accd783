import { describe, expect, it } from 'vitest';
import { type CameraId, cameraIdSchema } from '../../core/cameras/camera.ts';
import { createCameraRest } from '../../renderer/features/cameras/camera-rest.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const [a, b] = ['a', 'b'].map((id) => cameraIdSchema.parse(id)) as [CameraId, CameraId];

function start() {
  const clock = createFakeClock();
  const told: (CameraId | null)[] = [];
  return { clock, told, rest: createCameraRest((camera) => told.push(camera), clock.after) };
}

describe('a pointer on the lines of a list', () => {
  it('that sweeps over it, however long, tells of no camera', () => {
    const { clock, told, rest } = start();
    for (let line = 0; line < 100; line += 1) {
      rest.came(line % 2 ? a : b);
      clock.pass(199);
      rest.left();
    }
    clock.pass(60_000);
    expect(told).toEqual([]);
  });

  it('that rests on a camera tells of it once, and of none when it leaves', () => {
    const { clock, told, rest } = start();
    rest.came(a);
    clock.pass(199);
    expect(told).toEqual([]);
    clock.pass(1);
    rest.came(a);
    clock.pass(200);
    expect(told).toEqual([a]);
    rest.left();
    rest.came(b);
    clock.pass(200);
    expect(told).toEqual([a, null, b]);
  });

  it('that moves on one line rests on it all the same', () => {
    const { clock, told, rest } = start();
    for (let moved = 0; moved < 20; moved += 1) {
      rest.came(a);
      clock.pass(10);
    }
    expect(told).toEqual([a]);
    rest.came(b);
    clock.pass(199);
    rest.came(a);
    clock.pass(200);
    rest.left();
    expect(told).toEqual([a, null]);
  });

  it('that was left lying there means nothing after half a minute', () => {
    const { clock, told, rest } = start();
    rest.came(a);
    clock.pass(200);
    clock.pass(29_999);
    expect(told).toEqual([a]);
    clock.pass(1);
    expect(told).toEqual([a, null]);
    expect(clock.waiting()).toBe(0);
  });

  it('that drags a camera means it at once, until it drops it', () => {
    const { clock, told, rest } = start();
    rest.came(a);
    rest.dragged(a);
    rest.left();
    clock.pass(1_000);
    expect(told).toEqual([a]);
    rest.dropped();
    expect(told).toEqual([a, null]);
  });

  it('means the line it came to after a drag whose end was not told', () => {
    const { clock, told, rest } = start();
    rest.dragged(a);
    rest.came(b);
    clock.pass(200);
    rest.left();
    expect(told).toEqual([a, b, null]);
  });
});
