import { expect, it } from 'vitest';
import { createCameraMotion } from '../../main/features/ptz/camera-motion.ts';
import { ControlProblem } from '../../main/ports/camera-control.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const silent = () => new ControlProblem('silent', 'no answer');

it('while Stops fail it is said that the camera may be moving, whatever becomes of the move that was on its way', async () => {
  for (const outcome of ['fails', 'is done'] as const) {
    const clock = createFakeClock();
    const said: (string | null)[] = [];
    const order = Promise.withResolvers<void>();
    let stop = Promise.withResolvers<void>();
    const motion = createCameraMotion({
      clock,
      camera: 'c1',
      control: { move: () => order.promise, stop: () => stop.promise },
      guard: { mayMove: () => {}, isStill: () => {} },
      random: () => 0.5,
      onProblem: (problem) => said.push(problem),
      onChange: () => {},
    });
    motion.move({ pan: 1, tilt: 0, zoom: 0 });
    motion.stop(true);
    const failed = stop;
    stop = Promise.withResolvers();
    failed.reject(silent());
    await expect.poll(() => said).toEqual(['may-be-moving']);
    if (outcome === 'fails') order.reject(silent());
    else order.resolve();
    await order.promise.catch(() => {});
    clock.pass(1_000);
    stop.resolve();
    await expect.poll(() => motion.mayMove()).toBe(false);
    expect(said).toEqual(['may-be-moving', null]);
  }
});
