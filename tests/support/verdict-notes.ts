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
