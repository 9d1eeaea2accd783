import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../support/fake-clock.ts';
import { simulated } from './simulated.ts';

const tours = [
  { name: 'round & "back"', presets: ['1', '2'], stayMs: 5_000 },
  { name: '', presets: ['2'], stayMs: 1_000 },
];
const gate = { pan: 0.5, tilt: 0.25, zoom: 0.5 };
const other = { pan: -0.5, tilt: 0, zoom: 0 };

describe('tours in a camera, over ONVIF', () => {
  it('are told with their names and states', async () => {
    const { control } = await simulated({}, { tours });
    expect((await control.abilities()).mostTours).toBe(2);
    await control.startTour('tour-1');
    expect(await control.tours()).toEqual([
      { token: 'tour-1', name: 'round & "back"', state: 'touring' },
      { token: 'tour-2', name: '', state: 'idle' },
    ]);
    await control.pauseTour('tour-1');
    expect((await control.tours())[0]?.state).toBe('paused');
    await control.stopTour('tour-1');
    expect((await control.tours())[0]?.state).toBe('idle');
  });

  it('turn it along its presets, rest when they are paused, and go on from there', async () => {
    const clock = createFakeClock();
    const { control, device } = await simulated({}, { tours, clock: { ...clock, utcMs: () => Date.now() } });
    await control.startTour('tour-1');
    clock.pass(4_000);
    expect(device.camera.position()).toEqual(gate);
    clock.pass(4_000);
    expect(device.camera.isMoving()).toBe(true);
    await control.pauseTour('tour-1');
    const stood = device.camera.position();
    clock.pass(600_000);
    expect(device.camera.position()).toEqual(stood);
    await control.startTour('tour-1');
    clock.pass(4_000);
    expect(device.camera.position()).toEqual(other);
    // A move by hand does not end it.
    await control.move({ pan: 1, tilt: 0, zoom: 0 });
    clock.pass(8_000);
    expect(device.camera.position()).toEqual(gate);
    await control.stopTour('tour-1');
    clock.pass(600_000);
    expect(device.camera.position()).toEqual(gate);
  });

  it('are ended where the camera cannot pause them', async () => {
    const { control, device, heard } = await simulated({ noTourPause: true }, { tours });
    await control.startTour('tour-1');
    await control.pauseTour('tour-1');
    expect(device.camera.isMoving()).toBe(false);
    expect((await control.tours())[0]?.state).toBe('idle');
    expect(heard.filter((action) => action === 'OperatePresetTour')).toHaveLength(3);
  });

  it('rest already where the camera refuses to pause what it does not run', async () => {
    const { control } = await simulated({}, { tours });
    await control.pauseTour('tour-1');
  });

  it('that the camera refuses to start, or does not have, are a problem with words', async () => {
    const { control } = await simulated({ noTourStart: true }, { tours });
    await expect(control.startTour('tour-1')).rejects.toMatchObject({ problem: 'fault' });
    await expect(control.startTour('tour-9')).rejects.toMatchObject({ problem: 'gone' });
  });

  it('are not offered by a camera without them', async () => {
    const { control, heard } = await simulated();
    expect((await control.abilities()).mostTours).toBe(0);
    expect(heard).not.toContain('GetPresetTours');
    await expect(control.tours()).rejects.toMatchObject({ problem: 'not-able' });
  });
});
