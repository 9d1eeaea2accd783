import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { outDir } from '../../build/paths.ts';
import type { CommonCause } from '../../core/streams/common-cause.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import { peshawarWall } from '../support/preview/peshawar.ts';
import { type Preview, startPreview } from '../support/preview/preview.ts';
import { until } from '../support/until.ts';
import { cameraIds, shown, tell } from './shown-wall.ts';
import { openPage, type WallPage } from './wall-page.ts';

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

const sinceUtcMs = Date.now() - 95_000;
const causes: readonly CommonCause[] = [
  { kind: 'gateway', name: 'Hayatabad server', silent: true, cameras: 14, sinceUtcMs },
  { kind: 'site', name: 'Khyber Bazar, Peshawar', silent: false, cameras: 5, sinceUtcMs },
  { kind: 'our-gateway', name: '', silent: false, cameras: 3, sinceUtcMs },
];

/** Whether the lines have a pixel in common with any caption. */
const coversCaption = () =>
  wall.page.evaluate(() => {
    const boxes = (selector: string) => [...document.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
    return boxes('[data-cause]').some((line) =>
      boxes('[data-tile] header').some(
        (caption) =>
          line.top < caption.bottom && line.bottom > caption.top && line.left < caption.right && line.right > caption.left,
      ),
    );
  });

describe('what many dark cameras have in common', () => {
  for (const [name, size] of Object.entries({ lying: { width: 1920, height: 1080 }, upright: { width: 1080, height: 1920 } })) {
    it(`covers no caption on a wall that is ${name}, whatever its division and the size of its words`, async () => {
      wall = await openPage(preview, { ...peshawarWall(4), 'streams.causes': causes }, size);
      for (const [columns, rows] of [
        [1, 1],
        [2, 2],
        [4, 4],
        [8, 8],
        [4, 12],
      ] as const) {
        const cameras = Array.from({ length: columns * rows }, (_, index) => cameraIds[index % 16] ?? null);
        await tell(wall, shown(gridLayout(columns, rows), cameras));
        await until(
          'every tile has its caption',
          async () => (await wall.page.locator('[data-tile] header').count()) === columns * rows,
        );
        // The wall measures itself once it is divided: where the lines go, and how many have room, is known a moment later.
        await expect.poll(() => wall.page.locator('[data-cause]').count()).toBe(rows > 8 ? 1 : 3);
        await expect.poll(coversCaption).toBe(false);
        await wall.page.screenshot({ path: join(pictures, `common-cause-${name}-${rows}.png`) });
      }
      await wall.page.evaluate(() => document.documentElement.style.setProperty('--caption-scale', '1.5'));
      await expect.poll(coversCaption).toBe(false);
    });
  }

  it('names the gateway or the site, how many cameras and since when, in each language', async () => {
    for (const [language, words] of [
      ['en', /^The gateway .Hayatabad server. does not answer\. 14 cameras since \d\d:\d\d:\d\d$/],
      ['ur', /Hayatabad server.*14 کیمرے/],
      ['ps', /Hayatabad server.*14 کیمرې/],
    ] as const) {
      const preferences = { language, contrast: null, panels: null };
      wall = await openPage(preview, { ...peshawarWall(4), 'streams.causes': causes, 'preferences.seat': preferences });
      await until(`it is said in ${language}`, async () =>
        words.test(await wall.page.locator('[data-cause="gateway"]').innerText()),
      );
      if (language !== 'ps') await wall.close();
    }
  });

  it('is on the console, too', async () => {
    wall = await openPage(preview, { ...peshawarWall(4, 4, 'console'), 'streams.causes': causes });
    await until('three causes are named', async () => (await wall.page.locator('[data-cause]').count()) === 3);
    await wall.page.screenshot({ path: join(pictures, 'common-cause-console.png') });
  });
});
