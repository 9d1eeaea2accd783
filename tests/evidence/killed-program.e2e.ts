import { watch } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, it, onTestFinished } from 'vitest';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { openBundleFile } from '../../main/stores/files/bundle-files.ts';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { type ProgramOnDisplays, startOnDisplays } from '../support/program-on-displays.ts';
import { sampledCount, sampledLimitMs } from '../support/sampled.ts';
import { until } from '../support/until.ts';
import { temporaryFolder } from '../support/wall-driver.ts';
import { startXorgDummy } from '../support/xorg-dummy.ts';
import { acknowledgedPieces, flagged } from './acknowledged.ts';
import { readBundle } from './open-desk.ts';

const patience = { timeout: 90_000 };
/** Attaches a file that is so large that sealing and exporting it can be met in the middle. */
const attachDocument = `(() => {
  const chosen = new DataTransfer();
  chosen.items.add(new File(['The bus stopped here.\\n'.repeat(1_000_000)], 'statement.txt', { type: 'text/plain' }));
  const input = document.querySelector('input[type="file"]');
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
})()`;

/** Resolves at the first change in a folder that `wanted` speaks of, after `then` was done in the same instant. */
function atChange(folder: string, wanted: (name: string) => boolean, then: () => void): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (_event, name) => {
      if (name === null || !wanted(name)) return;
      watcher.close();
      then();
      resolve();
    });
  });
}

/** The window with the desk and the wall, once both of its cameras are live; what is selected is the tile, from 1. */
async function deskOf(program: ProgramOnDisplays): Promise<Page> {
  const page = await until('the desk is there', async () => {
    for (const each of program.pages())
      if (
        (await each
          .locator('[data-tile="1"]')
          .count()
          .catch(() => 0)) > 0
      )
        return each;
    return null;
  });
  for (const tile of [0, 1]) await page.locator(`[data-tile="${tile}"][data-state="live"]`).waitFor(patience);
  return page;
}
async function select(page: Page, tile: number): Promise<void> {
  for (const key of ['KeyT', `Digit${tile}`, 'Enter']) await page.keyboard.press(key);
  await page.locator(`[data-tile="${tile - 1}"][data-selected]`).waitFor();
}

async function expectWhole(bundles: string): Promise<number> {
  const names = await readdir(bundles);
  expect(names.filter((name) => !/^incident-\d+-\w+\.zip$/.test(name))).toEqual([]);
  for (const name of names) {
    const source = await openBundleFile(join(bundles, name));
    expect((await verifyBundle(source)).verdict, name).toBe('INTACT');
    await source.close();
  }
  return names.length;
}

