import type { Page } from 'playwright';
import { z } from 'zod';
import type { CameraId } from '../../../core/cameras/camera.ts';
import { gridLayout } from '../../../core/wall/layout.ts';
import type { WallChange } from '../../../core/wall/wall-change.ts';
import { demoProvince } from '../../../main/features/cameras/province/demo-province.ts';
import { until } from '../../support/until.ts';
import { serveBarePage } from '../bare-server.ts';
import type { Story } from '../bench.ts';
import { openBenchBrowser } from '../bench-browser.ts';
import { type BenchSeat, openBenchSeat } from '../bench-seat.ts';
import { type BenchWall, openBenchWall } from '../bench-wall.ts';
import { coresUsed } from '../process-tree.ts';
import { pairedResult, soleResult } from '../result.ts';

const tiles = 64;
/** The enlarged one lies over all others. */
const covered = tiles - 1;
const settleMs = 4_000;

interface Walls {
  /** Cores of the whole browser with all tiles in sight, with all but one covered, and with that one alone. */
  readonly all: number;
  readonly covering: number;
  readonly alone: number;
  /** From uncovering to pictures with their age, or live, in all of them, and to all of them live, in milliseconds. */
  readonly agedMs: number;
  readonly wakeMs: number;
}

/** A page script: `uncovered` is when each tile but the first had a picture on the glass that is live, or has its age (UTC, ms). */
const watchUncovered = `window.uncovered = new Promise((resolve) => {
  const shows = (tile) =>
    tile.querySelector('video').checkVisibility({ visibilityProperty: true }) && (tile.dataset.verdict === 'live' || /\\d s\\b/.test(tile.textContent));
  const look = () => {
    const [, ...tiles] = document.querySelectorAll('[data-tile]');
    if (tiles.every(shows)) resolve(performance.timeOrigin + performance.now());
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}); undefined`;

const inState = (page: Page, state: string) => page.locator(`[data-tile][data-state="${state}"]`).count();

async function change(seat: BenchSeat, wanted: WallChange): Promise<void> {
  const { refusal } = await seat.call('wall.change', { change: wanted });
  if (refusal !== null) throw new Error(`the wall was not changed: ${refusal}`);
}

const shows = (columns: number, cameras: readonly CameraId[]): WallChange => ({
  type: 'show',
  displays: [
    { displayId: 'wall', layout: gridLayout(columns, columns), contents: cameras.map((camera) => ({ kind: 'camera', camera })) },
  ],
});

async function ours(wall: BenchWall, seat: BenchSeat, cameras: readonly CameraId[], seconds: number): Promise<Walls> {
  await change(seat, shows(8, cameras));
  const browser = await openBenchBrowser(wall.address());
  const { page, pid } = browser;
  const measured = async (state: string, count: number) => {
    await until(`${count} tiles are ${state}`, async () => (await inState(page, state)) === count, 90_000);
    await page.waitForTimeout(settleMs);
    return coresUsed(pid, seconds);
  };
  try {
    const all = await measured('live', tiles);
    await change(seat, { type: 'enlarge', displayId: 'wall', tile: 0 });
    const covering = await measured('hidden', covered);
    await page.evaluate(watchUncovered);
    const uncoveredMs = performance.now();
    await change(seat, { type: 'enlarge', displayId: 'wall', tile: null });
    await until('all are live again', async () => (await inState(page, 'live')) === tiles, 60_000);
    const wakeMs = performance.now() - uncoveredMs;
    const agedUtcMs = z.number().parse(await page.evaluate('uncovered'));
    const agedMs = agedUtcMs - performance.timeOrigin - uncoveredMs;
    await change(seat, shows(1, cameras.slice(0, 1)));
    return { all, covering, alone: await measured('live', 1), agedMs, wakeMs };
  } finally {
    await browser.close();
    await until('our wall is closed', () => wall.facts().length === 0);
  }
}

async function bare(address: string, seconds: number): Promise<Pick<Walls, 'all' | 'covering'>> {
  const { page, pid, close } = await openBenchBrowser(address);
  try {
    await until(
      'the bare page is live',
      async () => {
        const counts = z.array(z.number()).safeParse(await page.evaluate('bareFrames()').catch(() => []));
        return counts.success && counts.data.length === tiles && counts.data.every((count) => count > 0);
      },
      90_000,
    );
    await page.waitForTimeout(settleMs);
    const all = await coresUsed(pid, seconds);
    // One picture over the whole page, as ours: what it takes to draw that is no matter of those behind it.
    await page.evaluate(`(() => {
      const [first, ...others] = document.querySelectorAll('video');
      for (const video of others) video.style.visibility = 'hidden';
      Object.assign(first.style, { position: 'fixed', inset: '0', inlineSize: '100vw', blockSize: '100vh' });
    })()`);
    await page.waitForTimeout(settleMs);
    return { all, covering: await coresUsed(pid, seconds) };
  } finally {
    await close();
  }
}

/** What tiles cost that nobody sees. */
export const hidden: Story = {
  name: 'hidden',
  about: '64 tiles of which 63 are covered by an enlarged one: a covered tile against a visible one, and against the bare page',
  async run({ quick, progress }) {
    const cameras = demoProvince()
      .slice(0, tiles)
      .map(({ camera }) => camera.id);
    const wall = await openBenchWall({ tiles });
    const seat = await openBenchSeat(wall.running.services.program);
    const page = await serveBarePage(() => wall.running.services.gateway.endpoint());
    const seconds = quick ? 5 : 10;
    const rounds: { ours: Walls; bare: Pick<Walls, 'all' | 'covering'> }[] = [];
    try {
      await seat.call('cameras.demonstration', { what: 'province' });
      for (let round = 0; round < (quick ? 2 : 7); round += 1) {
        const first = round % 2 === 0 ? await ours(wall, seat, cameras, seconds) : null;
        const other = await bare(page.address(cameras), seconds);
        const own = first ?? (await ours(wall, seat, cameras, seconds));
        rounds.push({ ours: own, bare: other });
        const said = (values: object) =>
          Object.entries(values)
            .map(([name, value]) => `${name} ${Number(value).toFixed(3)}`)
            .join(', ');
        progress(`round ${round + 1}: ours ${said(own)}; bare ${said(other)} (cores; ms)`);
      }
    } finally {
      seat.close();
      await page.close();
      await wall.running.close();
    }
    const perTile = (cores: number, alone: number) => Math.max(0, cores - alone) / covered;
    return [
      pairedResult(
        'a covered tile against a visible one',
        'cores',
        rounds.map(({ ours: { all, covering, alone } }) => ({
          ours: perTile(covering, alone),
          baseline: perTile(all, alone),
        })),
        0.15,
      ),
      pairedResult(
        'browser CPU with all but one covered, against the bare page',
        'cores',
        rounds.map((round) => ({ ours: round.ours.covering, baseline: round.bare.covering })),
        1,
      ),
      soleResult(
        'from uncovering until all show a picture with its age',
        'ms',
        rounds.map((round) => round.ours.agedMs),
        100,
        0.95,
      ),
      soleResult(
        'from uncovering until all are live',
        'ms',
        rounds.map((round) => round.ours.wakeMs),
        2_000,
        0.95,
      ),
    ];
  },
};
