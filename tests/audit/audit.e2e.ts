import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { journalRows } from '../support/journal-rows.ts';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

/** Long, so that only what never comes fails. */
const patience = { timeout: 60_000 };
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const viewingSchema = z.object({
  what: z.enum(['opened', 'moved', 'closed']),
  camera: z.string(),
  tiles: z.array(z.object({ tile: z.int() })),
  sinceUtcMs: z.number().nullable(),
});

/** What the log says of viewings that were in a tile. */
const viewings = (folder: string) =>
  journalRows(folder, 'stream.viewing', viewingSchema)
    .filter(({ tiles }) => tiles.length > 0)
    .map(({ what, camera, tiles, sinceUtcMs }) => ({
      what,
      camera,
      tiles: tiles.map(({ tile }) => tile),
      ended: sinceUtcMs !== null,
    }));

it('what was on the glass is what the log says: opened, switched, and the window killed; a supervisor reads, finds and takes it away', async () => {
  const cameras = await startFootageCameras([], 2);
  ends.push(cameras.close);
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const program = await startProgram(folder.path, ['--camera', cameras.url(0), '--camera', cameras.url(1)]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  await wall.waitForTile(0, 'live');
  await wall.waitForTile(1, 'live');
  const first = await wall.page.locator('[data-tile="0"]').getAttribute('data-camera');
  const second = await wall.page.locator('[data-tile="1"]').getAttribute('data-camera');
  await expect
    .poll(() => viewings(folder.path), patience)
    .toEqual(
      expect.arrayContaining([
        { what: 'opened', camera: first, tiles: [0], ended: false },
        { what: 'opened', camera: second, tiles: [1], ended: false },
      ]),
    );

  // The second camera comes into the first tile, too.
  const { page } = wall;
  for (const key of ['KeyT', 'Digit1', 'Enter', 'Digit2', 'Enter']) await page.keyboard.press(key);
  await page.locator(`[data-tile="0"][data-camera="${second}"][data-state="live"]`).waitFor();
  await expect
    .poll(() => viewings(folder.path), patience)
    .toContainEqual({ what: 'closed', camera: first, tiles: [0], ended: true });

  await page.keyboard.press('Shift+KeyA');
  const closed = page.locator('[data-row][data-word="viewing-closed"]');
  await closed.first().waitFor();
  // Its number, once the names of cameras are told here.
  await expect
    .poll(() => closed.first().innerText(), patience)
    .toMatch(/had camera 1 .* tile 1 of display .* from (\d+ \w+ \d{4} )?\d\d:\d\d:\d\d to \d\d:\d\d:\d\d/s);
  if (process.env['SHOTS']) {
    mkdirSync(process.env['SHOTS'], { recursive: true });
    await page.screenshot({ path: join(process.env['SHOTS'], 'audit.png') });
  }
  await page.locator('[data-audit="camera"]').fill('1');
  await page.locator('[data-audit="act"]').selectOption('viewing');
  await expect.poll(() => page.locator('[data-row]:not([data-act="viewing"])').count(), patience).toBe(0);
  await closed.first().waitFor();
  await closed.first().locator('button').click();
  await page.locator('[data-proved]').waitFor();

  // No file dialog can be driven: this one chooses a file of the page's own disk.
  await page.evaluate(
    `window.showSaveFilePicker = async ({ suggestedName }) => (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true })`,
  );
  const saved = async (name: string) =>
    z
      .string()
      .parse(
        await page.evaluate(
          `navigator.storage.getDirectory().then((all) => all.getFileHandle('${name}')).then((file) => file.getFile()).then((file) => file.text())`,
        ),
      );
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  await page.getByText('The rows are exported, whole.').first().waitFor();
  const lines = (await saved('deedban-audit.csv')).trim().split('\r\n');
  expect(lines.length).toBeGreaterThan(2);
  expect(lines[0]).toContain('row,time_utc,kind,act,seat');
  expect(lines.slice(1).every((line) => line.includes('"stream.viewing",viewing,1,false'))).toBe(true);
  await page.locator('[data-audit="camera"]').fill('');
  await page.locator('[data-audit="act"]').selectOption('audit');
  await page.locator('[data-word="audit-exported-whole"]').waitFor();
  await page.getByRole('button', { name: 'Export as JSON' }).click();
  await expect
    .poll(
      async () =>
        z.object({ rows: z.array(z.object({ kind: z.string() })) }).parse(JSON.parse(await saved('deedban-audit.json'))),
      patience,
    )
    .toMatchObject({ rows: expect.arrayContaining([{ kind: 'audit.exported' }, { kind: 'main.began' }]) });

  // Its browser dies: what it watched ends, where it was.
  await wall.close();
  await expect
    .poll(() => viewings(folder.path), patience)
    // Both of its tiles, by each of the two connections.
    .toEqual(
      expect.arrayContaining([
        { what: 'moved', camera: second, tiles: [0, 1], ended: true },
        { what: 'closed', camera: second, tiles: [0, 1], ended: true },
      ]),
    );
  await expect.poll(() => viewings(folder.path).filter(({ what }) => what === 'closed').length, patience).toBe(3);
}, 180_000);
