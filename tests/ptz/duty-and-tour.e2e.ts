import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { openWall, startProgram } from '../support/wall-driver.ts';
import { anglesOn, openPtzDesk, selectSteerable, standing, turnedFrom } from './ptz-desk.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe('a camera that has a place of its own', () => {
  it('is listed while it is off duty, and goes back at a press', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    await page.locator('[data-command="ptz.choose-duty"]').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('left').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    // Where it looks nobody knows: it was not sent there yet.
    const line = page.locator('[data-off-duty="demo-101"]');
    await line.getByText('Khyber Bazar').waitFor();
    const before = await angles();
    await line.getByRole('button').click();
    await turnedFrom(page, before);
    expect(await standing(wall)).toEqual({ pan: -32, tilt: 8, magnification: 1.8 });
    await line.waitFor({ state: 'detached' });
    await page.locator('[data-duty="on"]').waitFor();
    await page.keyboard.press('Shift+ArrowRight');
    await line.waitFor();
  });

  it('goes round its presets, is interrupted by steering, and goes on when nobody steers', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    const before = await angles();
    await page.locator('[data-preset]').first().waitFor();
    await page.locator('[data-command="ptz.tour"]').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Seconds at each').fill('3');
    await dialog.getByLabel('Name of this tour').fill('night');
    await dialog.getByRole('button', { name: 'Save the tour' }).click();
    await dialog.locator('[data-saved-tour="night"]').waitFor();
    const shots = process.env['PTZ_SHOTS'];
    if (shots !== undefined) await page.screenshot({ path: `${shots}/tour-dialog.png` });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    // Another time, what was saved is one press.
    await page.locator('[data-command="ptz.tour"]').click();
    await dialog.getByRole('button', { name: 'night', exact: true }).click();
    await expect.poll(() => dialog.getByLabel('Seconds at each').inputValue()).toBe('3');
    await dialog.getByRole('button', { name: 'Start' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('[data-tour="running"]').waitFor();
    const went = await turnedFrom(page, before);
    await page.keyboard.press('Shift+ArrowUp');
    await page.locator('[data-tour="interrupted"]').waitFor();
    const stood = await standing(wall);
    expect(stood.pan).not.toBe(before.pan);
    expect(went.pan).not.toBe(before.pan);
    await page.keyboard.press('Shift+KeyJ');
    await until('it goes on', async () => (await page.locator('[data-tour="running"]').count()) === 1, 90_000);
    await turnedFrom(page, stood);
    await page.locator('[data-command="ptz.tour-end"]').click();
    await page.locator('[data-tour="none"]').waitFor();
  });

  it('goes on with its round when the program was killed and is started again', async () => {
    const { program, page, folder, angles } = await openPtzDesk(ends);
    const before = await angles();
    await page.locator('[data-preset]').first().waitFor();
    await page.locator('[data-command="ptz.tour"]').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Seconds at each').fill('3');
    await dialog.getByRole('button', { name: 'Start' }).click();
    await page.locator('[data-tour="running"]').waitFor();
    await turnedFrom(page, before);
    await program.kill();
    const again = await startProgram(folder);
    ends.push(() => again.stop());
    const wall = await openWall(again.address());
    ends.push(wall.close);
    await selectSteerable(wall);
    await wall.page.locator('[data-tour="running"]').waitFor();
    await turnedFrom(wall.page, await anglesOn(wall.page));
  });
});
