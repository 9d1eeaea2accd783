import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { startOnDisplays, type ProgramOnDisplays } from '../support/program-on-displays.ts';
import { temporaryFolder } from '../support/wall-driver.ts';
import { until } from '../support/until.ts';
import { type Place, type XHand, xHand } from '../support/x-hand.ts';
import { type PlacedOutput, startXorgDummy, type XorgDummy } from '../support/xorg-dummy.ts';

/** A console with directory on the left, an upright display and one of another size among the walls: as rooms are, not as brochures. */
export const room = [
  { output: 'DUMMY0', width: 1920, height: 1080, x: 0, y: 0 },
  { output: 'DUMMY1', width: 1920, height: 1080, x: 1920, y: 0 },
  { output: 'DUMMY2', width: 1080, height: 1920, x: 3840, y: 0 },
  { output: 'DUMMY3', width: 1280, height: 720, x: 4920, y: 0 },
] as const satisfies readonly PlacedOutput[];
export const desktop = { width: 6200, height: 1920 };

/** Of a display that says nothing of itself. */
export const idOf = ({ output, width, height }: PlacedOutput) => `c-${output}-${width}x${height}`;

export interface ControlRoom {
  readonly xorg: XorgDummy;
  readonly hand: XHand;
  readonly data: string;
  /** Starts Deedban, with what it was told last time still on the disk. */
  start(...args: readonly string[]): Promise<ProgramOnDisplays>;
  close(): Promise<void>;
}

/** A room with these displays, the first of them the primary one, and a data folder nobody has used. */
export async function openControlRoom(displays: readonly PlacedOutput[] = room): Promise<ControlRoom> {
  const xorg = await startXorgDummy({ count: room.length, width: 1920, height: 1080, desktop });
  await xorg.arrange(displays);
  const hand = await xHand(xorg.env);
  const folder = await temporaryFolder();
  let program: ProgramOnDisplays | null = null;
  return {
    xorg,
    hand,
    data: folder.path,
    async start(...args) {
      await program?.stop();
      program = await startOnDisplays(folder.path, xorg.env, args);
      return program;
    },
    async close() {
      await program?.stop();
      hand.close();
      await xorg.close();
      await folder.remove();
    },
  };
}

/** Where the middle of something is on the desktop; with `part`, that share of its width and height instead. */
export async function placeOf(locator: Locator, part: Place = { x: 0.5, y: 0.5 }): Promise<Place> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('what the hand shall go to is not on the screen');
  const window = await locator.page().evaluate(() => ({ x: screenX, y: screenY }));
  return { x: window.x + box.x + box.width * part.x, y: window.y + box.y + box.height * part.y };
}

/** Clicks on it with the real pointer. */
export async function clickOn(hand: XHand, locator: Locator): Promise<void> {
  await locator.waitFor();
  const { x, y } = await placeOf(locator);
  await hand.click(x, y);
}

/** Drags one to the other with the real pointer. */
export async function dragTo(hand: XHand, from: Locator, to: Locator): Promise<void> {
  await Promise.all([from.waitFor(), to.waitFor()]);
  await hand.drag(await placeOf(from, { x: 0.3, y: 0.5 }), await placeOf(to));
}

/** Presses the keys of a number, of a word like `T12⏎`. */
export async function type(hand: XHand, text: string): Promise<void> {
  for (const key of text) {
    if (key === '⏎') await hand.press('Enter');
    else await hand.press(/\d/.test(key) ? `Digit${key}` : `Key${key}`);
  }
}

/** Waits until the tiles of a wall window (from its first) show these cameras, live; null: nothing. */
export async function showsLive(page: Page, cameras: readonly (number | null)[]): Promise<void> {
  const wanted = cameras.map((camera) => (camera === null ? 'nothing' : `${camera} live`));
  await expect.poll(() => shown(page), { timeout: 60_000, interval: 100 }).toEqual(wanted);
}

export function shown(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-wall] [data-tile]')]
      .filter((tile) => tile.checkVisibility())
      .map(({ dataset }) => {
        const camera = dataset['camera'] ?? '';
        return camera === '' ? 'nothing' : `${camera.replace('demo-', '')} ${dataset['state']}`;
      }),
  );
}

/** The cameras of the tiles of a wall window (from its first), live or not; null: nothing. */
export async function camerasOn(page: Page): Promise<(number | null)[]> {
  return (await shown(page)).map((tile) => (tile === 'nothing' ? null : Number(tile.split(' ')[0])));
}

/** Where a window says that it is, in pixels of the desktop. */
export function boundsOf(page: Page) {
  return page.evaluate(() => ({ x: screenX, y: screenY, width: innerWidth, height: innerHeight }));
}

/** Waits until the window covers the display exactly. */
export async function covers(page: Page, { x, y, width, height }: PlacedOutput): Promise<void> {
  await expect.poll(() => boundsOf(page), { timeout: 30_000 }).toEqual({ x, y, width, height });
}

/** The tiles that some window tells to be live, of all walls. */
export async function liveTiles(program: ProgramOnDisplays): Promise<number> {
  const counts = program.pages().map((page) =>
    page
      .locator('[data-wall] [data-tile][data-state="live"]')
      .count()
      .catch(() => 0),
  );
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

export const allLive = (program: ProgramOnDisplays, count: number) =>
  until(`${count} tiles are live`, async () => (await liveTiles(program)) === count, 90_000);
