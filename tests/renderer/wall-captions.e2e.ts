import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { outDir } from '../../build/paths.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import { namedLayouts } from '../../core/wall/named-layouts.ts';
import { peshawarWall } from '../support/preview/peshawar.ts';
import { type Preview, startPreview } from '../support/preview/preview.ts';
import { until } from '../support/until.ts';
import { overflowing } from './looks.ts';
import { cameraIds, shown, tell } from './shown-wall.ts';
import { openPage, type WallPage } from './wall-page.ts';

const lying = { width: 1920, height: 1080 };
const upright = { width: 1080, height: 1920 };
const sizes = [lying, upright] as const;
/** Kept for eyes, never compared. */
const pictures = join(outDir, 'screens');

let preview: Preview;
let wall: WallPage;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  preview = await startPreview();
});
afterAll(() => preview?.close());
afterEach(() => wall.close());

interface Caption {
  readonly numberCut: boolean;
  readonly numberShareOfHeight: number;
  /** How many average letters of the name there is room for. */
  readonly nameLetters: number;
  readonly hasMark: boolean;
  readonly hasClock: boolean;
}

/** What the captions have room for, and whether any is wider than its tile. */
const captions = () =>
  wall.page.locator('[data-tile] header').evaluateAll((headers) =>
    headers.map((header): Caption => {
      const [number, name] = header.children;
      const box = header.parentElement?.getBoundingClientRect();
      const inside = [...header.children].every((part) => {
        const { left, right } = part.getBoundingClientRect();
        return box !== undefined && left >= box.left - 0.5 && right <= box.right + 0.5;
      });
      if (!inside) throw new Error(`a caption leaves its tile: ${header.textContent}`);
      const sizeOf = (element: Element | undefined) => (element ? Number.parseFloat(getComputedStyle(element).fontSize) : 0);
      return {
        numberCut: !number || number.scrollWidth > number.clientWidth,
        numberShareOfHeight: sizeOf(number) / window.innerHeight,
        nameLetters: (name?.clientWidth ?? 0) / (sizeOf(name) * 0.55),
        hasMark: (header.querySelector('i')?.getBoundingClientRect().width ?? 0) > 3,
        hasClock: [...header.children].some((part) => /^\d\d:\d\d:\d\d$/.test(part.textContent) && sizeOf(part) > 0),
      };
    }),
  );

const grid = (side: number) =>
  shown(
    gridLayout(side, side),
    // Sixteen pictures are enough for one page to make.
    Array.from({ length: side * side }, (_, index) => cameraIds[index] ?? null),
  );

describe('captions', () => {
  for (const side of [1, 2, 4, 8]) {
    it(`say number and some of the name with ${side * side} tiles, on a display that lies and on an upright one`, async () => {
      wall = await openPage(preview, { ...peshawarWall(1, 1) }, lying);
      await tell(wall, grid(side));
      await wall.awaitLive(Math.min(side * side, 16));
      // When a picture was taken is told some moments after it is shown.
      await until('the clocks are known', async () => (await captions()).every(({ hasClock }) => hasClock));
      for (const size of sizes) {
        await wall.page.setViewportSize(size);
        await until('the window has its size', () =>
          wall.page.evaluate((width) => document.documentElement.clientWidth === width, size.width),
        );
        // A tile that a busy machine holds up for half a second is rightly not live meanwhile: only live ones have the mark.
        let all = await captions();
        await until('every tile has the mark of a live one', async () => {
          all = await captions();
          return all.every(({ hasMark }) => hasMark);
        });
        expect(all).toHaveLength(Math.min(side * side, 16));
        for (const caption of all) {
          expect(caption.numberCut).toBe(false);
          expect(caption.numberShareOfHeight).toBeGreaterThanOrEqual(1 / 80);
          expect(caption.nameLetters).toBeGreaterThan(6);
          expect(caption.hasClock).toBe(size === lying || side < 3);
        }
        await expect.poll(() => overflowing(wall.page)).toEqual([]);
        await wall.page.screenshot({ path: join(pictures, `captions-${side}x${side}-${size.width}.png`) });
      }
    });
  }

  it('leave room for what is wrong in the smallest tiles: its word and its age are whole, and of the reason whole lines', async () => {
    wall = await openPage(preview, { ...peshawarWall(1, 1) }, { width: 1280, height: 720 });
    await wall.pretend('refuse', 'psh-202', 'camera-refused', 403);
    await tell(wall, grid(8));
    const cover = wall.tile(1).locator('[data-tone="danger"]');
    await cover.waitFor();
    const parts = await cover.evaluate((element) => {
      const box = element.getBoundingClientRect();
      return [...element.children].map((part) => {
        const { top, bottom, height } = part.getBoundingClientRect();
        const lines = height / Number.parseFloat(getComputedStyle(part).lineHeight);
        return { inside: top >= box.top && bottom <= box.bottom, wholeLines: Math.abs(lines - Math.round(lines)) < 0.05 };
      });
    });
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every(({ inside, wholeLines }) => inside && wholeLines)).toBe(true);
    await wall.page.screenshot({ path: join(pictures, 'trouble-8x8-1280.png') });
  });

  it('are never wider than their tile, not for one frame, while the display is divided anew and its window changes', async () => {
    wall = await openPage(preview, peshawarWall(4, 4), lying);
    await wall.awaitLive(16);
    await wall.page.evaluate(() => {
      const wide: string[] = [];
      const frames = { count: 0 };
      const look = () => {
        frames.count += 1;
        for (const header of document.querySelectorAll<HTMLElement>('[data-tile] header')) {
          if (header.scrollWidth > header.clientWidth) wide.push(`${window.innerWidth}: ${header.innerText}`);
        }
        requestAnimationFrame(look);
      };
      look();
      Object.assign(globalThis, { wide, frames });
    });
    const frames = () => wall.page.evaluate(() => (globalThis as unknown as { frames: { count: number } }).frames.count);
    const layouts = ['1+12', '6x6', '2+8'].flatMap((id) => namedLayouts.find((named) => named.id === id)?.layout ?? []);
    for (const layout of layouts) {
      for (const size of sizes) {
        await wall.page.setViewportSize(size);
        await tell(wall, shown(layout, cameraIds));
        const before = await frames();
        await until('some frames are drawn', async () => (await frames()) > before + 5);
      }
    }
    expect(await wall.page.evaluate(() => (globalThis as unknown as { wide: string[] }).wide)).toEqual([]);
  });
});
