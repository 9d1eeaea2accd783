import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../../build/paths.ts';
import { flag, openPage, openSeats } from '../incidents/open-seats.ts';

const run = promisify(execFile);
const patience = { timeout: 60_000 };

/** From here on what the button says is noted, however short. */
const noteButton = `window.said = new Set();
  new MutationObserver(() => {
    for (const button of document.querySelectorAll('[data-countersign]')) window.said.add(button.innerText + (button.disabled ? ' (rests)' : ''));
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });`;

/** No file dialog can be driven: this one chooses a file of the page's own disk. Resolves with what is in it. */
async function seatKey(page: Page): Promise<string> {
  await page.evaluate(
    `window.showSaveFilePicker = async ({ suggestedName }) => (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true })`,
  );
  await page.keyboard.press('Control+KeyK');
  await page.getByRole('combobox').fill('public key of this seat');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('The public key is saved').first().waitFor();
  const read = `navigator.storage.getDirectory().then((all) => all.getFileHandle('deedban-seat-public-key.pem')).then((file) => file.getFile()).then((file) => file.text())`;
  return z.string().parse(await page.evaluate(read));
}

it('a bundle is signed a second time by a supervisor at another seat, once; not by who sealed it, and not where somebody changed it', async () => {
  const { folder, operator, supervisor } = await openSeats();
  await flag(operator, 1, 1);
  for (const page of [operator, supervisor]) await openPage(page, 1);
  const bundles = (page: Page) => page.locator('[data-bundle]');
  const button = (page: Page) => page.locator('[data-countersign]');
  const sealed = async (by: Page, count: number) => {
    await by.locator('[data-seal="1"]').click();
    for (const page of [operator, supervisor]) await expect.poll(() => bundles(page).count(), patience).toBe(count);
  };

  // Who sealed it is one pair of eyes, whatever its role.
  await sealed(supervisor, 1);
  expect(await button(supervisor).count()).toBe(0);
  await sealed(operator, 2);
  expect(await button(operator).count()).toBe(0);
  await supervisor.evaluate(noteButton);
  const file = (await button(supervisor).getAttribute('data-countersign')) ?? '';
  await button(supervisor).click();
  await supervisor.getByText(`Signed a second time: ${file}`).first().waitFor();
  await button(supervisor).waitFor({ state: 'detached' });
  const said = z.array(z.string()).parse(await supervisor.evaluate('[...window.said]'));
  expect(said).toContain('Signing … (rests)');
  for (const page of [operator, supervisor]) {
    await page.locator(`[data-bundle="${file}"]`).getByText('Signed a second time by Op. 2').waitFor();
    await page.locator('[data-custody="countersigned"]').waitFor();
  }

  await supervisor.keyboard.press('Escape');
  const key = join(folder, 'seat-2.pem');
  await writeFile(key, await seatKey(supervisor));
  const path = join(folder, 'bundles', file);
  const { stdout } = await run('node', ['build/verbs/verify.ts', path, '--second-key', key], { cwd: root });
  expect(stdout).toContain('INTACT');
  expect(stdout).toMatch(/Signed a second time: KNOWN/);

  // One that somebody changed on the disk gets none, and stays what it is.
  await openPage(supervisor, 1);
  await sealed(operator, 3);
  const known = new Set([file, await bundles(supervisor).last().getAttribute('data-bundle')]);
  const other = (await readdir(join(folder, 'bundles'))).find((name) => !known.has(name)) ?? '';
  const content = await readFile(join(folder, 'bundles', other));
  const at = Math.floor(content.length / 2);
  content.writeUInt8(content.readUInt8(at) ^ 1, at);
  await writeFile(join(folder, 'bundles', other), content);
  await button(supervisor).click();
  await supervisor.getByText('Not signed: the bundle was changed on the disk').first().waitFor();
  await expect.poll(() => button(supervisor).isEnabled()).toBe(true);
  expect(await readFile(join(folder, 'bundles', other))).toEqual(content);
}, 240_000);
