import { expect, it, onTestFinished } from 'vitest';
import { demoCity } from '../../core/cameras/demo-city.ts';
import { type CityDevice, createCityHeads } from '../../main/gateway/simulated-ptz/city-heads.ts';
import { headAt, isTurning, type Head } from '../../main/gateway/simulated-ptz/ptz-head.ts';
import { sharedNowMs } from '../../main/gateway/simulated-ptz/shared-clock.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { createOnvifCameraControl } from '../../main/protocols/onvif/onvif-camera-control.ts';

const cityCameras = () => demoCity().map(({ camera, addresses }) => ({ id: camera.id, addresses }));

it('four cameras of the demonstration city are ONVIF devices, and what steers them turns the heads that are drawn', async () => {
  const heads = createCityHeads({ clock: systemClock, note: () => {} });
  onTestFinished(() => heads.close());
  const devices: CityDevice[] = [];
  heads.onDevice((device) => devices.push(device));
  heads.setCameras(cityCameras());
  await expect.poll(() => devices.length).toBe(4);
  expect(devices.map(({ camera }) => camera).sort()).toEqual(['demo-101', 'demo-103', 'demo-105', 'demo-108']);
  const [device] = devices;
  if (!device) throw new Error('no device');
  const seen = new Map<string, Head>();
  const stop = heads.watch((camera, head) => seen.set(camera, head));
  onTestFinished(stop);
  expect(seen.size).toBe(4);
  const control = createOnvifCameraControl(device, { clock: systemClock });
  onTestFinished(() => control.close());
  await control.move({ pan: 1, tilt: 0, zoom: 0 });
  const head = () => seen.get(device.camera);
  await expect.poll(() => head()?.drive.what).toBe('driven');
  await control.stop();
  await expect.poll(() => head()?.drive.what).toBe('still');
  const present = head();
  if (!present) throw new Error('no head');
  expect(isTurning(present, sharedNowMs())).toBe(false);
  expect((await control.position())?.pan).toBeCloseTo(headAt(present, sharedNowMs()).pan, 4);
});

it('one of them runs tours by itself, the others have none', async () => {
  const heads = createCityHeads({ clock: systemClock, note: () => {} });
  onTestFinished(() => heads.close());
  heads.setCameras(cityCameras());
  await expect.poll(() => heads.devices().length).toBe(4);
  const seen = new Map<string, Head>();
  onTestFinished(heads.watch((camera, head) => seen.set(camera, head)));
  const tours = new Map<string, number>();
  for (const device of heads.devices()) {
    const control = createOnvifCameraControl(device, { clock: systemClock });
    onTestFinished(() => control.close());
    tours.set(device.camera, (await control.abilities()).mostTours);
    if (device.camera !== 'demo-101') continue;
    // Its second begins elsewhere than where the camera looks.
    await control.startTour('tour-2');
    await expect.poll(() => seen.get('demo-101')?.drive.what).toBe('way');
    await control.stopTour('tour-2');
    await expect.poll(() => seen.get('demo-101')?.drive.what).toBe('still');
  }
  expect(Object.fromEntries(tours)).toEqual({ 'demo-101': 2, 'demo-103': 0, 'demo-105': 0, 'demo-108': 0 });
});

it('devices end when their cameras are not wanted any more', async () => {
  const heads = createCityHeads({ clock: systemClock, note: () => {} });
  onTestFinished(() => heads.close());
  heads.setCameras(cityCameras());
  await expect.poll(() => heads.devices().length).toBe(4);
  const [device] = heads.devices();
  if (!device) throw new Error('no device');
  heads.setCameras([]);
  expect(heads.devices()).toEqual([]);
  const control = createOnvifCameraControl(device, { clock: systemClock });
  onTestFinished(() => control.close());
  await expect(control.move({ pan: 1, tilt: 0, zoom: 0 })).rejects.toThrow();
});
