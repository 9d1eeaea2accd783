import { setTimeout as pass } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { errorCode } from '../../main/stores/explain-fs-error.ts';
import { family } from '../host/support/processes.ts';
import { startGstRtspServer } from '../support/rtsp/gst-rtsp-server.ts';
import { sampledCount } from '../support/sampled.ts';
import { until } from '../support/until.ts';
import { openWall, startProgram, temporaryFolder } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A minute with `--deep`: by then every connection has been given up by somebody. */
const asleepMs = sampledCount(5, 60) * 1_000;

/** A process of the browser may end by itself just before. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

async function start() {
  const server = await startGstRtspServer();
  ends.push(() => server.stop());
  // The camera is elsewhere and does not sleep.
  const awake = new Set(family(process.pid).map(({ pid }) => pid));
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  const program = await startProgram(folder.path, ['--camera', server.url, '--camera', server.url]);
  ends.push(() => program.stop());
  const wall = await openWall(program.address());
  ends.push(wall.close);
  await wall.waitForTiles(2, 'live');
  await wall.page.evaluate('window.same = true');
  const gateway = await program.gatewayPid();
  const pc = () => family(process.pid).filter(({ pid }) => !awake.has(pid));
  const sleep = async (which: (each: ReturnType<typeof pc>[number]) => boolean) => {
    const asleep = pc().filter(which);
    expect(asleep.length).toBeGreaterThan(0);
    // Whatever comes, nothing stays suspended: it could not be ended.
    const wake = () => {
      for (const { pid } of asleep.splice(0)) if (pc().some((each) => each.pid === pid)) signal(pid, 'SIGCONT');
    };
    ends.push(async () => wake());
    for (const { pid } of asleep) signal(pid, 'SIGSTOP');
    await pass(asleepMs);
    wake();
  };
  const well = async () => {
    for (const tile of [0, 1]) {
      await wall.waitForTile(tile, 'live');
      await wall.waitForPictures(tile, 20);
      const verdict = () => wall.page.locator(`[data-tile="${tile}"]`).getAttribute('data-verdict');
      await until(`tile ${tile} says that it is live`, async () => (await verdict()) === 'live', 60_000);
    }
    expect(await wall.page.evaluate('window.same === true')).toBe(true);
  };
  return { wall, program, gateway, sleep, well };
}

describe('processes that were suspended', () => {
  it('go on where they were when the whole PC wakes up: live pictures on the same page', async () => {
    const { sleep, well } = await start();
    await sleep(() => true);
    await well();
  });

  it('go on when only the gateway stood still, in the same gateway or the next', async () => {
    const { gateway, sleep, well } = await start();
    await sleep(({ pid }) => pid === gateway);
    await well();
  });

  it('go on when only the browser stood still', async () => {
    const { sleep, well } = await start();
    await sleep(({ command }) => command.includes('chromium'));
    await well();
  });
});
