import { afterEach, describe, expect, it } from 'vitest';
import { openPtzDesk, standing, turnedFrom } from './ptz-desk.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe('a preset that is saved', () => {
  it('shows what was to be seen there wherever presets are chosen, and its picture goes with it', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    // Another place than those of the presets the camera has.
    const before = await angles();
    // Held until it is seen to move: a press of no time at all moves nothing.
    await page.keyboard.down('Shift');
    await page.keyboard.down('ArrowRight');
    await turnedFrom(page, before);
    await page.keyboard.up('ArrowRight');
    await page.keyboard.up('Shift');
    await standing(wall);
    const line = page.locator('[data-preset="4"]');
    await page.locator('[data-preset]').first().waitFor();
    await page.locator('[data-command="ptz.new-preset"]').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Bazar arch');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await line.waitFor();

    // A picture is asked for once its place is to be seen.
    await line.scrollIntoViewIfNeeded();
    const image = line.locator('[data-picture="there"] img');
    await image.waitFor();
    // As wide as it was made: it was read, and is a picture.
    const size = `(() => { const drawn = document.querySelector('[data-preset="4"] img'); return [drawn.naturalWidth, drawn.naturalHeight]; })()`;
    await expect.poll(() => page.evaluate(size)).toEqual([192, 108]);
    // The others were saved by nobody here: their numbers stand alone.
    expect(await page.locator('[data-preset="1"] [data-picture="none"]').textContent()).toBe('1');
    const shots = process.env['PTZ_SHOTS'];
    if (shots !== undefined) await page.screenshot({ path: `${shots}/presets.png` });

    for (const command of ['ptz.choose-duty', 'ptz.tour']) {
      await page.locator(`[data-command="${command}"]`).click();
      await dialog.locator('label', { hasText: 'Bazar arch' }).locator('[data-picture="there"]').waitFor();
      if (shots !== undefined) await page.screenshot({ path: `${shots}/${command}.png` });
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
    }

    await page.getByRole('button', { name: 'More for preset Bazar arch' }).click();
    await page.getByRole('menuitem', { name: 'Delete …' }).click();
    await dialog.locator('[data-picture="there"]').waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await line.waitFor({ state: 'detached' });
  });
});
