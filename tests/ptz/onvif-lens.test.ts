import { describe, expect, it } from 'vitest';
import { pictureVectorXml } from '../../main/protocols/onvif/ptz-vector.ts';
import { translationSpaceFov, zoomSpaceFov } from '../../main/protocols/onvif/xml-names.ts';
import { simulated } from './simulated.ts';

const arrived = { timeout: 10_000 };

describe('the lens of an ONVIF camera', () => {
  it('is told by its focal lengths, and the camera is sent by its generic zoom all the same', async () => {
    const { control, device } = await simulated({}, { lens: { magnification: 30, tellsMillimetres: true } });
    expect(await control.abilities()).toMatchObject({ magnification: 30, zoomByPicture: false });
    await control.goToPosition({ pan: 0, tilt: 0, zoom: 0.05 });
    await expect.poll(() => device.camera.isMoving(), arrived).toBe(false);
    expect(device.camera.position().zoom).toBeCloseTo(0.05);
    expect((await control.position())?.zoom).toBeCloseTo(0.05);
  });

  it('is not told by most', async () => {
    const { control } = await simulated();
    expect((await control.abilities()).magnification).toBeNull();
  });

  it('zooms by so many times as is drawn where the camera knows that, whatever its lens is', async () => {
    const lens = { magnification: 21, tellsMillimetres: false, zoomsByPicture: true };
    const { control, device } = await simulated({}, { lens });
    expect((await control.abilities()).zoomByPicture).toBe(true);
    await control.goBy({ pan: 0, tilt: 0, zoom: 0.9, ofPicture: true, times: 2 });
    await expect.poll(() => device.camera.isMoving(), arrived).toBe(false);
    // Twice as large, of 21 times: one part in twenty of the way.
    expect(device.camera.position().zoom).toBeCloseTo(0.05);
  });
});

describe('an ONVIF camera that knows no parts of its picture', () => {
  it('tells how far it turns in degrees, and refuses what is meant in such parts in place of going elsewhere', async () => {
    const { control, heard } = await simulated({}, { lens: { magnification: 3, tellsMillimetres: false, tellsDegrees: true } });
    expect(await control.abilities()).toMatchObject({
      relativeToPicture: false,
      angles: { pan: { min: -40, max: 40 }, tilt: { min: -20, max: 20 } },
    });
    await expect(control.goBy({ pan: 0.5, tilt: 0, zoom: 0, ofPicture: true })).rejects.toMatchObject({ problem: 'not-able' });
    expect(heard).not.toContain('RelativeMove');
    // Its own generic space is what it is sent by, wherever in its list that stands.
    await control.goToPosition({ pan: 0.02, tilt: 0, zoom: 0 });
    expect(heard).toContain('AbsoluteMove');
  });
});

describe('a way in parts of the picture', () => {
  const endless = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  const generic = { uri: null, x: { min: -1, max: 1 }, y: null };
  const way = { pan: 0.5, tilt: -1, zoom: 0.25, ofPicture: true, times: 4 };
  const named = (range: { readonly min: number; readonly max: number }) => ({ uri: translationSpaceFov, x: range, y: range });

  it.each([endless, { min: -2, max: 2 }, { min: -1, max: 1 }])(
    'has the same numbers whatever range the camera gives it: %o',
    (range) => {
      expect(pictureVectorXml({ panTilt: named(range), zoomFov: null, zoom: generic }, way)).toBe(
        `<tt:PanTilt x="0.5" y="-1" space="${translationSpaceFov}"/><tt:Zoom x="0.25"/>`,
      );
    },
  );

  it('is told as times only where the camera knows those', () => {
    const zoomFov = { uri: zoomSpaceFov, x: { min: 0, max: Number.POSITIVE_INFINITY }, y: null };
    const spaces = { panTilt: named(endless), zoomFov, zoom: generic };
    expect(pictureVectorXml(spaces, way)).toContain(`<tt:Zoom x="4" space="${zoomSpaceFov}"/>`);
    expect(pictureVectorXml(spaces, { pan: 0, tilt: 0, zoom: 0, ofPicture: true })).toContain('<tt:Zoom x="0"/>');
  });
});
