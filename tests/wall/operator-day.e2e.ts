import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function open(folder: string) {
  const program = await startProgram(folder);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  await wall.waitForTiles(16, 'live');
  return { program, wall };
}

const tile = (page: Page, number: number, camera: string) => page.locator(`[data-tile="${number - 1}"][data-camera="${camera}"]`);

async function type(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

describe("an operator's day", () => {
  it('fills a tile by its numbers, saves and calls a scene, and finds the wall again after main was killed', async () => {
    const folder = await temporaryFolder();
    ends.push(folder.remove);
    const { program, wall } = await open(folder.path);
    const { page } = wall;
    await type(page, 'KeyT', 'Digit2', 'Enter');
    await page.locator('[data-tile="1"][data-selected]').waitFor();
    await type(page, 'Digit1', 'Numpad1', 'Digit6', 'Enter');
    await tile(page, 2, 'demo-116').waitFor();
    await wall.waitForTile(1, 'live');

    await type(page, 'Control+KeyS');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Morning');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Morning').first().waitFor();

    await type(page, 'Digit1', 'Digit0', 'Digit1', 'Enter');
    await tile(page, 2, 'demo-101').waitFor();
    await type(page, 'KeyS', 'Digit1', 'Enter');
    await tile(page, 2, 'demo-116').waitFor();
    await type(page, 'Control+KeyZ');
    await tile(page, 2, 'demo-101').waitFor();
    await type(page, 'Control+Shift+KeyZ');
    await tile(page, 2, 'demo-116').waitFor();

    await type(page, 'Control+KeyB');
    await page.locator('[data-shell][data-start="false"]').waitFor();
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitemradio', { name: 'اردو' }).click();
    await page.locator('html[dir="rtl"]').waitFor();

    await program.kill();
    await wall.close();
    const again = await open(folder.path);
    expect(await tile(again.wall.page, 2, 'demo-116').count()).toBe(1);
    await again.wall.page.getByText('Morning').first().waitFor();
    expect(await again.wall.page.locator('html[dir="rtl"][lang="ur"]').count()).toBe(1);
    expect(await again.wall.page.locator('[data-shell][data-start="false"]').count()).toBe(1);
  });

  it('finds a camera in the directory although it is mistyped, and puts it where it is dropped', async () => {
    const folder = await temporaryFolder();
    ends.push(folder.remove);
    const { wall } = await open(folder.path);
    const { page } = wall;
    await type(page, 'Slash');
    await page.keyboard.type('karkhno');
    const line = page.locator('[data-camera-line="113"]');
    await line.waitFor();
    await line.dragTo(page.locator('[data-tile="0"]'));
    await tile(page, 1, 'demo-113').waitFor();
    await wall.waitForTile(0, 'live');
  });
});
