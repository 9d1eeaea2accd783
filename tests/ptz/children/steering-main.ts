import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { z } from 'zod';
import { createCameraMotion } from '../../../main/features/ptz/camera-motion.ts';
import { systemClock } from '../../../main/ports/clock.ts';
import { createOnvifCameraControl } from '../../../main/protocols/onvif/onvif-camera-control.ts';
import { createNodeGuardSpawner } from '../../../main/supervision/guard-child.ts';
import { createPtzGuardClient } from '../../../main/supervision/ptz-guard-client.ts';
import { createRememberingLog } from '../../host/support/remembering-log.ts';

/** A main in small: it steers one camera to the right until it is killed, or hangs when it is told to. */
const orderSchema = z.union([
  z.object({ url: z.string(), credentials: z.object({ user: z.string(), password: z.string() }) }),
  z.object({ hang: z.literal(true) }),
]);
const clock = systemClock;

for await (const line of createInterface({ input: process.stdin })) {
  const order = orderSchema.parse(JSON.parse(line));
  if ('hang' in order) for (;;);
  const { log } = createRememberingLog();
  const spawn = createNodeGuardSpawner(join(import.meta.dirname, '../../../main/ptz-guard/entry.ts'));
  const guard = createPtzGuardClient({ clock, log, spawn });
  const control = createOnvifCameraControl(order, {
    clock,
    onStopPlace: (place) => guard.know('c1', place),
  });
  const motion = createCameraMotion({
    clock,
    camera: 'c1',
    control,
    guard,
    random: Math.random,
    onProblem: () => {},
    onChange: () => {},
  });
  await control.abilities();
  const move = () => motion.move({ pan: 0.05, tilt: 0, zoom: 0 });
  move();
  setInterval(move, 200);
  process.stdout.write('moves\n');
}
