import { expect, it, onTestFinished } from 'vitest';
import { deviceTimeoutMs } from '../../core/ptz/motion-life.ts';
import { createCameraMotion } from '../../main/features/ptz/camera-motion.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { createOnvifCameraControl } from '../../main/protocols/onvif/onvif-camera-control.ts';
import { startTcpRelay } from '../support/relay/tcp-relay.ts';
import { until } from '../support/until.ts';
import { operator, simulated } from './simulated.ts';

it('a camera whose network is cut in mid-move stands by its own timeout, it is said that it may move, and its Stop comes when the network does', async () => {
  const { device, heard } = await simulated();
  const relay = await startTcpRelay(Number(new URL(device.url).port));
  const control = createOnvifCameraControl(
    { url: device.url.replace(/:\d+/, `:${relay.port}`), credentials: operator },
    { clock: systemClock },
  );
  const problems: (string | null)[] = [];
  const motion = createCameraMotion({
    clock: systemClock,
    camera: 'c1',
    control,
    guard: { mayMove: () => {}, isStill: () => {} },
    random: Math.random,
    onProblem: (problem) => problems.push(problem),
    onChange: () => {},
  });
  onTestFinished(async () => {
    control.close();
    await relay.close();
  });
  await control.abilities();
  motion.move({ pan: 0.05, tilt: 0, zoom: 0 });
  await until('the camera moves', () => device.camera.isMoving());
  relay.cut();
  motion.stop(true);
  await until('it stands', () => !device.camera.isMoving(), deviceTimeoutMs * 5);
  expect(device.camera.position().pan).toBeLessThan(1);
  expect(heard).not.toContain('Stop');
  await until('it is said', () => problems.at(-1) === 'may-be-moving');
  expect(motion.mayMove()).toBe(true);
  relay.mend();
  await until('its Stop was acknowledged', () => !motion.mayMove());
  expect(heard).toContain('Stop');
  expect(problems.at(-1)).toBeNull();
});
