import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outDir } from '../../build/paths.ts';
import { overflowing } from '../renderer/looks.ts';
import type { ProgramOnDisplays } from '../support/program-on-displays.ts';
import { until } from '../support/until.ts';
import {
  allLive,
  boundsOf,
  camerasOn,
  clickOn,
  type ControlRoom,
  covers,
  dragTo,
  idOf,
  openControlRoom,
  room,
  showsLive,
  type,
} from './control-room.ts';

const pictures = join(outDir, 'screens');
const [desk, left, upright, small] = room;
let place: ControlRoom;
let program: ProgramOnDisplays;
let console_: Page;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  place = await openControlRoom();
  program = await place.start();
  console_ = await program.console();
  await allLive(program, 16);
});
afterAll(() => place?.close());

const miniature = (output: (typeof room)[number]) => console_.locator(`[data-known-display="${idOf(output)}"]`);
const camera = (number: number) => console_.locator(`[data-camera-line="${number}"]`);
const workTile = (tile: number) => console_.locator(`[data-work-display] [data-tile="${tile - 1}"]`);
const cameraIn = (page: Page, tile: number) => page.locator(`[data-wall] [data-tile="${tile - 1}"]`).getAttribute('data-camera');

describe('a console and three walls, one of them upright and one small', () => {
  it('stand each on its display, and nothing in them is wider than it has room', async () => {
    await covers(console_, desk);
    for (const output of [left, upright, small]) {
      const page = await program.wall(idOf(output));
      await covers(page, output);
      await expect.poll(() => overflowing(page)).toEqual([]);
      await page.screenshot({ path: join(pictures, `wall-${output.output}.png`) });
    }
    await expect
      .poll(() => console_.locator('[data-known-display] img[data-miniature]').evaluateAll((all) => all.length))
      .toBe(3);
    await expect.poll(() => overflowing(console_)).toEqual([]);
    await console_.screenshot({ path: join(pictures, 'console.png') });
  });

  it('give their keys to the console, although its window was not the last to open', async () => {
    const search = console_.getByRole('combobox', { name: 'Search cameras' });
    const isFocused = () => search.evaluate((field) => document.hasFocus() && field === document.activeElement);
    await until('a key reaches the console', async () => {
      await place.hand.press('Slash');
      return isFocused();
    });
    await until('the field is left, with nothing in it', async () => {
      await place.hand.press('Escape');
      return (await search.inputValue()) === '' && !(await isFocused());
    });
  });

  it('say their numbers large when they are asked to, the console too', async () => {
    await place.hand.press('ShiftLeft', 'KeyI');
    const look = async (output: (typeof room)[number], index: number) => {
      const page = output === desk ? console_ : await program.wall(idOf(output));
      const number = page.locator(`[data-identify="${index + 1}"]`);
      await number.waitFor();
      const [box, wide] = await Promise.all([number.locator('b').boundingBox(), overflowing(page)]);
      expect(box?.height).toBeGreaterThan(Math.min(output.width, output.height) / 4);
      expect(wide).toEqual([]);
    };
    // They are said for some seconds: all are looked at together.
    await Promise.all(room.map(look));
  });

  it('are filled by hand: a group dropped on a miniature, a site and a camera dropped on tiles', async () => {
    const { hand } = place;
    const search = console_.getByRole('combobox', { name: 'Search cameras' });
    // A key may overtake a click that comes just before it.
    const focus = async () => {
      await clickOn(hand, search);
      await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true);
    };
    await focus();
    await type(hand, '11');
    // A line that is pressed while the list still changes is another one.
    await console_.locator('[data-shows="11"]').waitFor();
    for (const number of [116, 115, 114, 113]) {
      await clickOn(hand, camera(number).locator('button'));
      await camera(number).locator('button[aria-pressed="true"]').waitFor();
    }
    await focus();
    await hand.press('Escape');
    const group = console_.locator('[data-level="favourites"]');
    await group.getByText('4', { exact: true }).waitFor();
    await dragTo(hand, group, miniature(left));
    const wall = await program.wall(idOf(left));
    await showsLive(wall, [116, 115, 114, 113, null, null]);
    await clickOn(hand, miniature(left).locator('[data-small-tile="4"]'));
    await console_.locator(`[data-work-display="${idOf(left)}"]`).waitFor();
    await clickOn(hand, console_.locator('[data-level="district"]'));
    const site = (name: string) => console_.locator('[data-level="site"]', { hasText: name });
    await dragTo(hand, site('Qissa Khwani, market'), workTile(5));
    await expect.poll(() => cameraIn(wall, 5)).toBe('demo-102');
    await clickOn(hand, site('Khyber Bazar, junction'));
    await dragTo(hand, camera(101), workTile(6));
    await expect.poll(() => cameraIn(wall, 6)).toBe('demo-101');
    await showsLive(wall, [116, 115, 114, 113, 102, 101]);
  });

  it('are filled by numbers alone, and the wall shows them live', async () => {
    const { hand } = place;
    await clickOn(hand, miniature(small).locator('[data-small-tile="0"]'));
    await console_.locator(`[data-work-display="${idOf(small)}"]`).waitFor();
    const wall = await program.wall(idOf(small));
    const tiles = await camerasOn(wall);
    const cameras = tiles.map((_tile, index) => 101 + index);
    for (const [index, number] of cameras.entries()) await type(hand, `T${index + 1}⏎${number}⏎`);
    await showsLive(wall, cameras);
  });

  it('keep what is on a display that is away, say so, and show it elsewhere until it is back', async () => {
    const { hand, xorg } = place;
    const wall = await program.wall(idOf(left));
    const own = await camerasOn(wall);
    const away = await camerasOn(await program.wall(idOf(small)));
    await xorg.turnOff(small.output);
    await miniature(small).getByText('Not connected').waitFor();
    await expect.poll(() => miniature(small).locator('[data-small-tile]').count()).toBe(away.length);
    await clickOn(hand, miniature(small).getByRole('button', { name: 'Display 4: more' }));
    await clickOn(hand, console_.getByRole('menuitem', { name: /^Show on display 2/ }));
    await miniature(small).getByText('Shown on display 2 until it returns.').waitFor();
    await showsLive(wall, away);
    await expect.poll(() => overflowing(console_)).toEqual([]);
    await console_.screenshot({ path: join(pictures, 'console-away.png') });
    await xorg.arrange(room);
    await showsLive(wall, own);
    // For a moment the other window still shows the content of this display.
    await expect.poll(async () => (await boundsOf(await program.wall(idOf(small)))).x, { timeout: 30_000 }).toBe(small.x);
    await covers(await program.wall(idOf(small)), small);
    await showsLive(await program.wall(idOf(small)), away);
    await miniature(small).getByText('Not connected').waitFor({ state: 'detached' });
  });
});
