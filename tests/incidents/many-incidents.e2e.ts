import { expect, it, onTestFinished } from 'vitest';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { fillWithIncidents, flagOf } from './many-incidents.ts';

const count = 100_000;
/** Those of gate 499, and those whose own number or camera has these digits. */
const of499 = Array.from({ length: count }, (_, place) => place + 1).filter((number) =>
  `${number} ${flagOf(number).camera} ${number % 500}`.includes('499'),
);

it('a list of a hundred thousand incidents holds only the lines that are seen, goes to the last, and finds one by its number, its note and its category', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => folder.remove());
  // None is open: of those pictures would be wanted.
  await fillWithIncidents(folder.path, count, Number.POSITIVE_INFINITY);
  const cameras = await startFootageCameras([], 1);
  onTestFinished(() => cameras.close());
  const program = await startProgram(folder.path, ['--camera', cameras.url(0)]);
  onTestFinished(async () => void (await program.stop()));
  const { page, waitForTile, close } = await openWall(program.address());
  onTestFinished(() => close());
  await waitForTile(0, 'live');
  await page.keyboard.press('KeyN');
  const total = (all: number) => page.locator(`[data-total="${all}"]`).waitFor({ timeout: 60_000 });
  const grid = page.getByRole('grid', { name: 'Incidents' });
  const line = (number: number) => grid.locator(`[data-open-incident="${number}"]`);
  await total(count);
  await line(count).waitFor();
  expect(await grid.getAttribute('aria-rowcount')).toBe(String(count));
  expect(await grid.getByRole('row').count()).toBeLessThan(100);

  await grid.focus();
  await page.keyboard.press('End');
  await line(1).waitFor();
  expect(await grid.getByRole('row').count()).toBeLessThan(100);
  await page.keyboard.press('Home');
  await line(count).waitFor();

  const search = page.getByRole('searchbox');
  // No camera and no gate has such a number.
  await search.fill(String(count - 1));
  await total(1);
  await line(count - 1).waitFor();
  await search.fill('seen at gate 499');
  await total(of499.length);
  await line(of499.at(-1) ?? 0).waitFor();
  await search.fill('');
  await page.getByLabel('Any category').selectOption('fire');
  await total(count / 4);
  await line(count - 2).waitFor();
}, 300_000);
