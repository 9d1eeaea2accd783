import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { errorCode } from '../../main/stores/explain-fs-error.ts';
import { startFootageCameras } from '../support/footage/footage-cameras.ts';
import { family } from '../host/support/processes.ts';
import { sampledCount } from '../support/sampled.ts';
import { until } from '../support/until.ts';
import { openWall, type StartedProgram, startProgram, temporaryFolder, type WallDriver } from '../support/wall-driver.ts';

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
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

/** What runs on other machines, as cameras do, and does not sleep. */
let elsewhere: ReadonlySet<number>;
let program: StartedProgram;
let wall: WallDriver;
beforeAll(async () => {
  const cameras = await startFootageCameras([], 2);
  ends.push(cameras.close);
  elsewhere = new Set(family(process.pid).map(({ pid }) => pid));
  const folder = await temporaryFolder();
  ends.push(folder.remove);
  program = await startProgram(folder.path, ['--camera', cameras.url(0), '--camera', cameras.url(1)]);
  ends.push(() => program.stop());
  wall = await openWall(program.address());
  ends.push(wall.close);
  await wall.waitForTiles(2, 'live');
  await wall.page.evaluate('window.same = true');
});

const pc = () => family(process.pid).filter(({ pid }) => !elsewhere.has(pid));

async function sleep(which: (each: ReturnType<typeof pc>[number]) => boolean): Promise<void> {
  const asleep = pc().filter(which);
  expect(asleep.length).toBeGreaterThan(0);
  const wake = () => {
    for (const { pid } of asleep.splice(0)) if (pc().some((each) => each.pid === pid)) signal(pid, 'SIGCONT');
  };
  // Whatever comes, nothing stays suspended: it could not be ended.
  onTestFinished(wake);
  for (const { pid } of asleep) signal(pid, 'SIGSTOP');
  await pass(asleepMs);
  wake();
}

async function expectLive(): Promise<void> {
  for (const tile of [0, 1]) {
    await wall.waitForTile(tile, 'live');
    await wall.waitForPictures(tile, 20);
    const verdict = () => wall.page.locator(`[data-tile="${tile}"]`).getAttribute('data-verdict');
    await until(`tile ${tile} says that it is live`, async () => (await verdict()) === 'live', 60_000);
  }
  expect(await wall.page.evaluate('window.same === true')).toBe(true);
}

describe('processes that were suspended', () => {
  it('go on where they were when the whole PC wakes up: live pictures on the same page', async () => {
    await sleep(() => true);
    await expectLive();
  });

  it('go on when only the browser stood still', async () => {
    await sleep(({ command }) => command.includes('chromium'));
    await expectLive();
  });

  it('go on when only the gateway stood still, in the same gateway or the next', async () => {
    const gateway = await program.gatewayPid();
    await sleep(({ pid }) => pid === gateway);
    await expectLive();
  });
});
