import { chromium } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import { openBenchSeat } from '../bench/bench-seat.ts';
import { openBenchWall } from '../bench/bench-wall.ts';
import { markCount } from '../../core/streams/session-wish.ts';
import { until } from '../support/until.ts';
import { switchWatch } from './switch-watch.ts';

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const tiles = (count: number) => Array.from({ length: count }, (_, tile) => tile);
/** Eight cameras, each in several tiles. */
const before = (count: number) => tiles(count).map((tile) => 101 + (tile % 8));
/** Another one in every tile: cameras that are open already in the odd ones, four that nobody has opened yet in the others. */
const after = (count: number) => tiles(count).map((tile) => (tile % 2 === 1 ? 101 + ((tile + 3) % 8) : 109 + (tile % 8)));

async function open(count: number) {
  const side = Math.sqrt(count);
  const wall = await openBenchWall();
  ends.push(() => wall.running.close());
  const { program } = wall.running.services;
  const seat = await openBenchSeat(program);
  ends.push(() => seat.close());
  const show = async (cameras: readonly number[]) => {
    const contents = cameras.map((number) => ({ kind: 'camera' as const, camera: cameraIdSchema.parse(`demo-${number}`) }));
    const displays = [{ displayId: 'wall', layout: gridLayout(side, side), contents }];
    expect((await seat.call('wall.change', { change: { type: 'show', displays } })).refusal).toBeNull();
  };
  const clear = () => seat.call('wall.change', { change: { type: 'clear', displayId: 'wall' } });
  await show(before(count));
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required'],
  });
  ends.push(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await switchWatch.note(page);
  await page.goto(wall.address());
  const areShown = (cameras: readonly number[]) =>
    until(
      'all tiles are live with their cameras',
      async () => {
        const shown = cameras.map((number, tile) => `[data-tile="${tile}"][data-state="live"][data-shown="demo-${number}"]`);
        return (await page.locator(shown.join(',')).count()) === cameras.length;
      },
      60_000,
    );
  await areShown(before(count));
  await switchWatch.watch(page);
  // Of each a picture from before, to tell the first of another camera from.
  await until('a picture of each tile was noted', async () =>
    (await switchWatch.seen(page)).tiles.every(({ pictures }) => pictures.length > 0),
  );
  return { wall, page, show, clear, areShown };
}

describe('a scene called on a live wall', () => {
  it('comes into the open sessions: nothing is negotiated, no tile goes dark, and each says what it shows in the frame that shows it', async () => {
    const { wall, page, show, areShown } = await open(16);
    const opened = (await switchWatch.seen(page)).asked.length;
    await show(after(16));
    await areShown(after(16));
    // And back, which is warm.
    await show(before(16));
    await areShown(before(16));
    const { tiles, asked } = await switchWatch.seen(page);
    const later = asked.slice(opened);
    expect(new Set(later.map(({ method }) => method))).toEqual(new Set(['PUT']));
    for (const { tile, states, black, looks, remounted, said, pictures } of tiles) {
      // The cameras are drawn and encoded on this very machine: while four more begin, one may truly be late, and its tile says so.
      const dark = states.filter((state) => state !== 'stalled' && state !== 'live');
      expect({ tile, dark, black, remounted }).toEqual({ tile, dark: [], black: 0, remounted: false });
      expect(looks).toBeGreaterThan(0);
      expect(said.map(({ shown }) => shown)).toEqual([`demo-${after(16)[tile]}`, `demo-${before(16)[tile]}`]);
      for (const { shown, caption } of said) expect(caption).toContain(shown.replace('demo-', ''));
      // The frames in which another camera's pictures began, by the mark in their RTP time.
      const began = pictures.filter(
        ({ rtpTimestamp }, at) => at > 0 && (rtpTimestamp - (pictures[at - 1]?.rtpTimestamp ?? 0)) % markCount !== 0,
      );
      // What takes longer than half a second is named with the old picture that covers it.
      for (const [at, { frameMs, aged }] of said.entries()) if (!aged) expect(frameMs).toBe(began[at]?.frameMs);
      expect(began).toHaveLength(said.length);
    }
    await until('main hears of the cameras that are on the glass', () =>
      wall.facts().every(({ tile, camera }) => camera === `demo-${before(16)[tile]}`),
    );
  });

  it('of 36 tiles leaves none of them dark, and is one question of the window', async () => {
    const { page, show, areShown } = await open(36);
    const opened = (await switchWatch.seen(page)).asked.length;
    const made = await page.evaluate('peersMade');
    await show(after(36));
    await areShown(after(36));
    const { tiles: seen, asked } = await switchWatch.seen(page);
    for (const { tile, states, black, looks, remounted } of seen) {
      const dark = states.filter((state) => state !== 'stalled' && state !== 'live');
      expect({ tile, dark, black, remounted }).toEqual({ tile, dark: [], black: 0, remounted: false });
      expect(looks).toBeGreaterThan(0);
    }
    expect(new Set(asked.slice(opened).map(({ method }) => method))).toEqual(new Set(['PUT']));
    const [scene] = asked.slice(opened);
    expect(scene?.wishes).toBe(36);
    expect(await page.evaluate('peersMade')).toBe(made);
  });
});

describe('a wall that is cleared', () => {
  it('is filled again over the connections it had', async () => {
    const { page, show, clear, areShown } = await open(16);
    const made = await page.evaluate('peersMade');
    await clear();
    await until('no tile is live', async () => (await page.locator('[data-tile][data-state="live"]').count()) === 0);
    await show(after(16));
    await areShown(after(16));
    expect(await page.evaluate('peersMade')).toBe(made);
    await clear();
    // At once, while what was cleared is still being told so.
    await show(before(16));
    await areShown(before(16));
    expect(await page.evaluate('peersMade')).toBe(made);
  });
});
