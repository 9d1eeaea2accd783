import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder, type WallDriver } from '../support/wall-driver.ts';

/** One program, its wall, and two operators of two seats, each in a browser of their own. */
let first: WallDriver;
let second: WallDriver;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const seats = [1, 2].map((number) => ({ number, role: 'supervisor', priority: 50 }));
  await writeFile(join(folder.path, 'settings.json'), JSON.stringify({ seats }));
  const program = await startProgram(folder.path, ['--tiles', '1']);
  ends.push(() => program.stop());
  await until('both seats have an address', () => program.address(1) !== '' && program.address(2) !== '');
  [first, second] = await Promise.all([openWall(program.address(1)), openWall(program.address(2))]);
  ends.push(first.close, second.close);
  await Promise.all([first, second].map(({ page }) => page.locator('[data-tile="0"][data-camera="demo-101"]').waitFor()));
});
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const dialog = (page: Page) => page.getByRole('dialog');
const tile = (page: Page, number: number, camera: string) => page.locator(`[data-tile="${number - 1}"][data-camera="${camera}"]`);
const said = (page: Page, words: string) => page.getByText(words).first().waitFor();
async function type(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
async function edit(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Scene 1:/ }).click();
  await page.getByRole('menuitem', { name: /^Edit/ }).click();
  await dialog(page).getByLabel('Name').fill(name);
}
const store = (page: Page) => dialog(page).getByRole('button', { name: 'Save changes' }).click();
const closed = (page: Page) => dialog(page).waitFor({ state: 'detached' });

describe('two seats at one wall', () => {
  it('edit one scene: the second is shown what the first changed, and nothing is lost before it chose', async () => {
    await type(first.page, 'Control+KeyS');
    await dialog(first.page).getByLabel('Name').fill('Morning');
    await dialog(first.page).getByRole('button', { name: 'Save', exact: true }).click();
    await closed(first.page);
    await second.page.locator('[data-scene="1"]').waitFor();

    await edit(first.page, 'Dawn');
    await edit(second.page, 'Sunrise');
    await store(first.page);
    await closed(first.page);
    await store(second.page);
    await dialog(second.page).getByText('Seat 1 saved this scene').waitFor();
    const row = dialog(second.page).locator('tbody tr');
    expect(await row.evaluateAll((all) => all.map((each) => [...each.children].map((cell) => cell.textContent)))).toEqual([
      ['Name', 'Sunrise', 'Dawn', 'both of you'],
    ]);
    await dialog(second.page).getByRole('button', { name: 'Save mine as a copy' }).click();
    await closed(second.page);
    for (const { page } of [first, second]) {
      await page.locator('[data-scene="1"]').getByText('Dawn').waitFor();
      await page.locator('[data-scene="2"]').getByText('Sunrise').waitFor();
    }
  });

  it('edit one scene, and the second one may overwrite the first knowing what it does', async () => {
    await edit(first.page, 'Noon');
    await edit(second.page, 'Midday');
    await store(second.page);
    await closed(second.page);
    await store(first.page);
    await dialog(first.page).getByText('Seat 2 saved this scene').waitFor();
    await dialog(first.page).getByRole('button', { name: 'Overwrite theirs with mine' }).click();
    await closed(first.page);
    await second.page.locator('[data-scene="1"]').getByText('Noon').waitFor();
  });

  it('change one tile: the first cannot undo what the second did, and is told so in words', async () => {
    const [{ page: one }, { page: other }] = [first, second];
    await type(one, 'KeyT', 'Digit1', 'Enter');
    await tile(one, 1, 'demo-101').and(one.locator('[data-selected]')).waitFor();
    await type(one, 'Digit1', 'Digit1', 'Digit0', 'Enter');
    await tile(other, 1, 'demo-110').waitFor();
    await type(other, 'KeyT', 'Digit1', 'Enter');
    await tile(other, 1, 'demo-110').and(other.locator('[data-selected]')).waitFor();
    await type(other, 'Digit1', 'Digit1', 'Digit2', 'Enter');
    await tile(one, 1, 'demo-112').waitFor();
    await type(one, 'Control+KeyZ');
    await said(one, 'Seat 2 has changed this meanwhile. It stays as it is.');
    expect(await tile(one, 1, 'demo-112').count()).toBe(1);
    // What is its own, the second undoes; then nobody stands in the first one's way.
    await type(other, 'Control+KeyZ');
    await tile(one, 1, 'demo-110').waitFor();
    await type(one, 'Control+KeyZ');
    await tile(other, 1, 'demo-101').waitFor();
  });
});
