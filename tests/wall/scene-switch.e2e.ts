import { chromium } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import { openBenchSeat } from '../bench/bench-seat.ts';
import { openBenchWall } from '../bench/bench-wall.ts';
import { until } from '../support/until.ts';
import { switchWatch } from './switch-watch.ts';

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const numbers = Array.from({ length: 16 }, (_, tile) => tile);
/** Eight cameras, each in two tiles. */
const before = numbers.map((tile) => 101 + (tile % 8));
/** Another one in every tile: cameras that are open already in the odd ones, four that nobody has opened yet in the others. */
const after = numbers.map((tile) => (tile % 2 === 1 ? 101 + ((tile + 3) % 8) : 109 + (tile % 8)));

async function open() {
  const wall = await openBenchWall();
  ends.push(() => wall.running.close());
  const { program } = wall.running.services;
  const seat = await openBenchSeat(program);
  ends.push(() => seat.close());
  const show = async (cameras: readonly number[]) => {
    const contents = cameras.map((number) => ({ kind: 'camera' as const, camera: cameraIdSchema.parse(`demo-${number}`) }));
    const displays = [{ displayId: 'wall', layout: gridLayout(4, 4), contents }];
    expect((await seat.call('wall.change', { change: { type: 'show', displays } })).refusal).toBeNull();
  };
  await show(before);
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
  await areShown(before);
  await switchWatch.watch(page);
  // Of each a picture from before, to tell the first of another camera from.
  await until('a picture of each tile was noted', async () =>
    (await switchWatch.seen(page)).tiles.every(({ pictures }) => pictures.length > 0),
  );
  return { wall, page, show, areShown };
}

describe('a scene called on a live wall', () => {
  it('comes into the open sessions: nothing is negotiated, no tile goes dark, and each says what it shows in the frame that shows it', async () => {
    const { wall, page, show, areShown } = await open();
    const opened = (await switchWatch.seen(page)).asked.length;
    await show(after);
    await areShown(after);
    // And back, which is warm.
    await show(before);
    await areShown(before);
    const { tiles, asked } = await switchWatch.seen(page);
    const later = asked.slice(opened);
    expect(new Set(later.map(({ method }) => method))).toEqual(new Set(['PUT']));
    for (const { tile, states, black, looks, remounted, said, pictures } of tiles) {
      // The cameras are drawn and encoded on this very machine: while four more begin, one may truly be late, and its tile says so.
      const dark = states.filter((state) => state !== 'stalled' && state !== 'live');
      expect({ tile, dark, black, remounted }).toEqual({ tile, dark: [], black: 0, remounted: false });
      expect(looks).toBeGreaterThan(0);
      expect(said.map(({ shown }) => shown)).toEqual([`demo-${after[tile]}`, `demo-${before[tile]}`]);
      for (const { shown, caption } of said) expect(caption).toContain(shown.replace('demo-', ''));
      // The frames in which another camera's pictures began, by the last bit of their RTP time.
      const began = pictures.filter(
        ({ rtpTimestamp }, at) => at > 0 && (rtpTimestamp - (pictures[at - 1]?.rtpTimestamp ?? 0)) % 2 !== 0,
      );
      expect(said.map(({ frameMs }) => frameMs)).toEqual(began.map(({ frameMs }) => frameMs));
    }
    await until('main hears of the cameras that are on the glass', () =>
      wall.facts().every(({ tile, camera }) => camera === `demo-${before[tile]}`),
    );
  });
});
