import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { programmeSchema } from '../../core/programmes/programmes.contract.ts';
import { sceneSchema } from '../../core/scenes/scene.ts';
import { wholeWall } from '../../core/wall/first-wall.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { lineWishSchema } from '../../core/streams/line-wish.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const linesIn = (wish: unknown): string[] => lineWishSchema.parse(wish).lines.map(({ camera }) => camera);

async function open(folder: string) {
  const program = await startProgram(folder, ['--tiles', '4']);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  await wall.waitForTiles(4, 'live');
  return { program, wall };
}

const tile = (page: Page, number: number, camera: string) => page.locator(`[data-tile="${number - 1}"][data-camera="${camera}"]`);

async function type(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Two scenes of the display a browser stands on, and a programme that plays them in turn, as if they had been saved yesterday. */
async function saveRounds(folder: string): Promise<void> {
  const { registry, close } = openSqliteStores(folder, systemClock);
  const by = { revision: 1, ownerSeat: 1, changedUtcMs: Date.now() };
  const scene = (number: number, first: number) => {
    const contents = [0, 1, 2, 3].map((place) => ({ kind: 'camera', camera: `demo-${first + place}` }));
    const displays = [{ displayId: wholeWall, layout: gridLayout(2, 2), contents }];
    const more = { name: `Round ${number}`, colour: 'none', locked: false, changedBySeat: 1, displays };
    return sceneSchema.parse({ id: `round-${number}`, number, ...more, ...by });
  };
  for (const each of [scene(1, 101), scene(2, 109)]) await registry.put(`scenes.${each.id}`, each);
  const steps = [
    { scene: 'round-1', dwellS: 12 },
    { scene: 'round-2', dwellS: 3_600 },
  ];
  await registry.put('programmes.rounds', programmeSchema.parse({ id: 'rounds', number: 1, name: 'Rounds', steps, ...by }));
  close();
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
    await tile(again.wall.page, 2, 'demo-116').waitFor();
    await again.wall.page.getByText('Morning').first().waitFor();
    await again.wall.page.locator('html[dir="rtl"][lang="ur"]').waitFor();
    await again.wall.page.locator('[data-shell][data-start="false"]').waitFor();
  });

  it('finds a mistyped camera, drops it into a tile, and watches a programme whose next step is open before it comes', async () => {
    const folder = await temporaryFolder();
    ends.push(folder.remove);
    await saveRounds(folder.path);
    const { wall } = await open(folder.path);
    const { page } = wall;
    await type(page, 'Slash');
    await page.locator('input[type="search"]:focus').waitFor();
    await page.keyboard.type('karkhno');
    const line = page.locator('[data-camera-line="113"]');
    await line.waitFor();
    await line.dragTo(page.locator('[data-tile="0"]'));
    await tile(page, 1, 'demo-113').waitFor();
    await wall.waitForTile(0, 'live');

    const connected: string[] = [];
    const held: string[][] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (request.method() === 'POST' && pathname.startsWith('/whep/')) connected.push(pathname);
      if (pathname === '/whep/lines') held.push(linesIn(request.postDataJSON()));
    });
    await page.locator('[data-programme="1"]').click();
    await tile(page, 4, 'demo-104').waitFor();
    await tile(page, 4, 'demo-112').waitFor({ timeout: 60_000 });
    const before = held.find((cameras) => cameras.includes('demo-112'));
    await wall.waitForTiles(4, 'live');
    // The gateway had every one of them open before the step, and no connection was made for any.
    expect(before?.toSorted()).toEqual(['demo-109', 'demo-110', 'demo-111', 'demo-112']);
    expect(connected.filter((path) => /demo-1(09|10|11|12)\//.test(path))).toEqual([]);

    await type(page, 'KeyS', 'Digit1', 'Enter');
    await tile(page, 4, 'demo-104').waitFor();
    const strip = page.getByRole('region', { name: 'Programme that plays' });
    await strip.getByText('called scene 1').waitFor();
    await type(page, 'Space');
    await tile(page, 4, 'demo-112').waitFor();
  });

  it('fills a display with a site that is dragged onto it', async () => {
    const folder = await temporaryFolder();
    ends.push(folder.remove);
    const sites = ['Fowara Chowk', 'Fowara Chowk', 'Haji Camp', 'Haji Camp', 'Haji Camp'];
    const file = join(folder.path, 'cameras.csv');
    // Nothing answers there: what a tile is to show is seen without a picture.
    const lines = sites.map(
      (site, at) => `cam-${at},${at + 1},Camera ${at + 1},Peshawar,${site},,,fixed,http://127.0.0.1:9/cam${at},`,
    );
    await writeFile(file, ['id,number,name,district,site,lat,lon,kind,main,sub', ...lines].join('\n'));
    const program = await startProgram(join(folder.path, 'data'), ['--cameras', file]);
    ends.push(() => program.stop());
    const { page, close } = await openWall(program.address());
    ends.push(close);
    await tile(page, 5, 'cam-4').waitFor();
    await page.locator('[data-level="district"]').filter({ hasText: 'Peshawar' }).click();
    await page.locator('[data-level="site"]').filter({ hasText: 'Haji Camp' }).dragTo(page.locator('[data-tile="1"]'));
    for (const [at, camera] of ['cam-2', 'cam-3', 'cam-4'].entries()) await tile(page, at + 1, camera).waitFor();
    await expect.poll(() => page.locator('[data-tile][data-content="camera"]').count()).toBe(3);
  });
});
