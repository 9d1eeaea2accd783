import type { Page } from 'playwright';
import { z } from 'zod';
import type { Story } from '../bench.ts';
import { until } from '../../support/until.ts';
import { startVideoFeed } from '../../support/whep/video-feed.ts';
import { startWhepServer } from '../../support/whep/whep-server.ts';
import { type FootageWall, type FootageWalls, footagesOf, openFootageWalls, untilShown } from '../footage-walls.ts';
import { soleResult } from '../result.ts';

const tiles = 16;
const footageCameras = 36;
const ours = { name: 'our gateway', quick: 320 };
/** A foreign server cannot show another camera in an open session: every change is a new one, and leaves an old one to be collected. */
const foreign = { name: 'a foreign server', quick: 400 };
/** What was left last is kept for a while, and is not opened again: it takes a third scene to have all opened anew. */
const foreignScenes = 3;
const all = 10_000;

/** A page script: how many connections this page ever made, how many of those it ended, and how many the browser has collected (a page may have 500). */
const countPeers = `(() => {
  const Own = RTCPeerConnection;
  const counts = { made: 0, closed: 0, collected: 0, most: 0, mostEnded: 0 };
  const closed = new WeakSet();
  const registry = new FinalizationRegistry(() => { counts.collected += 1; });
  window.peerCounts = counts;
  window.RTCPeerConnection = class extends Own {
    constructor(...args) {
      super(...args);
      counts.made += 1;
      counts.most = Math.max(counts.most, counts.made - counts.collected);
      registry.register(this, null);
    }
    close() {
      if (!closed.has(this)) counts.closed += 1;
      closed.add(this);
      counts.mostEnded = Math.max(counts.mostEnded, counts.closed - counts.collected);
      super.close();
    }
  };
})()`;

const countsSchema = z.object({ made: z.int(), closed: z.int(), collected: z.int(), most: z.int(), mostEnded: z.int() });
const countsOf = async (page: Page) => countsSchema.parse(await page.evaluate('peerCounts'));

/** Tiles that changed their camera, scenes of which one never showed it, sessions opened for them, and the most connections the page held at once. */
interface Churned {
  changes: number;
  errors: number;
  made: number;
  most: number;
  /** Of those, the most that were ended and not collected. */
  mostEnded: number;
}

/** How it is known that a scene is shown. */
interface Pictures {
  /** The number in each picture says what it is. */
  readonly numbered: boolean;
  shown(wall: FootageWall, cameras: readonly number[]): Promise<unknown>;
}

/** Calls two scenes in turn until so many tiles have changed their camera. */
async function churnIn(
  wall: FootageWall,
  scenes: readonly (readonly number[])[],
  pictures: Pictures,
  total: number,
  say: (words: string) => void,
): Promise<Churned> {
  const result: Churned = { changes: 0, errors: 0, made: 0, most: 0, mostEnded: 0 };
  for (let turn = 0; result.changes < total; turn += 1) {
    const cameras = scenes[turn % scenes.length] ?? [];
    const { shown, numbered } = pictures;
    if (numbered) await wall.page.evaluate(`footage.expect(${JSON.stringify(footagesOf(cameras))})`);
    await wall.show(cameras);
    await shown(wall, cameras).catch((reason: unknown) => {
      result.errors += 1;
      say(`scene ${turn + 1} failed: ${reason instanceof Error ? reason.message : String(reason)}`);
    });
    result.changes += cameras.length;
    const { made, most, mostEnded } = await countsOf(wall.page);
    Object.assign(result, { made, most, mostEnded });
    if (turn % 10 !== 9) continue;
    say(
      `${result.changes} changes, ${result.errors} scenes failed, ${made} connections made, held at most ${most}, ${mostEnded} of them ended`,
    );
  }
  return result;
}

/** Every tile says that it is live with the camera it was told to show. Their pictures carry no number. */
async function untilLive(walls: FootageWalls, cameras: readonly number[]): Promise<void> {
  const missing = () => {
    const facts = walls.wall.facts();
    return cameras.flatMap((camera, tile) => {
      const fact = facts.find((one) => one.tile === tile);
      if (fact?.camera === `camera-${camera + 1}` && fact.state === 'live') return [];
      return [`tile ${tile + 1}: camera-${camera + 1} wanted, ${fact ? `${fact.camera} ${fact.state}` : 'nothing'} shown`];
    });
  };
  await until('every tile is live with its camera', () => missing().length === 0, 60_000).catch((reason: unknown) => {
    throw new Error(missing().join('; ') || 'live just after the time was up', { cause: reason });
  });
}

const range = (count: number, from: number) => Array.from({ length: count }, (_, index) => index + from);

/** Whether a page lives through a day of scene changes. */
export const churn: Story = {
  name: 'churn',
  about:
    'cameras changed in 16 tiles again and again, of our gateway and of a foreign server: scenes that fail, and connections the page holds (live and not yet collected)',
  async run({ quick, progress }) {
    const feed = await startVideoFeed();
    const letter = (number: number) => String.fromCharCode(97 + number);
    const names = range(foreignScenes * tiles, 0).map(
      (index) => `camera-${letter(index % tiles)}-${letter(Math.floor(index / tiles))}`,
    );
    const server = await startWhepServer(feed, Object.fromEntries(names.map((name) => [name, {}])));
    const walls = await openFootageWalls(
      footageCameras,
      names.map((name) => server.url(name)),
    ).catch(async (error: unknown) => {
      await server.close();
      await feed.close();
      throw error;
    });
    const inOnePage = async (part: typeof ours, scenes: number[][], pictures: Pictures) => {
      const wall = await walls.openOurs({ script: countPeers });
      const say = (words: string) => progress(`${part.name}: ${words}`);
      return churnIn(wall, scenes, pictures, quick ? part.quick : all, say).finally(wall.close);
    };
    try {
      // 20 apart: another footage in every tile.
      const own = await inOnePage(ours, [range(tiles, 0), range(tiles, 20)], {
        numbered: true,
        shown: (wall) => untilShown(wall.page),
      });
      const scenes = range(foreignScenes, 0).map((scene) => range(tiles, footageCameras + scene * tiles));
      const theirs = await inOnePage(foreign, scenes, {
        numbered: false,
        shown: (_, cameras) => untilLive(walls, cameras),
      });
      return [
        soleResult(`scenes that failed in ${own.changes} changes`, 'scenes', [own.errors], 0),
        soleResult('most connections held', 'connections', [own.most], 100),
        soleResult(`${foreign.name}: scenes that failed in ${theirs.changes} changes`, 'scenes', [theirs.errors], 0),
        soleResult(`${foreign.name}: connections made`, 'connections', [theirs.made], null),
        soleResult(`${foreign.name}: most connections held beyond the live ones`, 'connections', [theirs.mostEnded], 100),
      ];
    } finally {
      await walls.close();
      await server.close();
      await feed.close();
    }
  },
};
