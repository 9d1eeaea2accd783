import { readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { verifyBundle } from '../../main/features/evidence/verify-bundle.ts';
import { openBundleFile } from '../../main/stores/files/bundle-files.ts';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { noSmallDisk, onSmallDisk, smallDiskOf } from '../support/small-disk.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';
import { acknowledgedPieces } from './acknowledged.ts';
import { readBundle } from './open-desk.ts';

const patience = { timeout: 90_000 };
const megabyte = 1_000_000;
/** Evidence leaves four megabytes to everything else; from ten above that on it says that there is little, below one that there is none. */
const evidence = { quotaBytes: 100 * megabyte, leaveFreeBytes: 4 * megabyte };
const sayFlagged = resolve(import.meta.dirname, 'children/say-flagged.ts');
const low = 'Room for evidence is getting low.';
const full = 'There is no room for more evidence.';

async function select(page: Page, tile: number): Promise<void> {
  for (const key of ['KeyT', `Digit${tile}`, 'Enter']) await page.keyboard.press(key);
  await page.locator(`[data-tile="${tile - 1}"][data-selected]`).waitFor();
}

/** Every incident that the wall says is flagged. */
async function marks(page: Page): Promise<readonly number[]> {
  const all = await page
    .locator('[data-tile] [data-incident]')
    .evaluateAll((each) => each.map((mark) => Number(mark.getAttribute('data-incident'))));
  return [...new Set(all)].toSorted((a, b) => a - b);
}

const skipped = noSmallDisk();
describe.skipIf(skipped !== null)(`a disk that fills up${skipped === null ? '' : ` (SKIPPED: ${skipped})`}`, () => {
  it('is said before it is full; then no flag is acknowledged that is not kept, nothing is lost that was, and the wall goes on; with room again so does all else, and the bundle says what is missing', async () => {
    const cameras = await startFootageCameras();
    onTestFinished(() => cameras.close());
    const [settings, data] = [await temporaryFolder(), await temporaryFolder()];
    onTestFinished(settings.remove);
    onTestFinished(data.remove);
    await writeFile(join(settings.path, 'settings.json'), JSON.stringify({ evidence }));
    const before = onSmallDisk(64, data.path, settings.path);
    const program = await startProgram(data.path, ['--camera', cameras.url(0), '--camera', cameras.url(1)], before);
    onTestFinished(async () => void (await program.stop()));
    const disk = smallDiskOf(program.pid, data.path);
    const flags = async () => z.array(z.int()).parse(JSON.parse(await disk.ask(sayFlagged, data.path)));
    const wall = await openWall(program.address());
    onTestFinished(() => wall.close());
    const { page } = wall;
    for (const tile of [0, 1]) await wall.waitForTile(tile, 'live');
    const pieces = acknowledgedPieces(page);
    const securing = page.locator('[data-tile="0"] [data-incident="1"][data-evidence="securing"]');
    await select(page, 1);
    await page.keyboard.press('KeyF');
    await securing.waitFor(patience);
    expect(await page.getByText(low).count()).toBe(0);

    // Others fill it: first it gets low, then there is none for evidence, and flags are kept in what is left for them.
    await disk.fillTo(evidence.leaveFreeBytes + 8 * megabyte);
    await page.getByText(low).first().waitFor(patience);
    expect(await page.getByText(full).count()).toBe(0);
    await disk.fillTo(evidence.leaveFreeBytes + 0.3 * megabyte);
    await page.getByText(full).first().waitFor(patience);
    await securing.waitFor({ state: 'detached', ...patience });
    await select(page, 2);
    await page.keyboard.press('KeyF');
    await page.locator('[data-tile="1"] [data-incident="2"]').waitFor(patience);

    // The database still has room within its own files, so somebody flags until that is used up, too.
    await disk.fillTo(0);
    await select(page, 1);
    await until(
      'a flag is refused',
      async () => {
        await disk.fillTo(0);
        await page.keyboard.press('KeyF');
        return (await page.getByText('NOT FLAGGED OR CHANGED: the disk did not take it.').count()) > 0;
      },
      patience.timeout,
    );
    expect(await disk.freeBytes()).toBe(0);
    await expect.poll(() => marks(page), patience).toEqual(await flags());
    for (const tile of [0, 1]) {
      await wall.waitForTile(tile, 'live');
      await wall.waitForPictures(tile, 30);
    }

    // What a window has in its memory would be secured late; one that is opened anew has nothing of the time before.
    await page.reload();
    for (const tile of [0, 1]) await wall.waitForTile(tile, 'live');
    await page.getByText(full).first().waitFor(patience);
    await disk.makeRoom();
    await securing.waitFor(patience);
    const refused = (await flags()).length;
    await select(page, 2);
    // Within ten seconds of the last flag of this camera it joins that one.
    await until(
      'another incident is kept',
      async () => {
        await page.keyboard.press('KeyF');
        return (await flags()).length > refused;
      },
      patience.timeout,
    );
    expect(await flags()).toHaveLength(refused + 1);
    await expect.poll(() => marks(page), patience).toEqual(await flags());
    const secured = new Set([...pieces].flatMap((piece) => (piece.startsWith('1 ') ? [piece.slice(2)] : [])));
    await page.locator('[data-open-incident="1"]').first().click();
    await page.locator('[data-seal="1"]').click();
    await page.locator('[data-bundle]').waitFor(patience);
    const [file = ''] = await readdir(join(disk.path, 'bundles'));
    const path = join(disk.path, 'bundles', file);
    const source = await openBundleFile(path);
    expect((await verifyBundle(source)).verdict).toBe('INTACT');
    await source.close();
    const { custody } = await readBundle(path);
    const kept = custody.clips.flatMap(({ id, fragments }) => fragments.map(({ index }) => `${id} ${index}`));
    expect(kept).toEqual(expect.arrayContaining([...secured]));
    expect(custody.clips.map(({ life }) => life)).toMatchObject([{ how: 'full' }, { state: 'whole', how: 'ended' }]);
    const [cut, next] = custody.clips;
    expect(custody.secured[0]?.missing).toContainEqual({
      fromUtcMs: expect.closeTo((cut?.firstPictureUtcMs ?? 0) + (cut?.fragments.at(-1)?.endMs ?? 0), 0),
      toUtcMs: next?.firstPictureUtcMs,
    });
  }, 400_000);
});
