import { afterEach, describe, expect, it } from 'vitest';
import { footageFps, footageSize } from '../support/rtsp/footage.ts';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { until } from '../support/until.ts';
import { isAlive, openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(args: readonly string[] = []) {
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const program = await startProgram(folder.path, args);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  return { folder, program, wall };
}

describe('the wall', () => {
  it('shows sixteen live cameras of the demonstration city, says that they are one, and ends without a trace', async () => {
    const { program, wall } = await start();
    await wall.waitForTiles(16, 'live');
    for (const tile of [0, 5, 15]) await wall.waitForPictures(tile, 15);
    expect((await wall.page.locator('body').innerText()).toLowerCase()).toContain('demonstration');
    const gateway = await program.gatewayPid();
    expect(await isAlive(gateway)).toBe(true);
    expect(await program.stop()).toBe(0);
    await until('the gateway has ended', async () => !(await isAlive(gateway)));
  });

  it("shows a foreign server's footage at its own rate and size", async () => {
    const server = await startGstRtspServer();
    ends.push(() => server.stop());
    const { wall } = await start(['--camera', server.url]);
    await wall.waitForTile(0, 'live');
    const before = await wall.pictures(0);
    await wall.waitForPictures(0, 60);
    const after = await wall.pictures(0);
    const fps = (after.frames - before.frames) / (after.seconds - before.seconds);
    expect(fps).toBeGreaterThan(footageFps * 0.8);
    expect(fps).toBeLessThan(footageFps * 1.2);
    const size = await wall.page.evaluate(
      "[document.querySelector('video').videoWidth, document.querySelector('video').videoHeight]",
    );
    expect(size).toEqual([footageSize.width, footageSize.height]);
    expect(server.count('play')).toBe(1);
  });

  it('says so when the camera dies, and comes back with nobody touching anything', async () => {
    const server = await startGstRtspServer();
    const { wall } = await start(['--camera', server.url]);
    await wall.waitForTile(0, 'live');
    await server.kill();
    await wall.waitForTile(0, 'stalled', 'retrying');
    await until('the tile names the camera', async () => (await wall.tileWords(0)).includes('The camera'));
    await expect.poll(() => wall.tileWords(0)).toMatch(/since \d\d:\d\d:\d\d/);
    const again = await startGstRtspServer({ port: server.port });
    ends.push(() => again.stop());
    await wall.waitForTile(0, 'live');
    await wall.waitForPictures(0, 5);
  });

  it('comes back after the gateway was killed', async () => {
    const server = await startGstRtspServer();
    ends.push(() => server.stop());
    const { program, wall } = await start(['--camera', server.url]);
    await wall.waitForTile(0, 'live');
    const gateway = await program.gatewayPid();
    // The new gateway may be there before anybody looks: what the tile said meanwhile is written down as it happens.
    await wall.page.evaluate(
      "window.states = []; new MutationObserver(() => window.states.push(document.querySelector('[data-tile]').dataset.state)).observe(document.querySelector('[data-tile]'), { attributes: true, attributeFilter: ['data-state'] })",
    );
    process.kill(gateway, 'SIGKILL');
    await until('there is a new gateway', async () => (await program.gatewayPid()) !== gateway);
    const wasNotLive = "window.states.some((state) => state !== 'live')";
    await until(
      'the tile said so, and is live again',
      () => wall.page.evaluate(`${wasNotLive} && window.states.at(-1) === 'live'`),
      60_000,
    );
    await wall.waitForPictures(0, 5);
  });

  it('goes on showing while main is dead, says so, and a new main takes over the same gateway', async () => {
    const server = await startGstRtspServer();
    ends.push(() => server.stop());
    const { folder, program, wall } = await start(['--camera', server.url]);
    await wall.waitForTile(0, 'live');
    const gateway = await program.gatewayPid();
    await program.kill();
    await until('the window says that Deedban is gone', async () =>
      (await wall.page.locator('body').innerText()).includes('does not answer on this PC'),
    );
    await wall.waitForPictures(0, 20);
    const next = await startProgram(folder.path, ['--camera', server.url]);
    ends.push(() => next.stop());
    await until(
      'the window is known again',
      async () => !(await wall.page.locator('body').innerText()).includes('does not answer on this PC'),
    );
    await wall.waitForPictures(0, 10);
    expect(await next.gatewayPid()).toBe(gateway);
    expect(server.count('play')).toBe(1);
  });

  it('tries a wrong password once, and says so in words', async () => {
    const server = await startGstRtspServer({ credentials: { user: 'operator', password: 'right' } });
    ends.push(() => server.stop());
    const { wall, program } = await start(['--camera', server.url.replace('rtsp://', 'rtsp://operator:wr0ng-secret@')]);
    await wall.waitForTile(0, 'refused');
    await expect.poll(() => wall.tileWords(0)).toContain('refuses the user name or password');
    const tries = server.count('connected');
    // Another window asks for the same camera: the camera is not asked again.
    const second = await openWall(program.address());
    ends.push(second.close);
    await second.waitForTile(0, 'refused');
    expect(server.count('connected')).toBe(tries);
    expect(server.count('play')).toBe(0);
    expect(program.said()).not.toContain('wr0ng-secret');
  });
});
