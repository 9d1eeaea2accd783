import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { createSimulatedOnvif } from '../../../main/gateway/simulated-ptz/simulated-onvif.ts';
import { systemClock as clock } from '../../../main/ports/clock.ts';
import { startTcpRelay } from '../../support/relay/tcp-relay.ts';
import { until } from '../../support/until.ts';

const steeringMain = fileURLToPath(new URL('../../ptz/children/steering-main.ts', import.meta.url));
const credentials = { user: 'operator', password: 'bench' };

export type Death = 'mainKilled' | 'mainHangs' | 'networkCut';

/** A main of its own process, with its guard, steers a camera and dies in mid-move: until the camera stands, ms. */
export async function timesToStill(runs: number): Promise<Record<Death, number[]>> {
  const found: Record<Death, number[]> = { mainKilled: [], mainHangs: [], networkCut: [] };
  for (let run = 0; run < runs; run += 1) {
    // Not in step with the heartbeat or the renewal.
    const inMs = 700 + run * 130;
    found.mainKilled.push(await timeToStill(inMs, true, (main) => main.kill('SIGKILL')));
    found.mainHangs.push(await timeToStill(inMs, true, (main) => main.kill('SIGSTOP')));
    found.networkCut.push(await timeToStill(inMs, false, (_, cut) => cut()));
  }
  return found;
}

async function timeToStill(
  inMs: number,
  ignoresTimeout: boolean,
  die: (main: ChildProcess, cut: () => void) => void,
): Promise<number> {
  const device = await createSimulatedOnvif({ clock, credentials, serial: 'bench' });
  // Where a guard is measured, the camera's own timeout must not do its work.
  device.behave({ ignoresTimeout });
  const relay = await startTcpRelay(Number(new URL(device.url).port));
  const main = spawn(process.execPath, [steeringMain], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(main, 'exit');
  try {
    main.stdin.write(`${JSON.stringify({ url: device.url.replace(/:\d+/, `:${relay.port}`), credentials })}\n`);
    await once(main.stdout, 'data');
    await until('the camera moves', () => device.camera.isMoving());
    await pause(inMs);
    const diedMs = performance.now();
    die(main, () => relay.cut());
    while (device.camera.isMoving()) await pause(1);
    return performance.now() - diedMs;
  } finally {
    relay.mend();
    main.kill('SIGKILL');
    await exited;
    // The guard stops what it thinks moves, and ends, while the camera still answers.
    await pause(500);
    await relay.close();
    await device.close();
  }
}
