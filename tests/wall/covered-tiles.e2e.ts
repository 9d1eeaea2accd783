import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampledCount } from '../support/sampled.ts';
import { until } from '../support/until.ts';
import { startProgram, type StartedProgram, temporaryFolder } from '../support/wall-driver.ts';

const tiles = 16;
const rounds = sampledCount(4, 200);

/** Notes what passes between the page, its connections and its worker, from outside of the program. */
const notes = `
  const connections = [];
  const taps = new Map();
  const Connection = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Connection {
    constructor(...given) { super(...given); connections.push(this); }
  };
  const Own = Worker;
  globalThis.Worker = class extends Own {
    constructor(...given) {
      super(...given);
      if (given[1]?.name !== 'frames') return;
      this.addEventListener('message', ({ data }) => { for (const { line, facts } of data) taps.set(line, facts); });
    }
  };
  globalThis.counted = async () => {
    const decoded = {};
    for (const [index, connection] of connections.entries()) {
      if (connection.connectionState === 'closed') continue;
      for (const stats of (await connection.getStats()).values()) {
        if (stats.type === 'inbound-rtp') decoded[index] = stats.framesDecoded;
      }
    }
    return { decoded, taps: Object.fromEntries(taps) };
  };
`;
const countedSchema = z.object({
  /** Pictures decoded by each connection that is open. */
  decoded: z.record(z.string(), z.number()),
  /** What the worker told of each line last; of a line that shows another stream it begins anew. */
  taps: z.record(z.string(), z.object({ lastMs: z.number().nullable(), keyRepeats: z.number(), sequenceRepeats: z.number() })),
});

type Counted = z.infer<typeof countedSchema>;

let program: StartedProgram;
let browser: Browser;
let page: Page;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  program = await startProgram(folder.path);
  ends.push(() => program.stop());
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required'],
  });
  ends.push(() => browser.close());
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.addInitScript(notes);
  await page.goto(program.address());
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

const counted = async () => countedSchema.parse(await page.evaluate('counted()'));
const inState = (state: string) => page.locator(`[data-tile][data-state="${state}"]`).count();
const awaitState = (state: string, count: number) =>
  until(`${count} tiles are ${state}`, async () => (await inState(state)) === count, 60_000);

/** Waits until one tile goes on by some pictures while no other is decoded, and gives what was counted then. */
const awaitAsleep = () =>
  until('nothing but the enlarged tile is decoded', async () => {
    const before = await counted();
    const steps = (now: Counted) => Object.entries(now.decoded).map(([id, count]) => count - (before.decoded[id] ?? 0));
    const after = await until('some tile has new pictures', async () => {
      const now = await counted();
      return steps(now).some((step) => step > 4) ? now : null;
    });
    return steps(after).filter((step) => step > 0).length === 1 ? after : null;
  });

/** Enlarges a tile over all others, or takes that back. */
const toggle = (tile: number) => page.locator(`[data-tile="${tile}"]`).dblclick({ position: { x: 80, y: 90 } });

describe('covered tiles', () => {
  it(
    'decode nothing while their pictures are still seen by the tap, and are live again when they are uncovered',
    async () => {
      await awaitState('live', tiles);
      for (let round = 0; round < rounds; round += 1) {
        const enlarged = round % tiles;
        await toggle(enlarged);
        await awaitState('hidden', tiles - 1);
        const seen = await awaitAsleep();
        await until('the tap has seen new pictures of all tiles', async () => {
          const { taps } = await counted();
          // By time and not by number: the tile that was enlarged before goes back to its smaller stream meanwhile, and is counted anew.
          return Object.entries(taps).filter(([id, { lastMs }]) => (lastMs ?? 0) > (seen.taps[id]?.lastMs ?? 0)).length === tiles;
        });
        // The enlarged one may be held up by a busy PC; no covered one is called so.
        expect(await inState('hidden')).toBe(tiles - 1);
        await toggle(enlarged);
        await awaitState('live', tiles);
      }
      // Each picture of the demonstration is new, and a key picture that was sent again on demand is no repeat.
      const taps = Object.values((await counted()).taps);
      expect(taps.length).toBeGreaterThanOrEqual(tiles);
      expect(taps.filter(({ keyRepeats, sequenceRepeats }) => keyRepeats + sequenceRepeats > 0)).toEqual([]);
    },
    180_000 + rounds * 15_000,
  );

  it('show an old picture, from its first moment on with its age, until the next one comes', async () => {
    await awaitState('live', tiles);
    await toggle(0);
    await awaitState('hidden', tiles - 1);
    // Told by the page itself: what a tile says in the first moment is gone before it could be asked from here.
    await page.evaluate(`
      globalThis.said = [];
      globalThis.ageless = [];
      const tile = document.querySelector('[data-tile="3"]');
      new MutationObserver(() => {
        if (tile.dataset.state === 'opening') said.push({ words: tile.textContent, filter: getComputedStyle(tile.querySelector('video')).filter });
      }).observe(tile, { subtree: true, childList: true, characterData: true, attributes: true });
      const look = () => {
        const { state, verdict } = tile.dataset;
        const seen = tile.querySelector('video').checkVisibility({ visibilityProperty: true });
        if (seen && verdict !== 'live' && verdict !== 'keys' && !/\\d+ s/.test(tile.textContent)) ageless.push(state + ' ' + verdict + ' ' + tile.textContent);
        requestAnimationFrame(look);
      };
      look();
    `);
    await awaitAsleep();
    await toggle(0);
    await awaitState('live', tiles);
    const said = z.array(z.object({ words: z.string(), filter: z.string() })).parse(await page.evaluate('said'));
    expect(said.some(({ words, filter }) => /\d+ s/.test(words) && filter.includes('grayscale'))).toBe(true);
    expect(await page.evaluate('ageless')).toEqual([]);
  });
});
