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

async function start(shape: Parameters<typeof record>[0]) {
  const recording = await record(shape);
  const camera = await startFootageServer(() => Promise.resolve(recording));
  ends.push(() => camera.close());
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const program = await startProgram(folder.path, ['--camera', `rtsp://127.0.0.1:${camera.port}/0`]);
  ends.push(() => program.stop());
  const open = async () => {
    const wall = await openWall(program.address());
    ends.push(wall.close);
    return wall;
  };
  return { camera, open, wall: await open() };
}

describe('a camera with two pictures a second', () => {
  it('is live and never stalled, is stalled when it stops, and live again', async () => {
    // Longer than the test: what comes round is rightly called a loop.
    const { camera, wall } = await start({ seconds: 90, fps: 2, keyEverySeconds: 2 });
    await wall.waitForTile(0, 'live');
    // Its pace is known after some pictures.
    await wall.waitForPictures(0, 6);
    const verdicts = await noteVerdicts(wall.page, 0);
    await wall.waitForPictures(0, 24);
    expect(await verdicts.seen()).toEqual(['live']);
    camera.behave(null, 'silent');
    await wall.waitForTile(0, 'stalled');
    expect((await verdicts.seen()).slice(0, 2)).toEqual(['live', 'stalled']);
    camera.behave(null, 'plays');
    await wall.waitForTile(0, 'live');
  });
});

describe.each([10, 2])('a camera with one key picture in thirty seconds, and %i pictures a second', (fps) => {
  it('is live and never stalled, opens for a second viewer long before its next key picture, and is stalled when it stops', async () => {
    const { camera, wall, open } = await start({ seconds: 60, fps, keyEverySeconds: 30 });
    await wall.waitForTile(0, 'live');
    const verdicts = await noteVerdicts(wall.page, 0);
    await wall.waitForPictures(0, 3 * fps);
    const second = await open();
    await second.waitForTile(0, 'live');
    // The present picture, not an old one with its age: what it says of it is the quiet mark.
    expect(await second.page.locator('[data-tile="0"]').getAttribute('data-verdict')).toBe('live');
    await second.waitForPictures(0, fps);
    const nextKey = 30 * fps;
    expect([camera.sentUs(0)[nextKey], camera.connections()]).toEqual([0, 1]);
    const secondVerdicts = await noteVerdicts(second.page, 0);
    // Beyond its next key picture.
    await until('the next key picture has come', () => (camera.sentUs(0)[nextKey + 2 * fps] ?? 0) > 0, 60_000);
    expect([await verdicts.seen(), await secondVerdicts.seen()]).toEqual([['live'], ['live']]);
    camera.behave(null, 'silent');
    await wall.waitForTile(0, 'stalled');
    await second.waitForTile(0, 'stalled');
  });
});
