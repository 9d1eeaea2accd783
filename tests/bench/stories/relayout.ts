import type { Page } from 'playwright';
import { z } from 'zod';
import type { CameraId } from '../../../core/cameras/camera.ts';
import { namedLayouts } from '../../../core/wall/named-layouts.ts';
import { demoProvince } from '../../../main/features/cameras/province/demo-province.ts';
import { until } from '../../support/until.ts';
import type { Story } from '../bench.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { type BenchSeat, openBenchSeat } from '../bench-seat.ts';
import { openBenchWall } from '../bench-wall.ts';
import { soleResult } from '../result.ts';

const tiles = 64;
const steps = ['1+12', '6x6', '8x8'] as const;

/** What the page notes: which videos there were, when a new division was painted, and which tiles left `live`. */
const watchPage = `(() => {
  const wall = document.querySelector('[data-wall]');
  const bench = { videos: [...wall.querySelectorAll('video')], paintedAt: 0, left: new Set() };
  window.bench = bench;
  new MutationObserver(() => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { bench.paintedAt ||= Date.now(); };
    port2.postMessage(null);
  })).observe(wall, { attributes: true, attributeFilter: ['style'] });
  new MutationObserver((records) => {
    for (const { target, oldValue } of records) {
      const state = target.getAttribute('data-state');
      if (oldValue === 'live' && state !== null && state !== 'live') bench.left.add(Number(target.getAttribute('data-tile')));
    }
  }).observe(wall, { subtree: true, attributes: true, attributeFilter: ['data-state'], attributeOldValue: true });
})()`;

const notedSchema = z.object({ paintedAt: z.number(), left: z.array(z.number()), remounted: z.number(), videos: z.number() });

/** A video is remounted where the one at its place is no longer the same element. */
async function noted(page: Page) {
  return notedSchema.parse(
    await page.evaluate(`(() => {
      const now = [...document.querySelectorAll('[data-wall] video')];
      return { paintedAt: bench.paintedAt, left: [...bench.left], videos: bench.videos.length,
        remounted: bench.videos.filter((video, index) => now[index] !== video).length };
    })()`),
  );
}

async function liveTiles(page: Page): Promise<number> {
  return page.locator('[data-tile][data-state="live"]').count();
}

interface Step {
  readonly paintMs: number;
  readonly left: number;
  readonly remounted: number;
}

/** Divides the wall with as many of the cameras as it then has tiles, and looks at what the page made of it. */
async function divide(page: Page, seat: BenchSeat, id: string, cameras: readonly CameraId[], before: number): Promise<Step> {
  const layout = namedLayouts.find((named) => named.id === id)?.layout;
  if (!layout) throw new Error(`there is no layout ${id}`);
  const count = layout.cells.length;
  const contents = cameras.slice(0, count).map((camera) => ({ kind: 'camera', camera }) as const);
  await page.evaluate('bench.paintedAt = 0; bench.left.clear()');
  const startMs = Date.now();
  const { refusal } = await seat.call('wall.change', {
    change: { type: 'show', displays: [{ displayId: 'wall', layout, contents }] },
  });
  if (refusal !== null) throw new Error(`the wall was not divided: ${refusal}`);
  await until(`${id} is painted`, async () => (await noted(page)).paintedAt > 0);
  await until(`${count} tiles are live`, async () => (await liveTiles(page)) === count, 60_000);
  const { paintedAt, left, remounted } = await noted(page);
  const stay = Math.min(before, count);
  return { paintMs: paintedAt - startMs, left: left.filter((tile) => tile < stay).length, remounted };
}

/** Dividing a full wall anew: nobody may lose a picture that stays. */
export const relayout: Story = {
  name: 'relayout',
  about: '64 live tiles divided anew, 8×8, 1+12, 6×6, 8×8: until painted, videos remounted, tiles that lost their picture',
  async run({ quick, progress }) {
    const cameras = demoProvince()
      .slice(0, tiles)
      .map(({ camera }) => camera.id);
    const wall = await openBenchWall({ tiles });
    const seat = await openBenchSeat(wall.running.services.program);
    const results: Step[] = [];
    try {
      await seat.call('cameras.demonstration', { what: 'province' });
      const browser = await openBenchBrowser(wall.address());
      try {
        const { page } = browser;
        let most = 0;
        await until(
          'all 64 tiles are live',
          async () => {
            const live = await liveTiles(page);
            if (live > most) progress(`${live} tiles are live`);
            most = Math.max(most, live);
            return live === tiles;
          },
          75_000,
        );
        await page.evaluate(watchPage);
        let before = tiles;
        for (let round = 0; round < (quick ? 2 : 6); round += 1) {
          for (const id of steps) {
            const step = await divide(page, seat, id, cameras, before);
            before = namedLayouts.find((named) => named.id === id)?.layout.cells.length ?? 0;
            results.push(step);
            progress(`${id}: painted after ${step.paintMs} ms, ${step.remounted} remounted, ${step.left} lost their picture`);
          }
        }
      } finally {
        await browser.close();
      }
    } finally {
      seat.close();
      await wall.running.close();
    }
    const figures = (name: keyof Step) => results.map((step) => step[name]);
    return [
      soleResult('change to paint', 'ms', figures('paintMs'), 250, 0.95),
      soleResult('videos remounted', 'videos', figures('remounted'), 0, 1),
      soleResult('tiles that stay and left live', 'tiles', figures('left'), 0, 1),
    ];
  },
};
