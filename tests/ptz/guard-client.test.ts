import { describe, expect, it, onTestFinished } from 'vitest';
import { createCameraMotion } from '../../main/features/ptz/camera-motion.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { ToGuard } from '../../main/ptz-guard/guard-messages.ts';
import { createPtzGuardClient } from '../../main/supervision/ptz-guard-client.ts';
import { createRememberingLog } from '../host/support/remembering-log.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { until } from '../support/until.ts';
import { simulated } from './simulated.ts';

const place = { url: 'http://camera/onvif', credentials: null, clockAheadMs: null, ptzPath: null, profile: 'main' };

/** Main's side of a guard that only listens. */
function listening() {
  const told: ToGuard[] = [];
  const guard = createPtzGuardClient({
    clock: createFakeClock(),
    log: createRememberingLog().log,
    spawn: {
      start: () => ({ tell: (message) => void told.push(message), onMessage: () => {}, onExit: () => {}, end: () => {} }),
    },
  });
  onTestFinished(() => guard.close());
  const of = (camera: string) => told.flatMap((each) => (each.t !== 'beat' && each.camera === camera ? each.t : []));
  return { guard, told, of };
}

describe('what the guard is told of a camera', () => {
  it('is where it is stopped, and that it moves, in this order, also where the move was told before', () => {
    const { guard, of } = listening();
    guard.mayMove('c1');
    guard.know('c1', place);
    expect(of('c1')).toEqual(['know', 'moving']);
    // Another, with the guard there already.
    guard.mayMove('c2');
    guard.know('c2', place);
    expect(of('c2').slice(-2)).toEqual(['know', 'moving']);
  });

  it('is said once, and again when it changed', () => {
    const { guard, of } = listening();
    guard.know('c1', place);
    guard.know('c1', { ...place });
    expect(of('c1')).toEqual(['know']);
    guard.know('c1', { ...place, clockAheadMs: 3_600_000 });
    expect(of('c1')).toEqual(['know', 'know']);
  });

  it('is there before the first move is on the wire', async () => {
    const { guard, told } = listening();
    let before: string[] | null = null;
    const { control, heard } = await simulated({}, { onStopPlace: (known) => guard.know('c1', known) });
    const motion = createCameraMotion({
      clock: systemClock,
      camera: 'c1',
      control: {
        move: (velocity) => control.move(velocity),
        stop: () => control.stop(),
      },
      guard,
      random: Math.random,
      onProblem: () => {},
      onChange: () => {},
    });
    motion.move({ pan: 0.1, tilt: 0, zoom: 0 });
    await until('it moves', () => {
      before ??= heard.includes('ContinuousMove') ? told.map(({ t }) => t) : null;
      return before !== null;
    });
    motion.stop(true);
    await until('it stands', () => !motion.mayMove());
    expect(before).toEqual(['know', 'moving']);
  });

  it('is how it is stopped by the clock that it has now, when it is moved', async () => {
    const places: (number | null)[] = [];
    const { control, device } = await simulated({}, { onStopPlace: ({ clockAheadMs }) => places.push(clockAheadMs) });
    await control.move({ pan: 0.1, tilt: 0, zoom: 0 });
    device.behave({ clockAheadMs: 7_200_000 });
    // Refused with the old proof, so that the clock is read anew.
    await control.stop();
    await control.move({ pan: -0.1, tilt: 0, zoom: 0 });
    await control.stop();
    expect(places.at(-1)).toBeGreaterThan(7_000_000);
  });
});
