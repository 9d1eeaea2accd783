import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, afterAll, expect, it } from 'vitest';
import { systemClock as clock } from '../../main/ports/clock.ts';
import { readDeviceInformation } from '../../main/protocols/onvif/device-service.ts';
import { createLimitedHttp } from '../../main/protocols/onvif/limited-http.ts';
import { readProfiles } from '../../main/protocols/onvif/media-service.ts';
import { createOnvifCameraControl } from '../../main/protocols/onvif/onvif-camera-control.ts';
import { createOnvifSession } from '../../main/protocols/onvif/onvif-session.ts';

/** A camera that nobody here wrote: canned answers of a real one, to requests that must be written just so. */
let url: string;
const ends: (() => Promise<unknown> | void)[] = [];
beforeAll(async () => {
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'children/foreign-camera.cjs')], {
    env: { PATH: process.env['PATH'], PORT: String(port), HOSTNAME: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  ends.push(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  await once(child.stdout, 'data');
  url = `http://127.0.0.1:${port}/onvif/device_service`;
});
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const credentials = { user: 'admin', password: 'x' };

it('is steered, stopped and sent to its presets', async () => {
  const control = createOnvifCameraControl({ url, credentials }, { clock });
  ends.push(() => control.close());
  const abilities = await control.abilities();
  expect(abilities.continuous).toEqual({ panTilt: true, zoom: true });
  expect(abilities.status).toBe(true);
  expect(abilities.mostPresets).toBeGreaterThan(0);
  await control.move({ pan: 1, tilt: 0, zoom: 0 });
  await control.stop();
  const presets = await control.presets();
  expect(presets.length).toBeGreaterThan(0);
  expect(new Set(presets.map(({ token }) => token)).size).toBe(presets.length);
  await control.goToPreset(presets[0]?.token ?? '', null);
  await control.goHome();
  await control.goToPosition({ pan: 0, tilt: 0, zoom: 0 });
  const position = await control.position();
  for (const axis of ['pan', 'tilt', 'zoom'] as const) expect(Number.isFinite(position?.[axis])).toBe(true);
});

it('says who it is and which streams it has', async () => {
  const session = createOnvifSession({ url, credentials }, { clock, http: createLimitedHttp(clock) });
  ends.push(() => session.close());
  expect(await readDeviceInformation(session)).toMatchObject({ manufacturer: 'Mockup Manufacturer' });
  expect(await readProfiles(session)).toMatchObject([{ token: 'main', codec: 'H264' }]);
});

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
