import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onPath } from '../../build/system-needs.ts';
import { packaging, startWords, unitPath, unitSettings } from './unit-file.ts';

const canVerify = onPath('systemd-analyze') && existsSync('/usr/bin/xinit');
if (!canVerify) process.stderr.write('The kiosk unit is not verified: there is no systemd-analyze, or no xinit, here.\n');

describe('the unit of a kiosk', () => {
  it.skipIf(!canVerify)('is one in which systemd finds nothing to complain of', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'deedban-unit-'));
    try {
      const copy = join(dir, 'deedban-kiosk.service');
      await copyFile(unitPath, copy);
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', copy], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('runs as a user of its own, in an X session of its own, and is started again for ever', () => {
    const settings = unitSettings();
    expect(settings.get('User')).toEqual(['deedban']);
    expect(settings.get('PAMName')).toEqual(['login']);
    expect(settings.get('Conflicts')?.join(' ')).toMatch(/getty@tty1\.service.*display-manager\.service/);
    expect(settings.get('Restart')).toEqual(['always']);
    expect(settings.get('StartLimitIntervalSec')).toEqual(['0']);
    expect(startWords()[0]).toBe('/usr/bin/xinit');
    expect(startWords()).toEqual(expect.arrayContaining(['vt1', '-nolisten', 'tcp']));
    expect(readFileSync(unitPath, 'utf8').match(/^#.*useradd.*nologin deedban$/m)).not.toBeNull();
  });

  it('lets nobody leave by a key: neither to another terminal, nor by ending the server, nor through the window manager', () => {
    const server = readFileSync(join(packaging, 'deedban-kiosk-xorg.conf'), 'utf8');
    expect(server).toMatch(/Option "DontVTSwitch" "true"/);
    expect(server).toMatch(/Option "DontZap" "true"/);
    const manager = readFileSync(join(packaging, 'deedban-kiosk-openbox.xml'), 'utf8');
    expect(manager).toMatch(/<keyboard \/>/);
    expect(manager).not.toMatch(/<keybind|ShowMenu|Execute/);
  });
});
