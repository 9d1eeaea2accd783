import { onTestFinished } from 'vitest';
import type { Behaviour } from '../../main/gateway/simulated-ptz/behaviour.ts';
import { createSimulatedOnvif } from '../../main/gateway/simulated-ptz/simulated-onvif.ts';
import { type Clock, systemClock } from '../../main/ports/clock.ts';
import type { SimulatedLens } from '../../main/gateway/simulated-ptz/simulated-camera.ts';
import type { SimulatedTour } from '../../main/gateway/simulated-ptz/simulated-tours.ts';
import type { OnvifStopPlace } from '../../main/protocols/onvif/onvif-stop.ts';
import { createOnvifCameraControl } from '../../main/protocols/onvif/onvif-camera-control.ts';

export const operator = { user: 'operator', password: 'pl4nted-<&">-secret' };

/** A simulated camera, and a control of it; both end with the test. */
export async function simulated(
  how: Partial<Behaviour> = {},
  options: {
    credentials?: typeof operator;
    clock?: Clock;
    tours?: readonly SimulatedTour[];
    lens?: SimulatedLens;
    onStopPlace?(place: OnvifStopPlace): void;
  } = {},
) {
  const heard: string[] = [];
  const device = await createSimulatedOnvif({
    clock: options.clock ?? systemClock,
    credentials: operator,
    serial: 'pes-1',
    presets: [
      { name: 'gate', position: { pan: 0.5, tilt: 0.25, zoom: 0.5 } },
      { name: 'gate', position: { pan: -0.5, tilt: 0, zoom: 0 } },
    ],
    tours: options.tours ?? [],
    ...(options.lens ? { lens: options.lens } : {}),
    heard: (action) => heard.push(action),
  });
  device.behave(how);
  const control = createOnvifCameraControl(
    { url: device.url, credentials: options.credentials ?? operator },
    { clock: systemClock, ...(options.onStopPlace ? { onStopPlace: options.onStopPlace } : {}) },
  );
  onTestFinished(async () => {
    control.close();
    await device.close();
  });
  return { device, control, heard };
}
