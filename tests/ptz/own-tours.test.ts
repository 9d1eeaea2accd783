import { describe, expect, it } from 'vitest';
import { tourResumeMs } from '../../core/ptz/tour-life.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { cameraId, start, window } from './ptz-set-up.ts';

const c1 = cameraId('c1');
const right = { camera: c1, velocity: { pan: 1, tilt: 0, zoom: 0 } };

describe('a tour that we run', () => {
  const steps = [
    { preset: '1', dwellS: 10, speed: null },
    { preset: 'gone', dwellS: 10, speed: null },
    { preset: '2', dwellS: 10, speed: 0.5 },
  ];

  it('visits its presets, passes over what is gone, and returns after it was interrupted', async () => {
    const all = await start();
    await all.calls['ptz.start-tour']({ camera: c1, steps }, window(1));
    await expect.poll(() => all.of('c1').told).toEqual(['preset 1']);
    await expect.poll(() => all.clock.waiting()).toBeGreaterThan(1);
    all.clock.pass(10_000);
    await expect.poll(() => all.of('c1').told.slice(1)).toEqual(['preset gone', 'preset 2']);
    await all.calls['ptz.move'](right, window(2));
    await all.calls['ptz.release']({ camera: c1 }, window(2));
    await expect.poll(() => all.guarded.size).toBe(0);
    all.clock.pass(tourResumeMs);
    await expect.poll(() => all.of('c1').told.at(-1)).toBe('preset 2');
    await all.calls['ptz.stop-tour']({ camera: c1 }, window(1));
    const count = all.of('c1').told.length;
    all.clock.pass(60_000);
    expect(all.of('c1').told.slice(count)).toEqual([]);
  });

  it('goes on at the next start, unless somebody ended it', async () => {
    const folder = temporaryFolder();
    const first = await start({ folder });
    await first.calls['ptz.start-tour']({ camera: c1, steps }, window(1));
    await first.close();
    const second = await start({ folder });
    await expect.poll(() => second.of('c1').told).toEqual(['preset 1']);
    expect(second.ptz.states['ptz.tours'](window(1).session).current()).toEqual([{ camera: 'c1', state: 'running' }]);
    await second.calls['ptz.stop-tour']({ camera: c1 }, window(1));
    await second.close();
    const third = await start({ folder });
    expect(third.ptz.states['ptz.tours'](window(1).session).current()).toEqual([]);
  });
});
