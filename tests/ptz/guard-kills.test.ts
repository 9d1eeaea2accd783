import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { until } from '../support/until.ts';
import { operator, simulated } from './simulated.ts';

/** A main that steers the device, which would move on for ever if nobody stopped it. */
async function steeringMain() {
  const { device, heard } = await simulated({ ignoresTimeout: true });
  const child = spawn(process.execPath, [join(import.meta.dirname, 'children/steering-main.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const pid = child.pid ?? 0;
  onTestFinished(async () => {
    const guard = await guardOf(pid).catch(() => 0);
    child.kill('SIGKILL');
    await exited;
    // While the camera still answers: else the guard would try for a day.
    if (guard > 0) await until('no guard is left', async () => !(await isThere(guard)));
  });
  child.stdin.write(`${JSON.stringify({ url: device.url, credentials: operator })}\n`);
  await once(createInterface({ input: child.stdout }), 'line');
  await until('the camera moves', () => device.camera.isMoving());
  // Renewed at least once: the guard has heard a beat and a second move.
  await until('the move is renewed', () => heard.filter((action) => action === 'ContinuousMove').length >= 2);
  return { device, heard, child, guardPid: await guardOf(pid) };
}

/** The guard is main's only child. */
async function guardOf(pid: number): Promise<number> {
  return Number((await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')[0]);
}

/** Resolves when it stands, before it has come to the end of its way. */
async function stands(device: Awaited<ReturnType<typeof steeringMain>>['device'], how: string): Promise<void> {
  const beganMs = performance.now();
  await until('the camera stands still', () => !device.camera.isMoving());
  process.stdout.write(`still ${(performance.now() - beganMs).toFixed(0)} ms after ${how}\n`);
  expect(device.camera.position().pan).toBeLessThan(1);
}

it('stops the camera when main is killed in mid-move, and then ends', async () => {
  const { device, child, guardPid } = await steeringMain();
  child.kill('SIGKILL');
  await stands(device, 'main was killed');
  const { pan } = device.camera.position();
  await until('the guard has ended', async () => !(await isThere(guardPid)));
  expect(device.camera.position().pan).toBe(pan);
});

it('stops the camera when main hangs in mid-move', async () => {
  const { device, child } = await steeringMain();
  child.stdin.write('{"hang":true}\n');
  await stands(device, 'main hung');
});

it('is started again when it is killed, and stops the camera all the same when main dies after that', async () => {
  const { device, heard, child, guardPid } = await steeringMain();
  process.kill(guardPid, 'SIGKILL');
  await until('another guard is there', async () => {
    const pid = await guardOf(child.pid ?? 0);
    return pid !== 0 && pid !== guardPid;
  });
  // Main has told it everything in the turn in which it started it: by its next move that is over.
  const moves = heard.length;
  await until('main goes on', () => heard.length > moves);
  child.kill('SIGKILL');
  await stands(device, 'main was killed with a new guard');
});

it('has no password on its command line or in its environment', async () => {
  const { guardPid } = await steeringMain();
  const shown = await Promise.all(['cmdline', 'environ'].map((name) => readFile(`/proc/${guardPid}/${name}`, 'utf8')));
  expect(shown.join('\n')).not.toContain(operator.password);
  expect(shown[0]).toContain('ptz-guard');
});

async function isThere(pid: number): Promise<boolean> {
  return readFile(`/proc/${pid}/stat`, 'utf8').then(
    (stat) => !/\) Z /.test(stat),
    () => false,
  );
}
