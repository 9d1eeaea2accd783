import type { Page } from 'playwright';
import { z } from 'zod';

/** Notes the verdicts of a tile (from 0) from now on, the present one first. */
export async function noteVerdicts(page: Page, tile: number): Promise<{ seen(): Promise<string[]> }> {
  await page.evaluate(`(() => {
    const tile = document.querySelector('[data-tile="${tile}"]');
    const said = ((window.verdicts ??= {})[${tile}] = [tile.dataset.verdict]);
    new MutationObserver(() => {
      if (said.at(-1) !== tile.dataset.verdict && said.length < 1000) said.push(tile.dataset.verdict);
    }).observe(tile, { attributes: true, attributeFilter: ['data-verdict'] });
  })()`);
  return { seen: async () => z.array(z.string()).parse(await page.evaluate(`verdicts[${tile}]`)) };
}

/**
 * Notes whatever but live a tile (from 0) says from now on while its pictures come: none of its last two was waited for longer than `leastMs`. On a machine
 * that stops for a moment the tile rightly says that there was no picture; that is not noted.
 */
export async function noteUnfounded(page: Page, tile: number, leastMs: number): Promise<{ seen(): Promise<string[]> }> {
  await page.evaluate(`(() => {
    const tile = document.querySelector('[data-tile="${tile}"]');
    const video = tile.querySelector('video');
    const said = ((window.unfounded ??= {})[${tile}] = []);
    let [lastMs, gapMs] = [performance.now(), 0];
    const presented = () => {
      gapMs = performance.now() - lastMs;
      lastMs = performance.now();
      video.requestVideoFrameCallback(presented);
    };
    video.requestVideoFrameCallback(presented);
    new MutationObserver(() => {
      const waitedMs = Math.max(gapMs, performance.now() - lastMs);
      if (tile.dataset.verdict !== 'live' && waitedMs <= ${leastMs} && said.length < 1000) said.push(tile.dataset.verdict);
    }).observe(tile, { attributes: true, attributeFilter: ['data-verdict'] });
  })()`);
  return { seen: async () => z.array(z.string()).parse(await page.evaluate(`unfounded[${tile}]`)) };
}
