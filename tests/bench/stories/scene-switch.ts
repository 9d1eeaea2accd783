import type { Story } from '../bench.ts';
import { type FootageWall, footagesOf, openFootageWalls, untilShown } from '../footage-walls.ts';
import { inTurn } from '../in-turn.ts';
import { median, pairedResult, soleResult } from '../result.ts';

const tiles = 36;

interface Measured {
  /** Until the last tile shows its new camera. */
  readonly allMs: number;
  /** The longest that a tile had no picture at all. */
  readonly blackMs: number;
}

/** What a supervisor sees who calls a scene. The bare page closes its connections and opens new ones. */
export const sceneSwitch: Story = {
  name: 'scene-switch',
  about: '36 tiles to 36 other cameras: until all show the new picture, and black time, against a bare page',
  async run({ quick, progress }) {
    const walls = await openFootageWalls(2 * tiles);
    const switches = quick ? 2 : 4;
    // 36 apart, so that every tile's footage differs from the one before (16 footages).
    const scene = (turn: number) => Array.from({ length: tiles }, (_, index) => (turn % 2) * tiles + index);
    const measure = async (open: () => Promise<FootageWall>): Promise<Measured> => {
      const wall = await open();
      const all: number[] = [];
      const black: number[] = [];
      try {
        for (let turn = 0; turn <= switches; turn += 1) {
          const cameras = scene(turn);
          await wall.page.evaluate(`footage.expect(${JSON.stringify(footagesOf(cameras))})`);
          const askedMs = await wall.show(cameras);
          const shown = await untilShown(wall.page);
          await wall.page.waitForTimeout(2_000);
          // The first one opens from nothing, which is another story.
          if (turn === 0) continue;
          all.push(Math.max(...shown.map(({ shownUtcMs }) => shownUtcMs)) - askedMs);
          black.push(Math.max(...shown.map(({ blackMs }) => blackMs)));
        }
        return { allMs: median(all), blackMs: Math.max(...black) };
      } finally {
        await wall.close();
      }
    };
    try {
      const pairs = await inTurn(
        quick ? 3 : 7,
        () => measure(walls.openOurs),
        () => measure(walls.openBare),
        ({ ours, bare }, index) =>
          progress(
            `pair ${index + 1}: ours ${ours.allMs.toFixed(0)} ms, black ${ours.blackMs.toFixed(0)}; bare ${bare.allMs.toFixed(0)} ms, black ${bare.blackMs.toFixed(0)}`,
          ),
      );
      const timed = pairs.map(({ ours, bare }) => ({ ours: ours.allMs, baseline: bare.allMs }));
      return [
        pairedResult('until all 36 show the new picture', 'ms', timed, 0.3),
        soleResult(
          'longest black',
          'ms',
          pairs.map(({ ours }) => ours.blackMs),
          0,
          1,
        ),
        soleResult(
          'longest black, bare page',
          'ms',
          pairs.map(({ bare }) => bare.blackMs),
          null,
          1,
        ),
      ];
    } finally {
      await walls.close();
    }
  },
};