it(
  'of a program that is killed with its windows open, while it flags, seals and exports, nothing that was acknowledged is lost, and no half bundle is taken for whole',
  async () => {
    const cameras = await startFootageCameras([], 2);
    onTestFinished(() => cameras.close());
    const xorg = await startXorgDummy({ count: 1, width: 1920, height: 1080 });
    onTestFinished(() => xorg.close());
    const { path: data, remove } = await temporaryFolder();
    onTestFinished(remove);
    const bundles = join(data, 'bundles');
    await mkdir(bundles, { mode: 0o700 });
    let running: ProgramOnDisplays | null = null;
    const stop = async () => void (await running?.stop());
    onTestFinished(stop);
    const start = async () => {
      await stop();
      running = await startOnDisplays(data, xorg.env, ['--camera', cameras.url(0), '--camera', cameras.url(1)]);
      return running;
    };
    const told: number[] = [];

    for (let round = 0; round < sampledCount(2, 10); round += 1) {
      let program = await start();
      let page = await deskOf(program);
      const first = acknowledgedPieces(page);
      const mark = (tile: number, of: string) => page.locator(`[data-tile="${tile}"] [data-incident="${of}"]`);
      await select(page, 1);
      await page.keyboard.press('KeyF');
      const known = new Set(told.map(String));
      const number = await until('the flag is acknowledged', async () => {
        const all = await page
          .locator('[data-tile="0"] [data-incident]')
          .evaluateAll((marks) => marks.map((each) => each.getAttribute('data-incident')));
        return all.find((each) => each !== null && !known.has(each));
      });
      told.push(Number(number));
      await page.locator(`[data-tile="0"] [data-incident="${number}"][data-evidence="securing"]`).waitFor(patience);
      await page.locator(`[data-open-incident="${number}"]`).click();
      await page.locator('input[type="file"]').waitFor({ state: 'attached' });
      await page.evaluate(attachDocument);
      await page.locator('[data-file]').filter({ hasText: 'statement.txt' }).waitFor(patience);
      await page.keyboard.press('Escape');

      // Mid-flag: at one of the next changes of the database's log, whatever is being written.
      await select(page, 2);
      let changes = 1 + ((round * 3) % 7);
      const died = atChange(
        data,
        (name) => name === 'deedban.sqlite-wal' && --changes === 0,
        () => process.kill(program.pid, 'SIGKILL'),
      );
      await page.keyboard.press('KeyF').catch(() => {});
      await died;
      const before = new Set(
        [...first].flatMap((piece) => (piece.startsWith(`${number} `) ? [piece.slice(number.length + 1)] : [])),
      );
      program = await start();
      page = await deskOf(program);
      const numbers = flagged(data);
      expect(numbers).toEqual(expect.arrayContaining(told));
      expect(new Set(numbers).size).toBe(numbers.length);
      await mark(0, `${number}`).and(page.locator('[data-evidence="securing"]')).waitFor(patience);

      // Mid-seal: when there is something of the bundle, and not all.
      await page.locator(`[data-open-incident="${number}"]`).click();
      const sealing = atChange(
        bundles,
        (name) => name.endsWith('.unfinished'),
        () => process.kill(program.pid, 'SIGKILL'),
      );
      await page.locator(`[data-seal="${number}"]`).click();
      await sealing;
      await program.kill();
      expect((await readdir(bundles)).filter((name) => name.endsWith('.unfinished')).length).toBe(1);
      program = await start();
      page = await deskOf(program);
      const sealed = await expectWhole(bundles);

      // What was not sealed then is sealed now, with everything that was acknowledged and with the gap.
      await page.locator(`[data-open-incident="${number}"]`).click();
      await page.locator(`[data-seal="${number}"]`).click();
      const line = page.locator('[data-bundle]');
      await line.waitFor(patience);
      const file = (await line.getAttribute('data-bundle')) ?? '';
      expect(await expectWhole(bundles)).toBe(sealed + 1);
      const { custody } = await readBundle(join(bundles, file));
      const pieces = custody.clips.flatMap(({ id, fragments }) => fragments.map(({ index }) => `${id} ${index}`));
      expect(pieces).toEqual(expect.arrayContaining([...before]));
      expect(before.size).toBeGreaterThan(0);
      expect(custody.clips.map(({ life }) => life)).toMatchObject([
        { state: 'whole', how: 'main-ended' },
        { state: 'whole', how: 'ended' },
      ]);
      const [secured] = custody.secured;
      const [cut, next] = custody.clips;
      const between = {
        fromUtcMs: (cut?.firstPictureUtcMs ?? 0) + (cut?.fragments.at(-1)?.endMs ?? 0),
        toUtcMs: next?.firstPictureUtcMs,
      };
      expect(secured?.missing).toContainEqual({ fromUtcMs: expect.closeTo(between.fromUtcMs, 0), toUtcMs: between.toUtcMs });

      // Mid-export: the copy stops after its first piece, and there main dies.
      await page.evaluate(
        `window.showSaveFilePicker = async () => ({ createWritable: async () => ({ write: () => new Promise(() => {}), close() {}, abort() {} }) })`,
      );
      await line.getByRole('button', { name: 'Export' }).click();
      await line.getByText(/^Exporting \d+ %$/).waitFor();
      await page.locator('[data-custody="exported"]').first().waitFor();
      await program.kill();
      program = await start();
      page = await deskOf(program);
      await page.locator(`[data-open-incident="${number}"]`).click();
      await page.locator('[data-custody="exported"]').first().waitFor();
      expect(await page.locator('[data-custody="exported"]').allInnerTexts()).toEqual([
        expect.stringContaining('A copy was asked for'),
      ]);
      expect(await expectWhole(bundles)).toBe(sealed + 1);
    }
  },
  Math.max(sampledLimitMs, 400_000),
);
