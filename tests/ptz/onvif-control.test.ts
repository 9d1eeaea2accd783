import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ControlProblem } from '../../main/ports/camera-control.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { createOnvifCameraControl } from '../../main/protocols/onvif/onvif-camera-control.ts';
import { stopLimitMs } from '../../main/protocols/onvif/onvif-stop.ts';
import { operator, simulated } from './simulated.ts';

/** The problem a promise rejects with, and its words. */
async function problemOf(doing: Promise<unknown>): Promise<{ problem: string; message: string }> {
  try {
    await doing;
  } catch (error) {
    if (error instanceof ControlProblem) return { problem: error.problem, message: error.message };
    throw error;
  }
  throw new Error('it was done');
}

describe('a camera over ONVIF', () => {
  it('says what it can do, and is asked once', async () => {
    const { control, heard } = await simulated();
    expect(await control.abilities()).toEqual({
      continuous: { panTilt: true, zoom: true },
      relative: { panTilt: true, zoom: true },
      relativeToPicture: true,
      zoomByPicture: false,
      absolute: { panTilt: true, zoom: true },
      angles: null,
      magnification: null,
      status: true,
      mostPresets: 100,
      home: true,
      homeSettable: true,
      mostTours: 0,
      focus: true,
      iris: true,
      auxiliary: ['tt:Wiper|On', 'tt:Wiper|Off', 'tt:IRLamp|On', 'tt:IRLamp|Off', 'tt:IRLamp|Auto'],
    });
    const asked = heard.length;
    await Promise.all([control.abilities(), control.abilities()]);
    expect(heard.length).toBe(asked);
  });

  it('moves and stops', async () => {
    const { control, device } = await simulated();
    await control.move({ pan: 1, tilt: 0.5, zoom: 1 });
    expect(device.camera.isMoving()).toBe(true);
    await expect.poll(() => device.camera.position().pan).toBeGreaterThan(0);
    await control.stop();
    expect(device.camera.isMoving()).toBe(false);
    const { pan, tilt, zoom } = device.camera.position();
    expect(pan).toBeGreaterThan(0);
    expect(tilt).toBeGreaterThan(0);
    expect(zoom).toBeGreaterThan(0);
    const told = await control.position();
    expect(told?.pan).toBeCloseTo(pan, 4);
    expect(told?.zoom).toBeCloseTo(zoom, 4);
  });

  it('is heard to acknowledge Stop although each of its answers takes longer than a Stop is first waited for', async () => {
    const { device, control } = await simulated();
    await control.abilities();
    device.behave({ slowMs: stopLimitMs + 300 });
    await expect(control.stop()).rejects.toMatchObject({ problem: 'silent' });
    await control.stop();
  }, 20_000);

  it('is stopped by a move that moves nothing where it rejects Stop, and at once the next time', async () => {
    const { control, device, heard } = await simulated({ noStop: true });
    await control.move({ pan: -1, tilt: 0, zoom: 0 });
    await control.stop();
    expect(device.camera.isMoving()).toBe(false);
    await control.move({ pan: 1, tilt: 0, zoom: 0 });
    await control.stop();
    expect(device.camera.isMoving()).toBe(false);
    expect(heard.filter((action) => action === 'Stop')).toHaveLength(1);
  });

  it('goes to a position, by a part of the picture, to presets and home', async () => {
    const { control, device } = await simulated();
    await control.goToPosition({ pan: 0.02, tilt: -0.02, zoom: 0.03 });
    await expect.poll(() => device.camera.isMoving()).toBe(false);
    expect(device.camera.position()).toEqual({ pan: 0.02, tilt: -0.02, zoom: 0.03 });
    await control.goBy({ pan: 0.02, tilt: 0, zoom: 0, ofPicture: true });
    await expect.poll(() => device.camera.isMoving()).toBe(false);
    // A part of the picture, which is nearly one and a half times as far at this zoom.
    expect(device.camera.position().pan).toBeCloseTo(0.02 + (0.02 * 1.5) / 1.06);
    await control.goHome();
    await expect.poll(() => device.camera.position()).toEqual({ pan: 0, tilt: 0, zoom: 0 });
    await control.setHome();
    await control.goToPreset('1', 0.5);
    expect(device.camera.isMoving()).toBe(true);
  });

  it('keeps presets of one name apart by their tokens', async () => {
    const { control } = await simulated({ equalPresetNames: true });
    expect(await control.presets()).toEqual([
      { token: '1', name: 'Preset' },
      { token: '2', name: 'Preset' },
    ]);
    const token = await control.savePreset('Preset', null);
    expect(await control.presets()).toHaveLength(3);
    expect(await control.savePreset('Preset', token)).toBe(token);
    await control.deletePreset('1');
    expect((await control.presets()).map((preset) => preset.token)).toEqual(['2', token]);
    expect((await problemOf(control.goToPreset('1', null))).problem).toBe('gone');
  });

  it('keeps names with signs of XML and of other scripts as they are', async () => {
    const { control } = await simulated();
    const name = 'گیٹ <2> & "north"';
    await control.savePreset(name, '2');
    expect(await control.presets()).toContainEqual({ token: '2', name });
  });

  it('has its focus, iris and wiper moved', async () => {
    const { control, heard } = await simulated();
    await control.focus('near');
    await control.focus('stop');
    await control.focus('auto');
    await control.iris(0.5);
    await control.iris(null);
    await control.auxiliary('tt:Wiper|On');
    expect(heard.slice(-6)).toEqual([
      'Move',
      'Stop',
      'SetImagingSettings',
      'SetImagingSettings',
      'SetImagingSettings',
      'SendAuxiliaryCommand',
    ]);
  });

  it('is believed at its own clock, an hour off, and also when its clock is set while we speak', async () => {
    const { control, device } = await simulated({ clockAheadMs: 3_600_000 });
    await control.abilities();
    await control.move({ pan: 1, tilt: 0, zoom: 0 });
    device.behave({ clockAheadMs: -7_200_000 });
    await control.stop();
    expect(device.camera.isMoving()).toBe(false);
  });

  it('that wants HTTP digest gets it', async () => {
    const { control, device } = await simulated({ httpDigest: true });
    await control.move({ pan: 1, tilt: 0, zoom: 0 });
    expect(device.camera.isMoving()).toBe(true);
  });

  it.each([{ httpDigest: true }, { httpDigest: false }])(
    'that refuses the password is asked no second time, but for Stop (%o)',
    async (how) => {
      const { control, heard } = await simulated(how, { credentials: { user: 'operator', password: 'wrong' } });
      expect((await problemOf(control.abilities())).problem).toBe('refused');
      const asked = heard.length;
      expect((await problemOf(control.abilities())).problem).toBe('refused');
      expect(heard.length).toBe(asked);
      expect(heard.filter((action) => action !== 'GetSystemDateAndTime').length).toBeLessThanOrEqual(2);
    },
  );

  it.each([
    ['faults', { faults: true }, 'fault'],
    ['sends XML that is broken', { malformed: true }, 'not-understood'],
    ['sends a bomb of entities', { entityBomb: true }, 'not-understood'],
    ['answers without an end', { endless: true }, 'not-understood'],
    ['sends us to another host', { redirects: 'http://192.0.2.7/onvif' }, 'not-understood'],
    ['drops connections', { drops: true }, 'unreachable'],
  ] as const)('that %s has a problem with words, and no secret in them', async (_, how, problem) => {
    const { control, device } = await simulated();
    await control.abilities();
    device.behave(how);
    const found = await problemOf(control.move({ pan: 1, tilt: 0, zoom: 0 }));
    expect(found.problem).toBe(problem);
    expect(found.message).not.toMatch(/pl4nted|192\.0\.2|127\.0\.0/);
    device.behave({ faults: false, malformed: false, entityBomb: false, endless: false, redirects: null, drops: false });
    await control.stop();
    expect(device.camera.isMoving()).toBe(false);
  });

  it('stops by itself, after its own timeout, when nothing reaches it any more', async () => {
    const { control, device, heard } = await simulated();
    await control.move({ pan: 0.1, tilt: 0, zoom: 0 });
    device.behave({ silent: true });
    await expect.poll(() => device.camera.isMoving(), { timeout: 10_000 }).toBe(false);
    expect(heard).not.toContain('Stop');
    expect(device.camera.position().pan).toBeLessThan(0.1);
  });

  it('without a status says that it has none', async () => {
    const { control } = await simulated({ noStatus: true });
    expect((await control.abilities()).status).toBe(false);
    expect((await problemOf(control.position())).problem).toBe('not-able');
  });

  it('that is no ONVIF device at all has a problem', async () => {
    const server = createServer((_, response) => response.writeHead(200).end('<html><body>Router</body></html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const control = createOnvifCameraControl(
      { url: `http://127.0.0.1:${address.port}/onvif/device_service`, credentials: operator },
      { clock: systemClock },
    );
    onTestFinished(() => control.close());
    expect((await problemOf(control.abilities())).problem).toBe('not-understood');
  });
});
