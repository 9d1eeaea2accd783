import { chromium, type Page, type Route } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { openBenchWall } from '../bench/bench-wall.ts';

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A wall of one camera that does not answer, and a browser that was not let in yet. */
async function open() {
  const wall = await openBenchWall({ cameras: ['rtsp://127.0.0.1:9/none'] });
  ends.push(() => wall.running.close());
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' });
  ends.push(() => browser.close());
  return { address: wall.address(), newPage: async () => (await browser.newContext()).newPage() };
}

const comesIn = async (page: Page) => {
  await page.locator('[data-wall]').waitFor({ timeout: 30_000 });
  // Nothing of the code is left.
  expect(await page.evaluate('[location.hash, ...Object.keys(sessionStorage)]')).toEqual(['', 'deedban-window']);
};

describe('a page that is loaded anew while it comes in', () => {
  for (const [when, meet] of [
    ['before its code has left', async () => {}],
    ['after its code was used, with the answer lost', (route: Route) => route.fetch({ maxRedirects: 0 })],
  ] as const) {
    it(`comes in all the same, ${when}, and no other browser does with that address`, async () => {
      const { address, newPage } = await open();
      const page = await newPage();
      const met = Promise.withResolvers<void>();
      let asked = 0;
      await page.route('**/enter', async (route) => {
        asked += 1;
        if (asked > 1) return route.continue();
        await meet(route);
        // Never answered: that page is gone by then.
        met.resolve();
      });
      await page.goto(address);
      await met.promise;
      // A lost answer brings no cookie either.
      await page.context().clearCookies();
      await page.reload();
      await comesIn(page);
      await page.reload();
      await comesIn(page);
      const stranger = await newPage();
      const refused = stranger.waitForResponse('**/enter');
      await stranger.goto(address);
      expect((await refused).status()).toBe(403);
    });
  }
});
