import type { Page } from 'playwright';
import { z } from 'zod';
import { until } from '../../support/until.ts';
import { serveBarePage } from '../bare-server.ts';
import type { Story } from '../bench.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { type BenchWall, openBenchWall } from '../bench-wall.ts';
import { coresUsed } from '../process-tree.ts';
import { pairedResult } from '../result.ts';

/** Asks a page, in its own words (the types of a page are not those of this program). */
async function countFrames(page: Page, question: string): Promise<number[]> {
  return z.array(z.number()).parse(await page.evaluate(question));
}

interface Measured {
  readonly cores: number;
  /** Pictures per second and stream. */
  readonly fps: number;
}

/** Lets a wall settle, then measures its whole browser and its pictures over the same time. */
async function measure(pid: number, frames: () => number[] | Promise<number[]>, seconds: number): Promise<Measured> {
  const before = await frames();
  const startMs = performance.now();
  const cores = await coresUsed(pid, seconds);
  const after = await frames();
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return { cores, fps: (sum(after) - sum(before)) / after.length / ((performance.now() - startMs) / 1_000) };
}

async function ours(wall: BenchWall, seconds: number): Promise<Measured> {
  const browser = await openBenchBrowser(wall.address());
  try {
    await until(
      'our wall is live',
      () => wall.facts().length === 16 && wall.facts().every((fact) => fact.state === 'live'),
      90_000,
    );
    await browser.page.waitForTimeout(3_000);
    // Asked of the page itself, as with the bare page: the reports come only once a second.
    const frames = () =>
      countFrames(
        browser.page,
        '[...document.querySelectorAll("video")].map((video) => video.getVideoPlaybackQuality().totalVideoFrames)',
      );
    return await measure(browser.pid, frames, seconds);
  } finally {
    await browser.close();
    await until('our wall is closed', () => wall.facts().length === 0);
  }
}

async function bare(address: string, seconds: number): Promise<Measured> {
  const browser = await openBenchBrowser(address);
  try {
    const frames = () => countFrames(browser.page, 'bareFrames()');
    await until(
      'the bare page is live',
      async () => {
        const counts = await frames().catch(() => []);
        return counts.length === 16 && counts.every((count) => count > 0);
      },
      90_000,
    );
    await browser.page.waitForTimeout(3_000);
    return await measure(browser.pid, frames, seconds);
  } finally {
    await browser.close();
  }
}

/** What our wall costs over the least that shows the same streams. */
export const wallCost: Story = {
  name: 'wall-cost',
  about: 'CPU of the whole browser: our wall against a bare page, the same 16 streams',
  async run({ quick, progress }) {
    const wall = await openBenchWall();
    const page = await serveBarePage(() => wall.running.services.gateway.endpoint());
    // What a run differs by is mostly when it was; the longer it is, the less.
    const seconds = quick ? 5 : 20;
    const pairs: { ours: Measured; bare: Measured }[] = [];
    try {
      for (let pair = 0; pair < (quick ? 4 : 8); pair += 1) {
        // The order changes, so that a machine that drifts does not favour one side.
        const first = pair % 2 === 0 ? await ours(wall, seconds) : null;
        const other = await bare(page.address(wall.cameras()), seconds);
        const own = first ?? (await ours(wall, seconds));
        pairs.push({ ours: own, bare: other });
        progress(
          `pair ${pair + 1}: ours ${own.cores.toFixed(3)} cores at ${own.fps.toFixed(2)} fps, bare ${other.cores.toFixed(3)} at ${other.fps.toFixed(2)}`,
        );
      }
    } finally {
      await page.close();
      await wall.running.close();
    }
    return [
      pairedResult(
        'browser CPU',
        'cores',
        pairs.map((pair) => ({ ours: pair.ours.cores, baseline: pair.bare.cores })),
        1.1,
      ),
      // Full frame rate: the bare page may not show more than 2 % more pictures than ours.
      pairedResult(
        'missing pictures',
        'fps',
        pairs.map((pair) => ({ ours: pair.bare.fps, baseline: pair.ours.fps })),
        1.02,
      ),
    ];
  },
};
