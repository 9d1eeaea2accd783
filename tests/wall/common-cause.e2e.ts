import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { startFootageServer } from '../support/footage/footage-server.ts';
import { numberedFootage } from '../support/footage/numbered-footage.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder, type WallDriver } from '../support/wall-driver.ts';
import { startVideoFeed, type VideoFeed } from '../support/whep/video-feed.ts';
import { startWhepServer } from '../support/whep/whep-server.ts';

let feed: VideoFeed;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  feed = await startVideoFeed();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => feed.close());

interface Given {
  readonly site: string;
  readonly address: string;
}

/** The wall of these cameras, all live. */
async function start(cameras: readonly Given[]) {
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const file = join(folder.path, 'cameras.csv');
  const lines = cameras.map(
    ({ site, address }, index) => `c${index},${index + 1},Camera ${index + 1},,${site},,,fixed,${address},`,
  );
  await writeFile(file, ['id,number,name,district,site,lat,lon,kind,main,sub', ...lines].join('\n'));
  const program = await startProgram(join(folder.path, 'data'), ['--cameras', file]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  await wall.waitForTiles(cameras.length, 'live');
  return { program, wall };
}

/** The lines of common causes, in words. */
const causes = (wall: WallDriver) => wall.page.locator('[data-cause]').allInnerTexts();
const saysOnly = (wall: WallDriver, words: RegExp) =>
  until(
    `one line says ${words}`,
    async () => {
      const lines = await causes(wall);
      return lines.length === 1 && words.test(lines[0] ?? '');
    },
    60_000,
  );
const saysNothing = (wall: WallDriver) => until('no line is left', async () => (await causes(wall)).length === 0, 60_000);

/** Cameras that speak RTSP, with one recording for all of them. */
async function rtspCameras() {
  const footage = await numberedFootage(0);
  const server = await startFootageServer(() => Promise.resolve(footage));
  ends.push(() => server.close());
  return {
    ...server,
    at: (site: string, from: number, count: number): Given[] =>
      Array.from({ length: count }, (_, index) => ({ site, address: `rtsp://127.0.0.1:${server.port}/${from + index}` })),
  };
}

describe('many tiles that go dark together', () => {
  it('behind one foreign gateway are one line with their number, until it is back', async () => {
    const names = 'abcdefghijklmn'.split('').map((letter) => `cam-${letter}`);
    const habits = Object.fromEntries(names.map((name) => [name, {}]));
    let server = await startWhepServer(feed, habits);
    const { port } = server;
    ends.push(() => server.close());
    const sites = ['Khyber Bazar', 'Saddar', 'Firdous'];
    const { wall } = await start(names.map((name, index) => ({ site: sites[index % 3] ?? '', address: server.url(name) })));
    await saysNothing(wall);
    await server.close();
    await saysOnly(wall, /^The gateway \u2068127\.0\.0\.1:\d+\u2069 does not answer\.\s+14 cameras/);
    server = await startWhepServer(feed, habits, { port });
    await wall.waitForTiles(names.length, 'live');
    await saysNothing(wall);
  });

  it('behind the embedded gateway are one line too, for as long as it does not stay alive', async () => {
    const cameras = await rtspCameras();
    const { wall, program } = await start(cameras.at('', 0, 9));
    await until(
      'the line is there',
      async () => {
        try {
          process.kill(await program.gatewayPid(), 'SIGKILL');
        } catch {
          // It is dead already, and its successor is not there yet.
        }
        return /^Our gateway on this PC does not answer\.\s+9 cameras/.test((await causes(wall)).join());
      },
      60_000,
    );
    await wall.waitForTiles(9, 'live');
    await saysNothing(wall);
  });

  it('at one site are one line that names it, while the other sites go on', async () => {
    const [here, there] = [await rtspCameras(), await rtspCameras()];
    const { wall } = await start([...here.at('Hayatabad Toll', 0, 5), ...there.at('Saddar', 0, 4)]);
    here.cut(true);
    await saysOnly(wall, /^\u2068Hayatabad Toll\u2069: no camera gives a picture\.\s+5 cameras/);
    await wall.waitForTiles(4, 'live');
    here.cut(false);
    await wall.waitForTiles(9, 'live');
    await saysNothing(wall);
  });
});
