import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../../build/paths.ts';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const run = promisify(execFile);
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/**
 * No file dialog can be driven. This one chooses a file of the page's own disk, whose content is there under its name when it is closed and not before, as with any other; its
 * writing waits until it is let go.
 */
const choosePicker = `
  window.letGo = Promise.withResolvers();
  window.showSaveFilePicker = async ({ suggestedName }) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
    return { createWritable: async () => {
      const file = await handle.createWritable();
      return {
        write: async (piece) => { await file.write(piece); await window.letGo.promise; },
        close: () => file.close(),
        abort: () => file.abort(),
      };
    } };
  };`;

/** What is on the page's disk under that name, in base64. */
async function saved(page: Page, name: string): Promise<Buffer> {
  const text = await page.evaluate(
    `navigator.storage.getDirectory().then((all) => all.getFileHandle('${name}')).then((handle) => handle.getFile()).then((file) => new Promise((resolve) => { const reader = new FileReader(); reader.onload = () => resolve(reader.result); reader.readAsDataURL(file); }))`,
  );
  return Buffer.from(z.string().parse(text).split(',')[1] ?? '', 'base64');
}

it('a bundle leaves by a place that somebody chose: cancelled there is nothing, finished it is intact, and the custody log has a line for each; a clip is watched, and deleted only for a reason and unlocked', async () => {
  const cameras = await startFootageCameras([], 1);
  ends.push(cameras.close);
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const program = await startProgram(folder.path, ['--camera', cameras.url(0)]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  const { page } = wall;
  await wall.waitForTile(0, 'live');
  await wall.waitForPictures(0, 60);
  for (const key of ['KeyT', 'Digit1', 'Enter']) await page.keyboard.press(key);
  await page.locator('[data-tile="0"][data-selected]').waitFor();
  await page.keyboard.press('KeyF');
  await page.locator('[data-tile="0"] [data-incident="1"][data-evidence="securing"]').waitFor();
  await wall.waitForPictures(0, 60);
  await page.locator('[data-open-incident="1"]').click();
  await page.locator('[data-clip][data-life="growing"]').waitFor();
  await page.locator('[data-seal="1"]').click();
  const bundle = page.locator('[data-bundle]');
  await bundle.waitFor({ timeout: 60_000 });
  const name = (await bundle.getAttribute('data-bundle')) ?? '';

  await page.evaluate(choosePicker);
  await bundle.getByRole('button', { name: 'Export' }).click();
  await bundle.getByText(/^Exporting \d+ %$/).waitFor();
  await bundle.getByRole('button', { name: 'Cancel the export' }).click();
  await page.evaluate('window.letGo.resolve()');
  await page.getByText('The export was cancelled.').first().waitFor();
  expect((await saved(page, name)).length).toBe(0);
  // All of so small a bundle had left the program by then.
  await page.locator('[data-custody="exported"]').getByText('A copy was broken off').waitFor();

  await bundle.getByRole('button', { name: 'Export' }).click();
  await page.getByText('The bundle is exported, whole.').first().waitFor();
  const copy = join(folder.path, 'copy.zip');
  await writeFile(copy, await saved(page, name));
  const { stdout } = await run('node', ['build/verbs/verify.ts', copy], { cwd: root });
  expect(stdout).toContain('INTACT');

  await page.locator('[data-clip]').first().getByRole('button', { name: 'Watch' }).click();
  const width = () => page.evaluate(`document.querySelector('[data-player]')?.videoWidth`);
  await expect.poll(width, { timeout: 30_000 }).toBe(640);
  await page.keyboard.press('Escape');
  for (const what of ['viewed', 'exported']) await page.locator(`[data-custody="${what}"]`).first().waitFor();
  for (const line of ['A copy was asked for', 'A whole copy left'])
    await page.locator('[data-custody="exported"]').getByText(line).first().waitFor();

  const clip = page.locator('[data-clip]').first();
  const reason = page.getByLabel('Reason');
  const remove = async (evidence: Locator) => {
    await evidence.getByRole('button', { name: 'Delete …' }).click();
    expect(await page.getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(true);
    await reason.fill('asked for by the court');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
  };
  await page.getByRole('button', { name: 'Lock its evidence' }).click();
  await page.getByRole('button', { name: 'Unlock its evidence' }).waitFor();
  for (const kept of [clip, bundle]) await kept.getByRole('button', { name: 'Delete …' }).first().waitFor({ state: 'detached' });
  expect(await clip.getAttribute('data-life')).toBe('whole');
  if (process.env['SHOTS']) {
    mkdirSync(process.env['SHOTS'], { recursive: true });
    await page.screenshot({ path: join(process.env['SHOTS'], 'evidence.png') });
  }
  await page.getByRole('button', { name: 'Unlock its evidence' }).click();
  await page.getByRole('button', { name: 'Lock its evidence' }).waitFor();
  await remove(clip);
  await page.locator('[data-clip][data-life="deleted"]').getByText('asked for by the court').waitFor();
  await remove(bundle);
  await bundle.waitFor({ state: 'detached' });
  await page.locator('[data-custody="bundle-deleted"]').getByText('asked for by the court').waitFor();
}, 180_000);
