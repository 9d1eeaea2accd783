import type { Page } from 'playwright';
import { z } from 'zod';
import { until } from '../../support/until.ts';
import type { Story } from '../bench.ts';
import { type FootageWall, type FootageWalls, openFootageWalls } from '../footage-walls.ts';
import { coresUsed } from '../process-tree.ts';
import { type BenchResult, pairedResult } from '../result.ts';

const sizes = [16, 36, 64] as const;
/** From the first picture of all tiles until what opening them took is over. */
const settleMs = 3_000;

interface Measured {
  readonly cores: number;
  /** Pictures per second and stream. */
  readonly fps: number;
}

/** Pictures so far of each video that is on the glass; asked of the page itself, ours and the bare one alike. */
async function countFrames(page: Page): Promise<number[]> {
  const question =
    '[...document.querySelectorAll("video")].filter((video) => video.checkVisibility()).map((video) => video.getVideoPlaybackQuality().totalVideoFrames)';
  return z.array(z.number()).parse(await page.evaluate(question));
}

async function untilAllMove(page: Page, tiles: number): Promise<void> {
  let first: readonly number[] = [];
  await until(
    `${tiles} tiles move`,
    async () => {
      const counts = await countFrames(page);
      if (first.length !== tiles) first = counts;
      return counts.length === tiles && counts.every((count, index) => count !== first[index]);
    },
    90_000,
  );
}

/** The same browser with more and more tiles. */
async function measureSizes(wall: FootageWall, seconds: number): Promise<Measured[]> {
  const measured: Measured[] = [];
  try {
    for (const tiles of sizes) {
      await wall.show(Array.from({ length: tiles }, (_, camera) => camera));
      await untilAllMove(wall.page, tiles);
      await wall.page.waitForTimeout(settleMs);
      const before = await countFrames(wall.page);
      const startMs = performance.now();
      const cores = await coresUsed(wall.browser.pid, seconds);
      const after = await countFrames(wall.page);
      const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
      measured.push({ cores, fps: (sum(after) - sum(before)) / tiles / ((performance.now() - startMs) / 1_000) });
    }
    return measured;
  } finally {
    await wall.close();
  }
}

/** What our wall costs over the least that shows the same streams. */
export const wallCost: Story = {
  name: 'wall-cost',
  about: 'CPU of the whole browser at 16, 36 and 64 tiles: our wall against a bare page, the same streams, all their pictures',
  async run({ quick, progress }) {
    const walls: FootageWalls = await openFootageWalls(Math.max(...sizes));
    // What a run differs by is mostly when it was; the longer it is, the less.
    const seconds = quick ? 5 : 15;
    const pairs: { ours: Measured[]; bare: Measured[] }[] = [];
    try {
      for (let pair = 0; pair < (quick ? 2 : 7); pair += 1) {
        // The order changes, so that a machine that drifts does not favour one side.
        const first = pair % 2 === 0 ? await measureSizes(await walls.openOurs(), seconds) : null;
        const bare = await measureSizes(await walls.openBare(), seconds);
        const ours = first ?? (await measureSizes(await walls.openOurs(), seconds));
        pairs.push({ ours, bare });
        for (const [index, tiles] of sizes.entries()) {
          const said = (one: Measured | undefined) => `${one?.cores.toFixed(3)} cores at ${one?.fps.toFixed(2)} fps`;
          progress(`pair ${pair + 1}, ${tiles} tiles: ours ${said(ours[index])}, bare ${said(bare[index])}`);
        }
      }
    } finally {
      await walls.close();
    }
    const of = (side: readonly Measured[], index: number, what: keyof Measured) => side[index]?.[what] ?? Number.NaN;
    return sizes.flatMap((tiles, index): BenchResult[] => [
      pairedResult(
        `browser CPU, ${tiles} tiles`,
        'cores',
        pairs.map(({ ours, bare }) => ({ ours: of(ours, index, 'cores'), baseline: of(bare, index, 'cores') })),
        1.1,
      ),
      // Full frame rate: the bare page may not show more than 2 % more pictures than ours.
      pairedResult(
        `missing pictures, ${tiles} tiles`,
        'fps',
        pairs.map(({ ours, bare }) => ({ ours: of(bare, index, 'fps'), baseline: of(ours, index, 'fps') })),
        1.02,
      ),
    ]);
  },
};
