import { chromium } from 'playwright';
import { build } from 'vite';
import { afterEach, expect, it } from 'vitest';
import { sampledCount, sampledLimitMs } from '../support/sampled.ts';
import type { ManyConnections } from './many-connections.browser.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** More than Chromium lets one page hold. */
const openings = sampledCount(640, 10_000);

async function pageScript(): Promise<string> {
  const entry = new URL('many-connections.browser.ts', import.meta.url).pathname;
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'esnext', lib: { entry, formats: ['iife'], name: 'many' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error('nothing was built');
  return output.output[0].code;
}

it('one page opens and ends more connections than a browser lets it hold, and none of them fails', {
  timeout: sampledLimitMs,
}, async () => {
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' });
  ends.push(() => browser.close());
  const page = await browser.newPage();
  await page.evaluate(await pageScript());
  const came = await page.evaluate<ManyConnections>(`openMany(${openings})`);
  expect(came.failed).toEqual([]);
  expect(came.made).toBeGreaterThanOrEqual(openings);
  expect(came.live).toBe(0);
  expect(came.mostEnded).toBeLessThanOrEqual(100);
});
