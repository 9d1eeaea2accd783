import { expect, it } from 'vitest';
import { ControlProblem } from '../../main/ports/camera-control.ts';
import { cameraId, start, window } from './ptz-set-up.ts';

const c1 = cameraId('c1');

it('a camera that is steered goes on at its new address where that changed in mid-move, and a Stop that is owed is sent there', async () => {
  const all = await start();
  const me = window(1);
  const troubles = all.ptz.states['ptz.troubles'](me.session);
  const leases = all.ptz.states['ptz.leases'](me.session);
  await all.calls['ptz.move']({ camera: c1, velocity: { pan: 1, tilt: 0, zoom: 0 } }, me);
  all.of('c1').fail(new ControlProblem('unreachable', 'nobody answers'));
  await all.calls['ptz.stop']({ camera: c1 }, me);
  await expect.poll(() => troubles.current()).toMatchObject([{ camera: 'c1', problem: 'may-be-moving' }]);
  const before = all.of('c1');
  const after = all.move('c1');
  const triesBefore = before.told.length;
  await expect
    .poll(() => {
      all.clock.pass(100);
      return after.told;
    })
    .toEqual(['stop']);
  expect(before.told.length).toBe(triesBefore);
  await expect.poll(() => [leases.current()[0]?.moving, troubles.current(), all.guarded.size]).toEqual([false, [], 0]);
  await all.calls['ptz.move']({ camera: c1, velocity: { pan: -1, tilt: 0, zoom: 0 } }, me);
  expect(after.told).toEqual(['stop', 'move -1 0 0']);
});
