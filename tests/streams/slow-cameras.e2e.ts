import { afterEach, describe, expect, it } from 'vitest';
import { record } from '../gateway/support/recording.ts';
import { startFootageServer } from '../support/footage/footage-server.ts';
import { until } from '../support/until.ts';
import { noteVerdicts } from '../support/verdict-notes.ts';
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

describe('a camera with two pictures a second', () => {
  it('is live and never stalled, is stalled when it stops, and live again', async () => {
    // Longer than the test: what comes round is rightly called a loop.
    const { cameras, wall } = await start({ seconds: 90, fps: 2, keyEverySeconds: 2 });
    await wall.waitForTile(0, 'live');
    // Its pace is known after some pictures.
    await wall.waitForPictures(0, 6);
    const verdicts = await noteVerdicts(wall.page, 0);
    await wall.waitForPictures(0, 24);
    expect(await verdicts.seen()).toEqual(['live']);
    cameras[0]?.behave(null, 'silent');
    await wall.waitForTile(0, 'stalled');
    expect((await verdicts.seen()).slice(0, 2)).toEqual(['live', 'stalled']);
    cameras[0]?.behave(null, 'plays');
    await wall.waitForTile(0, 'live');
  });
});

describe('cameras with one key picture in thirty seconds, one of ten pictures a second and one of two', () => {
  it('are live and never stalled, open for a second viewer long before their next key picture, and are stalled when they stop', async () => {
    const rates = [10, 2];
    const { cameras, wall, open } = await start(...rates.map((fps) => ({ seconds: 60, fps, keyEverySeconds: 30 })));
    await wall.waitForTiles(rates.length, 'live');
    const verdicts = await Promise.all(rates.map((_, tile) => noteVerdicts(wall.page, tile)));
    for (const [tile, fps] of rates.entries()) await wall.waitForPictures(tile, 3 * fps);
    const second = await open();
    await second.waitForTiles(rates.length, 'live');
    for (const [tile, fps] of rates.entries()) {
      // The present picture, not an old one with its age: what it says of it is the quiet mark.
      expect(await second.page.locator(`[data-tile="${tile}"]`).getAttribute('data-verdict')).toBe('live');
      await second.waitForPictures(tile, fps);
    }
    const sentUs = (tile: number, picture: number) => cameras[tile]?.sentUs(0)[picture] ?? 0;
    const facts = rates.map((fps, tile) => [sentUs(tile, 30 * fps), cameras[tile]?.connections()]);
    expect(facts).toEqual(rates.map(() => [0, 1]));
    verdicts.push(...(await Promise.all(rates.map((_, tile) => noteVerdicts(second.page, tile)))));
    // Beyond their next key pictures.
    await until('the next key pictures have come', () => rates.every((fps, tile) => sentUs(tile, 32 * fps) > 0), 60_000);
    for (const each of verdicts) expect(await each.seen()).toEqual(['live']);
    for (const camera of cameras) camera.behave(null, 'silent');
    for (const tile of rates.keys()) {
      await wall.waitForTile(tile, 'stalled');
      await second.waitForTile(tile, 'stalled');
    }
  });
});
