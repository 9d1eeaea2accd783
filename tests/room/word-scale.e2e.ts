import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outDir } from '../../build/paths.ts';
import { overflowing } from '../renderer/looks.ts';
import type { ProgramOnDisplays } from '../support/program-on-displays.ts';
import { type ControlRoom, allLive, clickOn, covers, idOf, openControlRoom } from './control-room.ts';

/** A small dense monitor on the desk, and a wall of 1080 lines. */
const displays = [
  { output: 'DUMMY0', width: 3840, height: 2160, x: 0, y: 0 },
  { output: 'DUMMY1', width: 1920, height: 1080, x: 3840, y: 0 },
] as const;
const [desk, wall] = displays;

let place: ControlRoom;
let program: ProgramOnDisplays;
beforeAll(async () => {
  mkdirSync(join(outDir, 'screens'), { recursive: true });
  place = await openControlRoom(displays);
  await place.xorg.measure('DUMMY0', { width: 597, height: 336 });
  program = await place.start();
  await allLive(program, 16);
});
afterAll(() => place?.close());

const sizeOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
const lineHeight = async (page: Page) =>
  (await page.locator('[data-place-line], [role="treeitem"]').first().boundingBox())?.height;

/** As an operator does: the menu of the display, its dialog, the size, and what closes it. */
async function wish(output: (typeof displays)[number], value: string): Promise<void> {
  const page = await program.console();
  await clickOn(place.hand, page.locator(`[data-known-display="${idOf(output)}"] header button`));
  await clickOn(place.hand, page.getByRole('menuitem', { name: 'Name, number and size of words …' }));
  await page.getByLabel('Size of words').selectOption(value);
  await clickOn(place.hand, page.getByRole('button', { name: 'Save' }));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

describe('a dense monitor of 27 inches beside a wall of 1080 lines', () => {
  it('has words as large to the eye as on any desk, and nothing in them is wider than it has room', async () => {
    const page = await program.console();
    await covers(page, desk);
    await expect.poll(() => sizeOf(page, 'html')).toBe(16 * 1.75);
    await expect.poll(() => lineHeight(page)).toBe(28 * 1.75);
    await expect.poll(() => overflowing(page)).toEqual([]);
    await page.screenshot({ path: join(outDir, 'screens', 'word-scale-auto.png') });
  });

  it('has the words that a supervisor wishes, on each display its own', async () => {
    const page = await program.console();
    const glass = await program.wall(idOf(wall));
    const caption = '[data-wall] [data-tile] > header';
    const before = await sizeOf(glass, caption);
    await wish(desk, '1.25');
    await expect.poll(() => sizeOf(page, 'html')).toBe(16 * 1.25);
    expect(await sizeOf(glass, caption)).toBe(before);
    await wish(wall, '1.5');
    // Lengths are cut to parts of a pixel on their way.
    await expect.poll(async () => Math.abs((await sizeOf(glass, caption)) / before - 1.5)).toBeLessThan(0.02);
    expect(await sizeOf(page, 'html')).toBe(16 * 1.25);
    await expect.poll(() => overflowing(glass)).toEqual([]);
    await glass.screenshot({ path: join(outDir, 'screens', 'word-scale-wall.png') });
  });

  it('has them again after a restart', async () => {
    program = await place.start();
    const glass = await program.wall(idOf(wall));
    const style = () => glass.evaluate(() => document.documentElement.style.getPropertyValue('--caption-scale'));
    await expect.poll(style).toBe('1.5');
  });
});
