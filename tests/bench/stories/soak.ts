import { systemClock } from '../../../main/ports/clock.ts';
import { seededRandom } from '../../support/relay/link.ts';
import { sendThroughRelay } from '../../support/relay/page-through-relay.ts';
import { createUdpRelay } from '../../support/relay/udp-relay.ts';
import type { Story } from '../bench.ts';
import { type FootageWall, footagesOf, type FootageWalls, openFootageWalls, untilShown } from '../footage-walls.ts';
import { memoryMiB, slope, treeMemoryMiB } from '../memory-slope.ts';
import { type BenchResult, soleResult } from '../result.ts';

const tiles = 16;
const seed = 2_026;
/**
 * What is filled once is no slope: two minutes of kept pictures, received packets, and, where nothing but the processor draws, up to 512 MiB of pictures that
 * Chromium drew to canvases and has not thrown away.
 */
const warmUpShare = 0.5;

type Memory = Readonly<Record<'browser' | 'gateway' | 'services', number>>;

interface Soaked {
  readonly turns: number;
  readonly stuck: number;
  /** MiB an hour. */
  readonly slopes: Memory;
}

/** Scenes called without end, and between them everything that goes wrong in a centre. */
export const soak: Story = {
  name: 'soak',
  about:
    'scene changes, losses, cuts and restarts for --minutes (30; quick: 1), and scene changes on a bare page: memory slopes, tiles stuck',
  async run({ quick, minutes, progress }) {
    const all = minutes ?? (quick ? 1 : 30);
    const walls = await openFootageWalls(2 * tiles + 4);
    const relay = createUdpRelay({ clock: systemClock, seed });
    try {
      const trouble: Record<string, () => Promise<void> | void> = {
        loss: () => relay.change({ loss: 0.1, delayMs: 40, jitterMs: 30 }),
        'link cut': () => relay.cut(),
        'cameras gone': () => walls.cameras.cut(true),
        'gateway killed': async () => void process.kill(await walls.wall.gatewayPid(), 'SIGKILL'),
      };
      const well = () => {
        relay.heal();
        relay.change({ loss: 0, delayMs: 0, jitterMs: 0 });
        walls.cameras.cut(false);
      };
      // From the first on: connections are kept and used again.
      const wall = await walls.openOurs({ prepare: (page) => sendThroughRelay(page, relay) });
      const ours = await soakWall(walls, wall, all / 2, { trouble, well, progress });
      const bare = await soakWall(walls, await walls.openBare(), all / 2, { trouble: {}, well, progress });
      const results: BenchResult[] = [
        soleResult(`tiles stuck in ${ours.turns} scenes`, 'tiles', [ours.stuck], 0),
        ...(['browser', 'gateway', 'services'] as const).map((name) =>
          soleResult(`memory of the ${name}`, 'MiB/h', [ours.slopes[name]], null),
        ),
        soleResult(`memory of the bare page's browser`, 'MiB/h', [bare.slopes.browser], null),
      ];
      return results;
    } finally {
      await relay.close();
      await walls.close();
    }
  },
};

async function soakWall(
  walls: FootageWalls,
  wall: FootageWall,
  minutes: number,
  how: {
    readonly trouble: Readonly<Record<string, () => Promise<void> | void>>;
    well(): void;
    progress(words: string): void;
  },
): Promise<Soaked> {
  const random = seededRandom(seed);
  const names = Object.keys(how.trouble);
  const measured: { x: number; y: Memory }[] = [];
  const startMs = performance.now();
  const hours = () => (performance.now() - startMs) / 3_600_000;
  let [turns, stuck] = [0, 0];
  try {
    for (; hours() * 60 < minutes; turns += 1) {
      const cameras = Array.from({ length: tiles }, (_, index) => index + (turns % 2) * (tiles + 4));
      await wall.page.evaluate(`footage.expect(${JSON.stringify(footagesOf(cameras))})`);
      await wall.show(cameras);
      // Every third scene is called into trouble, which is over some seconds later.
      const name = turns % 3 === 2 ? names[Math.floor(random() * names.length)] : undefined;
      if (name !== undefined) {
        await wall.page.waitForTimeout(500 * random());
        await how.trouble[name]?.();
        await wall.page.waitForTimeout(3_000 * random());
        how.well();
      }
      const failed = await untilShown(wall.page).then(
        () => 0,
        () => 1,
      );
      if (failed > 0) {
        stuck += 1;
        how.progress(`scene ${turns}${name === undefined ? '' : ` with ${name}`}: a tile is stuck`);
      }
      const gateway = memoryMiB(await walls.wall.gatewayPid().catch(() => 0));
      measured.push({ x: hours(), y: { browser: treeMemoryMiB(wall.browser.pid), gateway, services: memoryMiB(process.pid) } });
      if (turns % 10 === 9) how.progress(`${turns + 1} scenes, browser ${measured.at(-1)?.y.browser.toFixed(0)} MiB`);
    }
  } finally {
    await wall.close();
  }
  const later = measured.slice(Math.floor(measured.length * warmUpShare));
  const slopeOf = (name: keyof Memory) => slope(later.map(({ x, y }) => ({ x, y: y[name] })));
  return { turns, stuck, slopes: { browser: slopeOf('browser'), gateway: slopeOf('gateway'), services: slopeOf('services') } };
}
