import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { openPtzDesk, standing, turnedFrom } from './ptz-desk.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe('a camera that runs tours by itself', () => {
  it('has them listed, is started on one, paused by steering, goes on when nobody steers, and is ended', async () => {
    const { wall, page, angles } = await openPtzDesk(ends);
    const shots = process.env['PTZ_SHOTS'];
    const shoot = async (name: string): Promise<void> => {
      if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
    };
    const tour = page.locator('[data-camera-tour="tour-1"]');
    await tour.getByText('Bazar round').waitFor();
    // One without a name has its number.
    await page.locator('[data-camera-tour="tour-2"]').getByText('Tour 2').waitFor();
    await shoot('camera-tours');
    const before = await angles();
    await page.getByRole('button', { name: 'Start the tour Bazar round' }).click();
    await page.locator('[data-camera-tour="tour-1"][data-state="running"]').waitFor();
    await turnedFrom(page, before);
    await shoot('camera-tour-running');

    await page.keyboard.press('Shift+ArrowDown');
    await page.locator('[data-camera-tour="tour-1"][data-state="interrupted"]').waitFor();
    const stood = await standing(wall);
    await shoot('camera-tour-interrupted');
    await page.keyboard.press('Shift+KeyJ');
    await until(
      'it goes on',
      async () => (await page.locator('[data-camera-tour="tour-1"][data-state="running"]').count()) === 1,
      90_000,
    );
    await turnedFrom(page, stood);

    await page.getByRole('button', { name: 'End the tour Bazar round' }).click();
    await page.locator('[data-camera-tour="tour-1"][data-state="idle"]').waitFor();
    await standing(wall);
  });

  it('is told apart from one that has none, where nothing of it is offered', async () => {
    const { page } = await openPtzDesk(ends);
    await page.locator('[data-camera-tour]').first().waitFor();
    for (const key of ['KeyT', 'Digit3', 'Enter']) await page.keyboard.press(key);
    await page.locator('[data-ptz="103"] [data-stick]').waitFor();
    await page.locator('[data-ptz="103"] [data-preset]').first().waitFor();
    expect(await page.locator('[data-camera-tour]').count()).toBe(0);
  });

  it('goes round presets with a pace of their own where we run the tour', async () => {
    const { page } = await openPtzDesk(ends);
    await page.locator('[data-preset]').first().waitFor();
    await page.locator('[data-command="ptz.tour"]').click();
    const dialog = page.getByRole('dialog');
    const begin = dialog.getByRole('button', { name: 'Start' });
    await dialog.getByLabel('Seconds at left').fill('2');
    await expect.poll(() => begin.isDisabled()).toBe(true);
    await dialog.getByLabel('Seconds at left').fill('5');
    await dialog.getByLabel('Per cent of speed to right').fill('40');
    const shots = process.env['PTZ_SHOTS'];
    if (shots !== undefined) await page.screenshot({ path: `${shots}/tour-paces.png` });
    await begin.click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('[data-tour="running"]').waitFor();
  });
});
