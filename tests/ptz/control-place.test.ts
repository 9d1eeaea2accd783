import { expect, it } from 'vitest';
import type { CameraEntry, StreamAddress } from '../../core/cameras/camera.ts';
import { controlPlace } from '../../main/features/ptz/control-place.ts';
import { cameraOf } from '../cameras/camera-of.ts';

const rtsp = (url: string): StreamAddress => ({ scheme: 'rtsp', url, credentials: { user: 'u', password: 'p' } });
const entry = (main: StreamAddress, kind: 'fixed' | 'ptz' = 'ptz'): CameraEntry => ({
  camera: cameraOf(1, { kind }),
  addresses: { main },
});

it('a PTZ camera is steered on the host of its stream, as the same user', () => {
  expect(controlPlace(entry(rtsp('rtsp://192.0.2.7:8554/live?x=1')))).toEqual({
    url: 'http://192.0.2.7/onvif/device_service',
    credentials: { user: 'u', password: 'p' },
  });
  expect(controlPlace(entry(rtsp('rtsp://[2001:db8::7]:554/live')))?.url).toBe('http://[2001:db8::7]/onvif/device_service');
});

it("is steered at its own device service where that is known, as the user of its own stream and never as a foreign gateway's", () => {
  const device = { control: 'http://192.0.2.7:8000/onvif/service', snapshot: null };
  const whep: StreamAddress = { scheme: 'http', url: 'http://192.0.2.9/cam/whep', credentials: { user: 'g', password: 'w' } };
  expect(controlPlace({ ...entry(rtsp('rtsp://192.0.2.7/live')), device })).toEqual({
    url: device.control,
    credentials: { user: 'u', password: 'p' },
  });
  expect(controlPlace({ ...entry(whep), device })).toEqual({ url: device.control, credentials: null });
});

it('fixed cameras, those behind a foreign gateway and unknown ones are steered nowhere', () => {
  expect(controlPlace(entry(rtsp('rtsp://192.0.2.7/live'), 'fixed'))).toBeNull();
  expect(controlPlace(entry({ scheme: 'http', url: 'http://192.0.2.9/cam/whep', credentials: null }))).toBeNull();
  expect(controlPlace(undefined)).toBeNull();
});
