import type { Page } from 'playwright';
import { z } from 'zod';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { Layout } from '../../../core/wall/layout.ts';
import { namedLayouts } from '../../../core/wall/named-layouts.ts';
import { demoProvince } from '../../../main/features/cameras/province/demo-province.ts';
import { until } from '../../support/until.ts';
import { serveBarePage } from '../bare-server.ts';
import type { Story } from '../bench.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { type BenchSeat, openBenchSeat } from '../bench-seat.ts';
import { openBenchWall } from '../bench-wall.ts';
import { countPictures, divisionMarks, type Marks, readMarks, type Stretch } from '../division-marks.ts';
import { pairedResult, soleResult } from '../result.ts';

const tiles = 64;
const steps = ['1+12', '6x6', '8x8'] as const;

function layoutOf(id: string): Layout {
  const layout = namedLayouts.find((named) => named.id === id)?.layout;
  if (!layout) throw new Error(`there is no layout ${id}`);
  return layout;
}

/** Notes which videos there were, which tiles left `live`, for what and how long after the command, and how long the page was held up at most. */
const watchWall = `(() => {
  const wall = document.querySelector('[data-wall]');
  bench.videos = [...wall.querySelectorAll('video')];
  bench.left = [];
  bench.longestMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.longestMs = Math.max(bench.longestMs, duration);
  }).observe({ type: 'longtask' });
  new MutationObserver(bench.note).observe(wall, { attributes: true, attributeFilter: ['style'] });
  new MutationObserver((records) => {
    for (const { target, oldValue } of records) {
      const state = target.getAttribute('data-state');
      if (oldValue === 'live' && state !== null && state !== 'live') {
        bench.left.push({ tile: Number(target.getAttribute('data-tile')), state, afterMs: Date.now() - bench.startedAt });
      }
    }
  }).observe(wall, { subtree: true, attributes: true, attributeFilter: ['data-state'], attributeOldValue: true });
})()`;

const leftSchema = z.object({ tile: z.number(), state: z.string(), afterMs: z.number() });
const lossesSchema = z.object({ left: z.array(leftSchema), remounted: z.number(), longestMs: z.number() });

/** A video is remounted where the one at its place is no longer the same element. */
async function losses(page: Page) {
  return lossesSchema.parse(
    await page.evaluate(`(() => {
      const now = [...document.querySelectorAll('[data-wall] video')];
      return { left: bench.left, longestMs: bench.longestMs, remounted: bench.videos.filter((video, index) => now[index] !== video).length };
    })()`),
  );
}

interface Step {
  readonly paintMs: number;
  readonly left: number;
  readonly remounted: number;
  /** Of the tiles that stay: just before the division, and as long from its command on. */
  readonly calm: Stretch;
  readonly divided: Stretch;
}

const rest = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
const counted = (page: Page, which: string) => page.locator(`[data-tile]${which}`).count();
/** Waits until each tile is live, or was made a still because this PC cannot decode more; gives how many are stills. */
const awaitLive = (page: Page, count: number) =>
  until(
    `${count} tiles are live or stills`,
    async () => {
      const stills = await counted(page, '[data-gait="asleep"]:not([data-state="live"])');
      return (await counted(page, '[data-state="live"]')) + stills === count ? { stills } : null;
    },
    75_000,
  );
const awaitPaint = (page: Page): Promise<Marks> =>
  until('it is painted', async () => {
    const marks = await readMarks(page);
    return marks.paintedAt > 0 ? marks : null;
  });

/** Divides the wall with as many of the cameras as it then has tiles, and looks at what the page made of it. */
async function divide(page: Page, seat: BenchSeat, id: string, cameras: readonly CameraId[], before: number, seconds: number) {
  const layout = layoutOf(id);
  const count = layout.cells.length;
  const stay = Math.min(before, count);
  const contents = cameras.slice(0, count).map((camera) => ({ kind: 'camera', camera }) as const);
  const calmEnds = await countPictures(page, stay);
  await rest(seconds);
  const calm = await calmEnds();
  await page.evaluate('bench.again(); bench.left.length = 0; bench.longestMs = 0; bench.startedAt = Date.now()');
  const dividedEnds = await countPictures(page, stay);
  const startMs = Date.now();
  const { refusal } = await seat.call('wall.change', {
    change: { type: 'show', displays: [{ displayId: 'wall', layout, contents }] },
  });
  const keptMs = Date.now() - startMs;
  if (refusal !== null) throw new Error(`the wall was not divided: ${refusal}`);
  await rest(seconds - (Date.now() - startMs) / 1_000);
  const divided = await dividedEnds();
  const { toldAt, committedAt, paintedAt } = await awaitPaint(page);
  const { stills } = await awaitLive(page, count);
  const { left, remounted, longestMs } = await losses(page);
  const lost = left.filter(({ tile }) => tile < stay);
  const step: Step = { paintMs: paintedAt - startMs, left: new Set(lost.map(({ tile }) => tile)).size, remounted, calm, divided };
  const marks = `kept on the disk ${keptMs}, told ${toldAt - startMs}, in the document ${committedAt - startMs}, painted ${step.paintMs} ms`;
  const ways = lost.map(({ tile, state, afterMs }) => `${tile + 1} ${state} after ${afterMs}`).join(', ');
  const gone = `${step.left} left live${ways === '' ? '' : ` (${ways})`}, held up ${Math.round(longestMs)} ms at most`;
  return { step, words: `${id}: ${marks}; ${remounted} remounted, ${gone}; ${pictures(step)}; ${stills} stills at the end` };
}

