import type { Story } from '../bench.ts';
import { footagesOf, type FootageWall, openFootageWalls, untilShown } from '../footage-walls.ts';
import { inTurn } from '../in-turn.ts';
import { pairedResult, quantile } from '../result.ts';

const tiles = 16;
/** A gateway keeps a camera for a while after its last viewer: nobody comes back to the same ones before that is over. */
const sets = 8;

interface Measured {
  readonly medianMs: number;
  readonly slowestMs: number;
}

/** How long an operator looks at nothing. */
export const firstPicture: Story = {
  name: 'first-picture',
  about: '16 tiles opened from nothing: from asking to the first picture of each, against a bare page',
  async run({ quick, progress }) {
    const walls = await openFootageWalls(sets * tiles);
    const measure = async (open: () => Promise<FootageWall>, run: number): Promise<Measured> => {
      const wall = await open();
      try {
        const cameras = Array.from({ length: tiles }, (_, index) => (run % sets) * tiles + index);
        await wall.page.evaluate(`footage.expect(${JSON.stringify(footagesOf(cameras))})`);
        const askedMs = await wall.show(cameras);
        const times = (await untilShown(wall.page)).map(({ shownUtcMs }) => shownUtcMs - askedMs);
        return { medianMs: quantile(times, 0.5), slowestMs: quantile(times, 0.95) };
      } finally {
        await wall.close();
      }
    };
    try {
      const pairs = await inTurn(
        quick ? 4 : 8,
        (run) => measure(walls.openOurs, run),
        (run) => measure(walls.openBare, run),
        ({ ours, bare }, index) =>
          progress(
            `pair ${index + 1}: ours ${ours.medianMs.toFixed(0)} ms (95 %: ${ours.slowestMs.toFixed(0)}), bare ${bare.medianMs.toFixed(0)} (${bare.slowestMs.toFixed(0)})`,
          ),
      );
      const of = (name: keyof Measured) => pairs.map(({ ours, bare }) => ({ ours: ours[name], baseline: bare[name] }));
      return [
        pairedResult('first picture, the middle tile', 'ms', of('medianMs'), 1),
        pairedResult('first picture, 95 % of the tiles', 'ms', of('slowestMs'), 1),
      ];
    } finally {
      await walls.close();
    }
  },
};
