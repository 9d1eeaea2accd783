import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { record } from '../gateway/support/recording.ts';
import { startFootageServer } from '../support/footage/footage-server.ts';
import { until } from '../support/until.ts';
import { noteUnfounded, noteVerdicts } from '../support/verdict-notes.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A wall of such cameras, one in each tile. */
async function start(...shapes: readonly Parameters<typeof record>[0][]) {
  const cameras = await Promise.all(
    shapes.map(async (shape) => {
      const recording = await record(shape);
      const camera = await startFootageServer(() => Promise.resolve(recording));
      ends.push(() => camera.close());
      return camera;
    }),
  );
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const addresses = cameras.flatMap(({ port }) => ['--camera', `rtsp://127.0.0.1:${port}/0`]);
  const program = await startProgram(folder.path, addresses);
  ends.push(() => program.stop());
  const open = async () => {
    const wall = await openWall(program.address());
    ends.push(wall.close);
    return wall;
  };
  return { cameras, open, wall: await open() };
}

/** Of each tile: pictures a second, and how far apart its key pictures are (s). All are longer than the test: what comes round is rightly called a loop. */
const shapes = [
  { seconds: 90, fps: 10, keyEverySeconds: 30 },
  { seconds: 90, fps: 2, keyEverySeconds: 30 },
  { seconds: 90, fps: 2, keyEverySeconds: 2 },
];
/** Those with rare key pictures. */
const rare = [0, 1];

describe('cameras with two pictures a second, and with one key picture in thirty seconds', () => {
  it('are live and never called stalled while their pictures come, open for a second viewer long before their next key picture, are stalled when they stop, and live again', async () => {
    const { cameras, wall, open } = await start(...shapes);
    await wall.waitForTiles(shapes.length, 'live');
    // The pace of two a second is known after some pictures.
    for (const [tile, { fps }] of shapes.entries()) await wall.waitForPictures(tile, 3 * fps);
    const noteOn = (page: Page, tiles: readonly number[]) =>
      Promise.all(tiles.map((tile) => noteUnfounded(page, tile, 1_500 / (shapes[tile]?.fps ?? 1))));
    const unfounded = await noteOn(wall.page, [...shapes.keys()]);
    const second = await open();
    await second.waitForTiles(shapes.length, 'live');
    for (const tile of rare) {
      // The present picture, not an old one with its age: what it says of it is the quiet mark.
      await second.page.locator(`[data-tile="${tile}"][data-verdict="live"]`).waitFor();
      await second.waitForPictures(tile, shapes[tile]?.fps ?? 0);
    }
    const keyAfter = (tile: number) => 30 * (shapes[tile]?.fps ?? 0);
    const sentUs = (tile: number, picture: number) => cameras[tile]?.sentUs(0)[picture] ?? 0;
    expect(rare.map((tile) => [sentUs(tile, keyAfter(tile)), cameras[tile]?.connections()])).toEqual(rare.map(() => [0, 1]));
    unfounded.push(...(await noteOn(second.page, rare)));
    // Beyond their next key pictures.
    const beyond = (tile: number) => sentUs(tile, keyAfter(tile) + 2 * (shapes[tile]?.fps ?? 0)) > 0;
    await until('the next key pictures have come', () => rare.every(beyond), 60_000);
    for (const each of unfounded) expect(await each.seen()).toEqual([]);

    await wall.page.locator('[data-tile="2"][data-verdict="live"]').waitFor();
    const verdicts = await noteVerdicts(wall.page, 2);
    for (const camera of cameras) camera.behave(null, 'silent');
    for (const tile of shapes.keys()) {
      await wall.waitForTile(tile, 'stalled');
      await second.waitForTile(tile, 'stalled');
    }
    await expect.poll(async () => (await verdicts.seen()).find((verdict) => verdict !== 'live')).toBe('stalled');
    cameras[2]?.behave(null, 'plays');
    await wall.waitForTile(2, 'live');
  });
});
