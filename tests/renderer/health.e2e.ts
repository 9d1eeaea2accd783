import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { beforeAll, describe, expect, it } from 'vitest';
import { outDir } from '../../build/paths.ts';
import { tileFactOf } from '../health/tile-fact-of.ts';
import { peshawarWall } from '../support/preview/peshawar.ts';
import { until } from '../support/until.ts';
import { axeViolations, overflowing } from './looks.ts';
import { oneWindow } from './one-window.ts';
import type { WallPage } from './wall-page.ts';

beforeAll(() => void mkdirSync(join(outDir, 'screens'), { recursive: true }));
const windows = oneWindow();
let window: WallPage;
let page: Page;

async function open(language: string | null): Promise<void> {
  window = await windows.open(
    {
      ...peshawarWall(2, 2, 'shared'),
      'wall.selection': { displayId: 'preview', tile: 1 },
      'preferences.seat': { language, contrast: null, panels: null },
    },
    { width: 1920, height: 1080 },
  );
  ({ page } = window);
  await window.awaitLive(4);
}
const health = () => page.locator('[data-tile-health="1"]');
const plots = () => health().getByRole('img');
/** How many points of a plot are of this colour, as the eye would find them. */
const coloured = (index: number) =>
  plots()
    .nth(index)
    .locator('canvas')
    .evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('not a canvas');
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
      let found = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        const [red = 0, , blue = 0, alpha = 0] = pixels.subarray(at, at + 4);
        if (alpha > 128 && red - blue > 100) found += 1;
      }
      return found;
    });

describe('the statistics of the selected tile', () => {
  it('show its last minutes from before they were asked for, in plots that can be read aloud', async () => {
    await open(null);
    const reports = async () => (await window.calls()).filter(({ name }) => name === 'streams.report').length;
    await until('some seconds are reported', async () => (await reports()) >= 6, 30_000);
    expect(await health().count()).toBe(0);
    await page.keyboard.press('KeyI');
    await health().waitFor();
    await until('the rate of its pictures is told', async () =>
      /^Picture rate, last minutes: usually \d+ fps, between \d+ and \d+; \d+ times? out of its limits$/.test(
        (await plots().first().getAttribute('aria-label')) ?? '',
      ),
    );
    await until('everything is told', async () => {
      const text = (await health().textContent()) ?? '';
      return (
        /\d+ kbit\/s/.test(text) &&
        /640×360/.test(text) &&
        /First picture after\d+\.\d\d s/.test(text) &&
        /Pictures are shown(as they come|after \d+ ms: \w)/.test(text)
      );
    });
    await expect.poll(() => axeViolations(page)).toEqual([]);
    await expect.poll(() => overflowing(page)).toEqual([]);
    await page.keyboard.press('KeyI');
    await health().waitFor({ state: 'detached' });
  });

  it('are grey while all is well, and mark by colour and by a sign what is out of its limits', async () => {
    await open(null);
    await page.keyboard.press('KeyI');
    const label = () => plots().first().getAttribute('aria-label');
    await until('its usual rate is known', async () => /usually ([5-9]|1\d) fps/.test((await label()) ?? ''), 30_000);
    await window.pretend('freeze', 'psh-202', true);
    await health().locator('[data-out]').first().waitFor();
    await until('the plot says so, too', async () => (await coloured(0)) > 0);
    expect(await coloured(1)).toBe(0);
    await expect.poll(label).not.toMatch(/; 0 times/);
  });

  it('run from left to right in a page that is read from right to left', async () => {
    await open('ur');
    await page.keyboard.press('KeyI');
    await plots().first().waitFor();
    expect(
      await plots()
        .first()
        .evaluate((plot) => getComputedStyle(plot).direction),
    ).toBe('ltr');
    await expect.poll(() => overflowing(page)).toEqual([]);
  });
});

describe("the wall's health", () => {
  it('says on a console what was stepped down on the walls, why, and which cameras those are', async () => {
    window = await windows.open(peshawarWall(2, 2, 'console'), { width: 1920, height: 1080 });
    ({ page } = window);
    await page.locator('[data-work-display]').waitFor();
    await page.keyboard.press('KeyH');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('No window shows a camera now.').waitFor();
    const quality = { gait: 'keys', reason: 'decode' } as const;
    const tiles = [1, 2].map((tile) => ({ tile, camera: `psh-20${tile}`, quality }));
    await until('both are named', async () => {
      // The console's own report, which names no tiles, is told in between.
      await window.pretend('set', 'streams.tiles', [
        { displayId: 'preview', tiles: tiles.map((told) => tileFactOf(1_000, told)) },
      ]);
      return /2 tiles: Key frames: this PC cannot decode more\. 201, 202/.test((await dialog.textContent()) ?? '');
    });
  });

  it('opens by its key and sums every display that tells', async () => {
    await open(null);
    await page.keyboard.press('KeyH');
    const dialog = page.getByRole('dialog');
    await until('the display has its line', async () =>
      /1\s+Preview.*4 of 4 live.*\d\.\d\d s\/s.*Mbit\/s/s.test((await dialog.getByRole('table').textContent()) ?? ''),
    );
    await expect.poll(() => axeViolations(page)).toEqual([]);
    await expect.poll(() => overflowing(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('says how busy the processor is, and that the time in decoders is not that', async () => {
    await open(null);
    await window.pretend('set', 'streams.pc', { windows: 1, busy: 0.65 });
    await page.keyboard.press('KeyH');
    const dialog = page.getByRole('dialog');
    await until('both are said', async () =>
      /The processor of this PC is busy for 65 %.*Decoding itself takes less of the processor/.test(
        (await dialog.textContent()) ?? '',
      ),
    );
    await page.screenshot({ path: join(outDir, 'screens', 'wall-health.png') });
  });
});

describe('the limits of streams', () => {
  it('are changed by a supervisor in whole numbers, or lifted', async () => {
    await open(null);
    await window.pretend('set', 'streams.limits', { mostHighStreams: 16, mostFullStreams: null, bandwidthKbps: null });
    await window.pretend('answer', 'streams.set-limits', { refusal: 'not-saved' });
    await page.keyboard.press('KeyH');
    await page.getByRole('button', { name: 'Limit streams and decoding' }).click();
    const dialog = page.getByRole('dialog', { name: 'Limits of every window' });
    const field = (name: string) => dialog.getByRole('textbox', { name });
    await field('Main streams at most').fill('4');
    await field('Streams decoded whole at most').fill('12');
    await field('Received at most, kbit/s').fill('10');
    await dialog.getByText('A whole number from 100 to 10000000.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await field('Received at most, kbit/s').fill('');
    await expect.poll(() => axeViolations(page)).toEqual([]);
    await page.screenshot({ path: join(outDir, 'screens', 'limits.png') });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').waitFor();
    await window.pretend('answer', 'streams.set-limits', { refusal: null });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const asked = (await window.calls()).filter(({ name }) => name === 'streams.set-limits');
    expect(asked.at(-1)?.input).toEqual({ mostHighStreams: 4, mostFullStreams: 12, bandwidthKbps: null });
  });
});
