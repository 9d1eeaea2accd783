import type { Story } from '../bench.ts';
import { type FootageWall, footagesOf, openFootageWalls, samplePictures, untilShown } from '../footage-walls.ts';
import { inTurn } from '../in-turn.ts';
import { type BenchResult, pairedResult, quantile } from '../result.ts';

const settleMs = 4_000;
/** A picture that seems older than this was read while its number was sent again. */
const mostMs = 15_000;

interface Measured {
  readonly medianMs: number;
  readonly slowMs: number;
  readonly read: number;
}

/** How old a picture is when it is on the glass: from the camera's sending of its number to the page's presenting it. */
export const latency: Story = {
  name: 'latency',
  about: 'picture sent to picture presented at 9, 36 and 49 tiles (quick: 9 and 49), against a bare page',
  async run({ quick, progress }) {
    const sizes = quick ? ([9, 49] as const) : ([9, 36, 49] as const);
    const budgets = { 9: 1, 36: null, 49: 0.5 } as const;
    const walls = await openFootageWalls(49);
    const measure = async (open: () => Promise<FootageWall>, size: number): Promise<Measured> => {
      const wall = await open();
      try {
        const cameras = Array.from({ length: size }, (_, index) => index);
        await wall.page.evaluate(`footage.expect(${JSON.stringify(footagesOf(cameras))})`);
        await wall.show(cameras);
        await untilShown(wall.page);
        await wall.page.waitForTimeout(settleMs);
        const samples = await samplePictures(wall.page, quick ? 4 : 8);
        const sent = await walls.cameras.sentUs(cameras);
        const ages = samples
          .map(({ tile, frame, atUtcMs }) => atUtcMs - (sent[tile]?.[frame] ?? 0) / 1_000)
          .filter((ageMs) => ageMs > 0 && ageMs < mostMs);
        return { medianMs: quantile(ages, 0.5), slowMs: quantile(ages, 0.95), read: ages.length };
      } finally {
        await wall.close();
      }
    };
    const results: BenchResult[] = [];
    try {
      for (const size of sizes) {
        const pairs = await inTurn(
          quick ? 2 : 7,
          () => measure(walls.openOurs, size),
          () => measure(walls.openBare, size),
          ({ ours, bare }, index) =>
            progress(
              `${size} tiles, pair ${index + 1}: ours ${ours.medianMs.toFixed(0)} ms (95 %: ${ours.slowMs.toFixed(0)}, ${ours.read} read), bare ${bare.medianMs.toFixed(0)} (${bare.slowMs.toFixed(0)}, ${bare.read} read)`,
            ),
        );
        const of = (name: keyof Measured) => pairs.map(({ ours, bare }) => ({ ours: ours[name], baseline: bare[name] }));
        results.push(
          pairedResult(`${size} tiles: the middle picture`, 'ms', of('medianMs'), budgets[size]),
          pairedResult(`${size} tiles: 95 % of the pictures`, 'ms', of('slowMs'), null),
        );
      }
      return results;
    } finally {
      await walls.close();
    }
  },
};
