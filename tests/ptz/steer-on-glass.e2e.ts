import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { openPtzDesk, standing, turnedFrom } from './ptz-desk.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe('steering, on the glass', () => {
  it('moves the picture while Shift and an arrow are held, and stands still when they are released', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    const middle = await angles();
    expect(middle).toEqual({ pan: 0, tilt: 0, magnification: 1 });
    // From one end of its way, and zoomed in, so that it turns slowly: it has far to go to the other end, however slow this machine is.
    for (const key of ['KeyP', 'Digit2', 'Enter']) await page.keyboard.press(key);
    await turnedFrom(page, middle);
    const before = await standing(wall);
    await page.keyboard.down('Shift');
    await page.keyboard.down('ArrowRight');
    const first = await turnedFrom(page, before);
    expect(first.pan).toBeGreaterThan(before.pan);
    expect(first.tilt).toBe(before.tilt);
    const later = await turnedFrom(page, first);
    expect(later.pan).toBeGreaterThan(first.pan);
    await page.locator('[data-tile="0"] [data-steered-by="1"]').waitFor();
    await page.keyboard.up('ArrowRight');
    const there = await standing(wall);
    // The end of its way is at 40 degrees: it stands because it was told to.
    expect(there.pan).toBeLessThan(40);
    await page.keyboard.down('ArrowDown');
    const down = await turnedFrom(page, there);
    expect(down.tilt).toBeLessThan(there.tilt);
    await page.keyboard.up('Shift');
    const stood = await standing(wall);
    expect(stood.tilt).toBeGreaterThan(-20);
    expect(stood.pan).toBe(there.pan);
  });

  it('brings what is clicked into the middle, and a box that is drawn nearer; the wheel zooms, and a preset is typed', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    const before = await angles();
    const box = await page.locator('[data-tile="0"] video').boundingBox();
    if (!box) throw new Error('the picture is not there');
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;

    await page.mouse.click(...at(0.75, 0.5));
    await turnedFrom(page, before);
    const centred = await standing(wall);
    expect(centred.pan).toBeGreaterThan(5);
    expect(centred.magnification).toBe(1);
    // One click enlarges nothing and takes no other tile.
    expect(await page.locator('[data-tile="0"][data-selected]').count()).toBe(1);

    await page.mouse.move(...at(0.25, 0.25));
    await page.mouse.down();
    await page.mouse.move(...at(0.5, 0.5), { steps: 3 });
    await page.mouse.move(...at(0.75, 0.75), { steps: 3 });
    await page.mouse.up();
    await turnedFrom(page, centred);
    const boxed = await standing(wall);
    expect(boxed.magnification).toBeGreaterThan(1);

    await page.mouse.wheel(0, 100);
    const wider = await turnedFrom(page, boxed);
    expect(wider.magnification).toBeLessThan(boxed.magnification);
    const wheeled = await standing(wall);

    for (const key of ['KeyP', 'Digit3', 'Enter']) await page.keyboard.press(key);
    await turnedFrom(page, wheeled);
    expect(await standing(wall)).toEqual({ pan: 32, tilt: 8, magnification: 1.8 });
  });

  it('leaves the camera alone where Ctrl and the wheel enlarge the picture, and where a second click enlarges the tile', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    const before = await angles();
    await page.keyboard.press('KeyJ');
    await page.locator('[data-tile="0"] [data-steered-by="1"]').waitFor();
    const box = await page.locator('[data-tile="0"] video').boundingBox();
    if (!box) throw new Error('the picture is not there');
    const width = () => page.locator('[data-tile="0"] video').evaluate((video) => video.getBoundingClientRect().width);
    await page.mouse.dblclick(box.x + box.width * 0.25, box.y + box.height * 0.5);
    await until('the tile is enlarged', async () => (await width()) > box.width * 1.5);
    expect(await standing(wall)).toEqual(before);
    await page.mouse.dblclick(box.x + box.width * 0.5, box.y + box.height * 0.5);
    await until('it is small again', async () => (await width()) < box.width * 1.5);
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
    await until('the picture is enlarged', async () => (await width()) > box.width * 1.1);
    expect(await standing(wall)).toEqual(before);
  });

  it('is not pointed elsewhere by a click on what was, nor on the bars beside a picture', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    const before = await angles();
    const tile = page.locator('[data-tile="0"]');
    const picture = await tile.locator('video').boundingBox();
    const all = await tile.boundingBox();
    if (!picture || !all) throw new Error('the picture is not there');
    expect(all.y + all.height).toBeGreaterThan(picture.y + picture.height + 8);
    // Nor by the wheel of somebody who does not steer it.
    await page.mouse.move(picture.x + picture.width * 0.5, picture.y + picture.height * 0.5);
    await page.mouse.wheel(0, -300);
    await page.mouse.click(picture.x + picture.width * 0.75, all.y + all.height - 4);
    expect(await standing(wall)).toEqual(before);
    await page.keyboard.press('KeyR');
    await page.locator('[data-tile="0"][data-rewound]').waitFor();
    await page.mouse.click(picture.x + picture.width * 0.25, picture.y + picture.height * 0.5);
    expect(await standing(wall)).toEqual(before);
  });

  it('goes to a position that is typed, and shows in the same numbers where it looks', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    const before = await angles();
    const open = page.locator('[data-ptz="101"] [data-command="ptz.go-to-position"]');
    await open.click();
    const dialog = page.getByRole('dialog');
    const field = (name: string) => dialog.getByLabel(name);
    await dialog.getByText('Filled in with where it looks now.').waitFor();
    expect(await field('Pan').inputValue()).toBe('0');
    await field('Pan').fill('150');
    await dialog.getByText('A number from -100 to 100').waitFor();
    const go = dialog.getByRole('button', { name: 'Go there' });
    expect(await go.isDisabled()).toBe(true);
    await field('Pan').fill('50');
    await field('Tilt').fill('−25');
    await field('Zoom').fill('40');
    const shots = process.env['PTZ_SHOTS'];
    if (shots !== undefined) await page.screenshot({ path: `${shots}/position.png` });
    await go.click();
    await dialog.waitFor({ state: 'detached' });
    await turnedFrom(page, before);
    expect(await standing(wall)).toEqual({ pan: 20, tilt: -5, magnification: 1.8 });
    await open.click();
    await expect.poll(() => field('Pan').inputValue()).toBe('50');
    await expect.poll(() => field('Tilt').inputValue()).toBe('-25');
  });

  it('follows a pointer that is held on the picture, the stick of the panel that is pulled, and that of a gamepad', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    // From one end of its way, and zoomed in, so that it turns slowly: it has far to go to the other end, however slow this machine is.
    const middle = await angles();
    for (const key of ['KeyP', 'Digit3', 'Enter']) await page.keyboard.press(key);
    await turnedFrom(page, middle);
    const before = await standing(wall);
    const box = await page.locator('[data-tile="0"] video').boundingBox();
    if (!box) throw new Error('the picture is not there');
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.5);
    await page.mouse.down();
    const held = await turnedFrom(page, before);
    expect(held.pan).toBeLessThan(before.pan);
    await page.mouse.up();
    const released = await standing(wall);
    expect(released.pan).toBeGreaterThan(-40);

    const stick = await page.locator('[data-ptz="101"] [data-stick]').boundingBox();
    if (!stick) throw new Error('the stick is not there');
    await page.mouse.move(stick.x + stick.width * 0.5, stick.y + stick.height * 0.5);
    await page.mouse.down();
    await page.mouse.move(stick.x + stick.width * 0.15, stick.y + stick.height * 0.5);
    const pulled = await turnedFrom(page, released);
    expect(pulled.pan).toBeLessThan(released.pan);
    await page.mouse.up();
    const letGo = await standing(wall);
    expect(letGo.pan).toBeGreaterThan(-40);

    await plugPad(page);
    await page.evaluate('window.pad.axes[0] = -0.9');
    const driven = await turnedFrom(page, letGo);
    expect(driven.pan).toBeLessThan(letGo.pan);
    await page.evaluate('window.pad.axes[0] = 0.05');
    expect((await standing(wall)).pan).toBeGreaterThan(-40);
  });
});

/** A pretended gamepad: the browser has none that can be pressed from outside. */
async function plugPad(page: Page): Promise<void> {
  await page.evaluate(`
    window.pad = { connected: true, index: 0, id: 'pad', mapping: 'standard', timestamp: 0, axes: [0, 0, 0, 0], buttons: [] };
    navigator.getGamepads = () => [window.pad];
    window.dispatchEvent(new Event('gamepadconnected'));
  `);
}
