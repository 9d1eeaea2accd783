import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { anglesOn, openPtzDesk, selectSteerable, standing, turnedFrom } from './ptz-desk.ts';
import { type Angles, readAnglesAt } from './read-angles.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe('a lens that is known, on the glass', () => {
  it('passes by at the same rate at the widest and thirty times nearer, as told by the camera', async () => {
    const { wall, page } = await openPtzDesk(ends);
    await selectSteerable(wall, 2);
    await page.locator('[data-ptz="103"] [data-lens="told"]').waitFor();
    expect(await page.locator('[data-ptz="103"] [data-lens]').textContent()).toContain('30×');
    await page.keyboard.down('Shift');
    const wide = await ratePerS(page, 2, 12);
    await page.keyboard.up('Shift');
    expect((await standing(wall, 2)).magnification).toBe(1);
    await page.keyboard.down('Equal');
    await until('the lens is at its nearest', async () => (await anglesOn(page, 2)).magnification === 30);
    await page.keyboard.up('Equal');
    await page.keyboard.down('Shift');
    const near = await ratePerS(page, 2, 0.8);
    await page.keyboard.up('Shift');
    await standing(wall, 2);
    // Reckoned with ten it would be three times as fast.
    expect((near * 30) / wide).toBeGreaterThan(0.6);
    expect((near * 30) / wide).toBeLessThan(1.6);
  });

  it('is filled with the box that was drawn, as said by a technician', async () => {
    const seats = (['technician', 'operator'] as const).map((role, at) => ({ number: at + 1, role, priority: 50 }));
    const { wall, page } = await openPtzDesk(ends, { seats }, 6);
    await selectSteerable(wall, 4);
    const line = page.locator('[data-ptz="105"] [data-lens]');
    await page.locator('[data-ptz="105"] [data-lens="assumed"]').waitFor();
    expect(await line.textContent()).toContain('10×');
    await line.locator('[data-command="ptz.choose-lens"]').click();
    const dialog = page.getByRole('dialog');
    const save = dialog.getByRole('button', { name: 'Save' });
    await dialog.getByLabel('Optical magnification').fill('200');
    await dialog.getByText('A number from 1 to 60').waitFor();
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByLabel('Optical magnification').fill('20x');
    await dialog.getByLabel('Horizontal angle').fill('60');
    const shots = process.env['PTZ_SHOTS'];
    if (shots !== undefined) await page.screenshot({ path: `${shots}/lens-dialog.png` });
    await save.click();
    await page.locator('[data-ptz="105"] [data-lens="set"]').waitFor();
    if (shots !== undefined) await page.screenshot({ path: `${shots}/lens-line.png` });

    const first = await anglesOn(page, 4);
    await drawBox(page, 4, [0.5, 0.3], [0.75, 0.55]);
    await turnedFrom(page, first, 4);
    const boxed = await standing(wall, 4);
    // Half of the widest picture is 60 degrees wide and 30 high.
    expectAt(boxed, { pan: 15, tilt: 4.5, magnification: 4 });
    await drawBox(page, 4, [0.25, 0.25], [0.75, 0.75]);
    await turnedFrom(page, boxed, 4);
    expectAt(await standing(wall, 4), { pan: 15, tilt: 4.5, magnification: 8 });
  });
});

/** Holds the arrow while the picture turns by `degrees`; degrees a second by its burnt-in angles and the pictures' own time. */
async function ratePerS(page: Page, tile: number, degrees: number): Promise<number> {
  const before = await anglesOn(page, tile);
  await page.keyboard.down('ArrowRight');
  const turnedTo = (pan: number) =>
    until('it turned so far', async () => {
      const now = await readAnglesAt(page, tile);
      return now !== null && now.angles.pan > pan ? now : null;
    });
  const begun = await turnedTo(before.pan);
  const there = await turnedTo(begun.angles.pan + degrees);
  await page.keyboard.up('ArrowRight');
  return (there.angles.pan - begun.angles.pan) / (there.seconds - begun.seconds);
}

async function drawBox(page: Page, tile: number, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const box = await page.locator(`[data-tile="${tile}"] video`).boundingBox();
  if (!box) throw new Error('the picture is not there');
  const at = ([x, y]: readonly [number, number]) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]), { steps: 3 });
  await page.mouse.move(...at(to), { steps: 3 });
  await page.mouse.up();
}

/** As near as whole pixels of the box can be. */
function expectAt(angles: Angles, { pan, tilt, magnification }: Angles): void {
  expect(Math.abs(angles.pan - pan)).toBeLessThan(1);
  expect(Math.abs(angles.tilt - tilt)).toBeLessThan(1);
  expect(Math.abs(angles.magnification / magnification - 1)).toBeLessThan(0.08);
}