const pictures = ({ calm, divided }: Pick<Step, 'calm' | 'divided'>) =>
  `${divided.fps.toFixed(2)} fps and ${divided.dropped} dropped, before ${calm.fps.toFixed(2)} and ${calm.dropped}`;

/** Dividing a full wall anew: nobody may lose a picture that stays. */
export const relayout: Story = {
  name: 'relayout',
  about: '64 live tiles divided anew, 8×8, 1+12, 6×6, 8×8: until painted (and a bare page), videos remounted, pictures lost',
  async run({ quick, progress }) {
    const cameras = demoProvince()
      .slice(0, tiles)
      .map(({ camera }) => camera.id);
    const wall = await openBenchWall({ tiles });
    const bare = await serveBarePage(() => wall.running.services.gateway.endpoint());
    const seat = await openBenchSeat(wall.running.services.program);
    const rounds = quick ? 2 : 6;
    const seconds = quick ? 3 : 5;
    const results: Step[] = [];
    const barePaints: number[] = [];

    async function ours(): Promise<void> {
      const browser = await openBenchBrowser(wall.address(), divisionMarks);
      try {
        const { page } = browser;
        await awaitLive(page, tiles);
        progress(`${tiles} tiles are live`);
        await page.evaluate(watchWall);
        let before = tiles;
        for (let round = 0; round < rounds; round += 1) {
          for (const id of steps) {
            const { step, words } = await divide(page, seat, id, cameras, before, seconds);
            before = layoutOf(id).cells.length;
            results.push(step);
            progress(words);
          }
        }
      } finally {
        await browser.close();
        await until('our wall is closed', () => wall.facts().length === 0);
      }
    }

    /** The least that divides the same streams anew: a grid of `<video>`s. Its streams all go on, so that it opens and ends nothing. */
    async function bareOnes(): Promise<void> {
      const browser = await openBenchBrowser(bare.address(cameras), divisionMarks);
      try {
        const { page } = browser;
        const counts = z.array(z.number());
        await until(
          'the bare page is live',
          async () => {
            const frames = counts.parse(await page.evaluate('window.bareFrames ? bareFrames() : []'));
            return frames.length === tiles && frames.every((count) => count > 0);
          },
          75_000,
        );
        const show = async (id: string) => {
          const { columns, rows, cells } = layoutOf(id);
          await page.evaluate(`bench.again(); bareDivide(${columns}, ${rows}, ${JSON.stringify(cells)}); bench.note()`);
          return (await awaitPaint(page)).paintedAt;
        };
        await show('8x8');
        for (let round = 0; round < rounds; round += 1) {
          for (const id of steps) {
            await rest(seconds);
            const startMs = Date.now();
            barePaints.push((await show(id)) - startMs);
            progress(`bare page, ${id}: painted after ${barePaints.at(-1)} ms`);
          }
        }
      } finally {
        await browser.close();
      }
    }

    try {
      await seat.call('cameras.demonstration', { what: 'province' });
      await ours();
      await bareOnes();
    } finally {
      seat.close();
      await bare.close();
      await wall.running.close();
    }
    const figures = (name: 'paintMs' | 'remounted' | 'left') => results.map((step) => step[name]);
    return [
      soleResult('change to paint', 'ms', figures('paintMs'), 250, 0.95),
      // What ours has to do beside a bare page, the way through main and its disk and 64 captions, is a matter of milliseconds and no share of the
      // little that a bare page takes: it may be what nobody sees as a delay.
      soleResult(
        'change to paint, beyond a bare page',
        'ms',
        results.map(({ paintMs }, index) => paintMs - (barePaints[index] ?? Number.NaN)),
        100,
      ),
      soleResult('videos remounted', 'videos', figures('remounted'), 0, 1),
      soleResult('tiles that stay and left live', 'tiles', figures('left'), 0, 1),
      // The other way round, as with `wall-cost`: before the division no more than 2 % more pictures than across it.
      pairedResult(
        'missing pictures of tiles that stay',
        'fps',
        results.map(({ calm, divided }) => ({ ours: calm.fps, baseline: divided.fps })),
        1.02,
      ),
    ];
  },
};
