import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../build/paths.ts';
import { family, processes } from '../host/support/processes.ts';
import { until } from '../support/until.ts';
import { xorgConfig } from '../support/xorg-dummy.ts';
import { packaging, startWords } from './unit-file.ts';

/** Where the unit's words name what belongs to a real machine, this says what stands in for it here. */
function hereInstead(words: readonly string[], server: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  const client = words.slice(1, end).map((word) => word.replace('/etc/deedban/', `${packaging}/deedban-kiosk-`));
  // A virtual terminal is not to be had in a test; all else of the server's words is the unit's.
  const own = words.slice(end + 1).filter((word) => !/^(:\d+|vt\d+|-keeptty)$/.test(word));
  return [...client, '--', ...server, ...own];
}

it("the unit's command line brings up X server, window manager and the wall as a kiosk, and all of it ends together", async () => {
  const dir = await mkdtemp(join(tmpdir(), 'deedban-unit-'));
  const config = join(dir, 'xorg.conf');
  await writeFile(config, `${xorgConfig(1280, 720)}\n${readFileSync(join(packaging, 'deedban-kiosk-xorg.conf'), 'utf8')}`);
  const said = join(dir, 'said');
  const sandbox = process.env['CI'] === 'true' ? ' --no-sandbox' : '';
  const program = `cd '${root}' && exec '${process.execPath}' build/verbs/start.ts --host browser --data '${dir}/data'${sandbox} "$@" 2>'${said}'`;
  await writeFile(join(dir, 'deedban'), `#!/bin/sh\n${program}\n`);
  await chmod(join(dir, 'deedban'), 0o755);
  let number = 90;
  while (existsSync(`/tmp/.X11-unix/X${number}`)) number += 1;
  const server = ['/usr/lib/xorg/Xorg', `:${number}`, '-config', config, '-logfile', join(dir, 'xorg.log'), '-sharevts'];
  const child = spawn('/usr/bin/xinit', hereInstead(startWords(), server), {
    env: { ...process.env, PATH: `${dir}:${process.env['PATH']}`, DISPLAY: undefined, XAUTHORITY: join(dir, 'none') },
    stdio: 'ignore',
    cwd: dir,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const told = () => (existsSync(said) ? readFileSync(said, 'utf8') : '');
    const running = () => family(child.pid ?? -1).map(({ command }) => command);
    const runs = (part: RegExp) => running().some((command) => part.test(command));
    await until(
      'a page of the wall is open',
      () => {
        if (child.exitCode !== null) throw new Error(`xinit ended with ${child.exitCode}: ${told()}`);
        return runs(/chromium.*--type=renderer/);
      },
      90_000,
    );
    await until('Deedban says what it is', () => told().includes('The wall is on the displays.'));
    await until('it says that it has no PIN', () => told().includes('This is a kiosk and no PIN is set'));
    await until('its window manager runs', () => runs(/^openbox --config-file .*deedban-kiosk-openbox\.xml/));
    expect(runs(/chromium.*--kiosk.*--ozone-platform=x11/)).toBe(true);
    const pids = new Set(family(child.pid ?? -1).map(({ pid }) => pid));
    child.kill('SIGTERM');
    await ended;
    await until('nothing of it runs any more', () => processes().every(({ pid }) => !pids.has(pid)));
  } finally {
    child.kill('SIGTERM');
    await ended;
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
});
