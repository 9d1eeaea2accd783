import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Page } from 'playwright';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** An operator at seat 1 and a supervisor at seat 2, before three cameras of which two stand at one site. */
export async function openSeats() {
  const cameras = await startFootageCameras([], 3);
  ends.push(cameras.close);
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const seats = [
    { number: 1, role: 'operator', priority: 50 },
    { number: 2, role: 'supervisor', priority: 60 },
  ];
  await writeFile(join(folder.path, 'settings.json'), JSON.stringify({ seats }));
  const lines = [
    'id,number,name,district,site,lat,lon,kind,main,sub',
    `khy-1,101,Khyber Bazar gate 1,Peshawar,Khyber Bazar,34.0100,71.5700,fixed,${cameras.url(0)},`,
    `khy-2,102,Khyber Bazar gate 2,Peshawar,Khyber Bazar,34.0105,71.5700,fixed,${cameras.url(1)},`,
    `far-1,103,Hayatabad,Peshawar,Hayatabad,33.9800,71.4300,fixed,${cameras.url(2)},`,
  ];
  const file = join(folder.path, 'cameras.csv');
  await writeFile(file, `${lines.join('\n')}\n`);
  const program = await startProgram(folder.path, ['--cameras', file]);
  ends.push(() => program.stop());
  const operator = await openWall(program.address(1));
  ends.push(operator.close);
  const supervisor = await openWall(program.address(2));
  ends.push(supervisor.close);
  await operator.waitForTile(0, 'live');
  return { folder: folder.path, operator: operator.page, supervisor: supervisor.page };
}

/** Selects a tile by its number and flags it. */
export async function flag(page: Page, tile: number, incident: number): Promise<void> {
  for (const key of ['KeyT', `Digit${tile}`, 'Enter']) await page.keyboard.press(key);
  await page.locator(`[data-tile="${tile - 1}"][data-selected]`).waitFor();
  await page.keyboard.press('KeyF');
  await page.locator(`[data-tile="${tile - 1}"] [data-incident="${incident}"]`).waitFor();
}

export const openPage = async (page: Page, number: number): Promise<void> => {
  await page.locator(`[data-open-incident="${number}"]`).first().click();
  await page.locator(`[data-incident-page="${number}"]`).waitFor();
};
/** On the incident's page, not on the cross above it. */
export const press = (page: Page, name: string) =>
  page.locator('[data-incident-page]').getByRole('button', { name, exact: true }).first().click();
