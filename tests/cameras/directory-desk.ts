import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { z } from 'zod';
import { outDir } from '../../build/paths.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { until } from '../support/until.ts';

/** A supervisor at the directory of a real program, in a real browser. */
export interface DirectoryDesk {
  readonly page: Page;
  dialog(): Locator;
  /** Numbers of the cameras that are listed, waited for until they are these. */
  awaitListed(numbers: readonly number[]): Promise<void>;
  search(words: string): Promise<void>;
  /** Chooses in one of the filters; null is any. */
  filter(label: string, choice: string | null): Promise<void>;
  menu(item: string | RegExp): Promise<void>;
  /** Opens the import dialog and gives it this file. */
  chooseFile(name: string, text: string): Promise<void>;
  /** What the preview counts, by its words. */
  counts(): Promise<Record<string, number>>;
  press(name: string): Promise<void>;
  /** Keeps a picture for eyes. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

const pictures = join(outDir, 'screens');

/** Starts the program on an empty data folder, and opens its desk. */
export async function openDirectoryDesk(): Promise<DirectoryDesk> {
  mkdirSync(pictures, { recursive: true });
  const folder = await temporaryFolder();
  const program = await startProgram(folder.path, ['--tiles', '1']);
  const wall = await openWall(program.address());
  const { page } = wall;
  const dialog = () => page.getByRole('dialog');
  const field = () => page.locator('input[type="search"]').first();
  const desk: DirectoryDesk = {
    page,
    dialog,
    async awaitListed(numbers) {
      const listed = async () =>
        page.locator('[data-camera-line]').evaluateAll((lines) => lines.map((line) => line.getAttribute('data-camera-line')));
      let last = '';
      await until(`the cameras ${numbers.join(', ')} are listed`, async () => {
        last = (await listed()).join();
        return last === numbers.join();
      }).catch((error: unknown) => {
        throw new Error(`${error instanceof Error ? error.message : ''}; listed are ${last}`);
      });
    },
    search: (words) => field().fill(words),
    async filter(label, choice) {
      const select = page.getByRole('combobox', { name: label, exact: true });
      if (!(await select.isVisible())) await page.getByRole('button', { name: /^Filters/ }).click();
      await select.selectOption(choice === null ? '' : { label: choice });
    },
    async menu(item) {
      await page.getByRole('button', { name: 'Directory: import, export, groups' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    },
    async chooseFile(name, text) {
      await desk.menu('Import cameras …');
      await dialog()
        .locator('input[type="file"]')
        .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
      await dialog().locator('dl').waitFor();
    },
    async counts() {
      const read = await dialog()
        .locator('dl > div')
        .evaluateAll((all) =>
          all.map((each) => [each.querySelector('dt')?.textContent, Number(each.querySelector('dd')?.textContent)]),
        );
      return Object.fromEntries(z.array(z.tuple([z.string(), z.number()])).parse(read));
    },
    press: (name) => dialog().getByRole('button', { name, exact: true }).click(),
    picture: async (name) => void (await page.screenshot({ path: join(pictures, `directory-${name}.png`) })),
    async close() {
      await wall.close();
      await program.stop();
      await folder.remove();
    },
  };
  return desk;
}
