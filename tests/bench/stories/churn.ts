import type { Page } from 'playwright';
import { z } from 'zod';
import type { Story } from '../bench.ts';
import { type FootageWall, footagesOf, openFootageWalls, untilShown } from '../footage-walls.ts';
import { soleResult } from '../result.ts';

const own = 16;
const footageCameras = 36;

/** A page script: how many connections this page ever made, and how many of those the browser still holds (a page may have 500). */
const countPeers = `(() => {
  const Own = RTCPeerConnection;
  const counts = { made: 0, collected: 0, most: 0 };
  const registry = new FinalizationRegistry(() => { counts.collected += 1; });
  window.peerCounts = counts;
  window.RTCPeerConnection = class extends Own {
    constructor(...args) {
      super(...args);
      counts.made += 1;
      counts.most = Math.max(counts.most, counts.made - counts.collected);
      registry.register(this, null);
    }
  };
})()`;

const countsSchema = z.object({ made: z.int(), collected: z.int(), most: z.int() });
const countsOf = async (page: Page) => countsSchema.parse(await page.evaluate('peerCounts'));

/** Sessions a story opened, tiles that never showed their camera, and the most connections the page held at once. */
interface Churned {
  sessions: number;
  errors: number;
  most: number;
}

/** Calls two scenes in turn until so many tiles have changed their camera. */
async function churnOwn(wall: FootageWall, total: number, progress: (words: string) => void): Promise<Churned> {
  const result: Churned = { sessions: 0, errors: 0, most: 0 };
  for (let turn = 0; result.sessions < total; turn += 1) {
    // 20 apart: another footage in every tile.
    const cameras = Array.from({ length: own }, (_, index) => index + (turn % 2) * 20);
    await wall.page.evaluate(`footage.expect(${JSON.stringify(footagesOf(cameras))})`);
    await wall.show(cameras);
    await untilShown(wall.page).catch(() => {
      result.errors += 1;
    });
    result.sessions += own;
    result.most = (await countsOf(wall.page)).most;
    if (turn % 10 === 9)
      progress(
        `our gateway: ${result.sessions} changes, ${result.errors} scenes failed, at most ${result.most} connections held`,
      );
  }
  return result;
}

/** Whether a page lives through a day of scene changes. */
export const churn: Story = {
  name: 'churn',
  about:
    'cameras changed in 16 tiles again and again: scenes that fail, and connections the page holds (live and not yet collected)',
  async run({ quick, progress }) {
    const walls = await openFootageWalls(footageCameras);
    try {
      const wall = await walls.openOurs({ script: countPeers });
      try {
        const { sessions, errors, most } = await churnOwn(wall, quick ? 320 : 10_000, progress);
        return [
          soleResult(`scenes that failed in ${sessions} changes`, 'scenes', [errors], 0),
          soleResult('most connections held', 'connections', [most], 100),
        ];
      } finally {
        await wall.close();
      }
    } finally {
      await walls.close();
    }
  },
};
