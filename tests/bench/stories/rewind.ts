import type { Page } from 'playwright';
import { z } from 'zod';
import { until } from '../../support/until.ts';
import type { Story } from '../bench.ts';
import { type FootageWalls, openFootageWalls } from '../footage-walls.ts';
import { coresUsed } from '../process-tree.ts';
import { type BenchResult, soleResult, pairedResult, quantile } from '../result.ts';

const sizes = [16, 36] as const;
const settleMs = 3_000;

/**
 * Runs before the page's own: lets the bench ask the frame worker what is kept, and, for the wall without rings, keeps from it whose pictures come, so that it keeps
 * none: all else is the same program.
 */
const pageScript = (keeps: boolean): string => `(() => {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, transfer) {
    if (message?.t === 'own') {
      window.benchFrames = this;
      if (!${keeps}) return;
    }
    return post.call(this, message, transfer ?? []);
  };
  window.benchMeasure = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve({ allocated: data.measures.allocatedBytes, kept: data.measures.rings.reduce((sum, ring) => sum + ring.bytes, 0) });
    post.call(window.benchFrames, { t: 'rings' }, [port2]);
    port1.postMessage({ t: 'measure', id: 1 });
  });
  window.benchRewound = () => new Promise((resolve) => {
    addEventListener('keydown', ({ timeStamp }) => {
      const look = (now) => document.querySelector('[data-rewound-canvas][data-state="shown"]') ? resolve(now - timeStamp) : requestAnimationFrame(look);
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
})()`;

const memorySchema = z.object({ allocated: z.number(), kept: z.number() });

interface Measured {
  readonly cores: number;
  /** What is allocated for each byte that is kept. */
  readonly memory: number;
}

async function show(page: Page, tiles: number): Promise<void> {
  await until(
    `${tiles} tiles are live`,
    async () => (await page.locator('[data-tile][data-state="live"]').count()) === tiles,
    90_000,
  );
  await page.waitForTimeout(settleMs);
}

async function measureWall(walls: FootageWalls, keeps: boolean, seconds: number): Promise<Measured[]> {
  const wall = await walls.openOurs({ script: pageScript(keeps) });
  try {
    const measured: Measured[] = [];
    for (const tiles of sizes) {
      await wall.show(Array.from({ length: tiles }, (_, camera) => camera));
      await show(wall.page, tiles);
      const cores = await coresUsed(wall.browser.pid, seconds);
      const { allocated, kept } = memorySchema.parse(await wall.page.evaluate('benchMeasure()'));
      measured.push({ cores, memory: allocated / kept });
    }
    return measured;
  } finally {
    await wall.close();
  }
}

/** From a key to the first rewound picture (ms), again and again. */
async function measureKeys(walls: FootageWalls, presses: number): Promise<number[]> {
  const wall = await walls.openOurs({ script: pageScript(true) });
  try {
    await wall.show(Array.from({ length: 16 }, (_, camera) => camera));
    await show(wall.page, 16);
    await until('ten seconds are in memory', () => walls.wall.facts().every(({ keptMs }) => keptMs > 11_000), 60_000);
    const times: number[] = [];
    for (let press = 0; press < presses; press += 1) {
      await wall.page.locator(`[data-tile="${press % 16}"]`).click();
      await wall.page.locator(`[data-tile="${press % 16}"][data-selected]`).waitFor();
      const shown = wall.page.evaluate('benchRewound()');
      await wall.page.waitForTimeout(100);
      await wall.page.keyboard.press('KeyR');
      times.push(z.number().parse(await shown));
      await wall.page.keyboard.press('End');
      await until('it is live', async () => (await wall.page.locator('[data-rewound]').count()) === 0);
    }
    return times;
  } finally {
    await wall.close();
  }
}

/** What it costs to keep every picture, and how soon one of them is seen again. */
export const rewind: Story = {
  name: 'rewind',
  about:
    'CPU and memory of what is kept for looking back, at 16 and 36 tiles, against the same wall that keeps nothing; a key to the first picture',
  async run({ quick, progress }) {
    const walls = await openFootageWalls(Math.max(...sizes));
    const seconds = quick ? 5 : 15;
    const pairs: { ours: Measured[]; without: Measured[] }[] = [];
    let keys: number[];
    try {
      for (let pair = 0; pair < (quick ? 2 : 7); pair += 1) {
        const first = pair % 2 === 0 ? await measureWall(walls, true, seconds) : null;
        const without = await measureWall(walls, false, seconds);
        const ours = first ?? (await measureWall(walls, true, seconds));
        pairs.push({ ours, without });
        for (const [index, tiles] of sizes.entries()) {
          progress(
            `pair ${pair + 1}, ${tiles} tiles: ${ours[index]?.cores.toFixed(3)} cores, without rings ${without[index]?.cores.toFixed(3)}`,
          );
        }
      }
      keys = await measureKeys(walls, quick ? 16 : 64);
    } finally {
      await walls.close();
    }
    return [
      ...sizes.flatMap((tiles, index): BenchResult[] => [
        pairedResult(
          `browser CPU, ${tiles} tiles`,
          'cores',
          pairs.map(({ ours, without }) => ({
            ours: ours[index]?.cores ?? Number.NaN,
            baseline: without[index]?.cores ?? Number.NaN,
          })),
          1.1,
        ),
        soleResult(
          `memory for a byte kept, ${tiles} tiles`,
          'bytes',
          pairs.map(({ ours }) => ours[index]?.memory ?? Number.NaN),
          1.1,
        ),
      ]),
      soleResult('key to the first rewound picture, 95 %', 'ms', [quantile(keys, 0.95)], 150),
    ];
  },
};
