import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import { StoreProblem } from '../../main/ports/store-problem.ts';
import { openDataDir } from '../../main/stores/files/data-dir.ts';
import { dataFolderPlace } from '../../main/stores/files/data-folder-place.ts';
import { explainFsError } from '../../main/stores/explain-fs-error.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { startChild } from './child-lines.ts';
import { temporaryFolder } from './temporary-folder.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;

function refusal(work: () => unknown): StoreProblem {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreProblem) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the place of the data folder', () => {
  it.each([
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/op', '/data/deedban'],
    ['linux', {}, '/home/op', '/home/op/.local/share/deedban'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/op', '/home/op/.local/share/deedban'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/op', '/home/op/.local/share/deedban'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/Users/op', '/Users/op/Library/Application Support/Deedban'],
    ['win32', { APPDATA: 'C:\\Users\\op\\AppData\\Roaming' }, 'C:\\Users\\op', 'C:\\Users\\op\\AppData\\Roaming\\Deedban'],
    ['win32', {}, 'C:\\Users\\op', 'C:\\Users\\op\\AppData\\Roaming\\Deedban'],
  ] as const)('on %s with %j is the one the platform means', (platform, environment, home, place) => {
    expect(dataFolderPlace(platform, environment, home)).toBe(place);
  });
});

describe('the data folder', () => {
  it('is made where there is none, for this user alone, with a folder for what runs', () => {
    const path = join(temporaryFolder(), 'deep', 'deedban');
    const dir = openDataDir(path);
    expect(dir.path).toBe(path);
    expect([modeOf(path), modeOf(dir.runPath)]).toEqual([0o700, 0o700]);
    dir.close();
    openDataDir(path).close();
  });

  it('that was there keeps its mode, and everything of ours in it is closed to others', () => {
    const path = join(temporaryFolder(), 'home');
    mkdirSync(path, { mode: 0o755 });
    for (let opening = 0; opening < 2; opening++) {
      const dir = openDataDir(path);
      openSqliteStores(path, systemClock).close();
      dir.close();
    }
    expect(modeOf(path)).toBe(0o755);
    for (const name of readdirSync(path)) expect(modeOf(join(path, name)) & 0o077, name).toBe(0);
  });

  it('is refused to a second opening in the same process', () => {
    const path = temporaryFolder();
    const dir = openDataDir(path);
    expect(refusal(() => openDataDir(path)).code).toBe('in-use');
    // And the refused try did not loosen the first one's hold.
    expect(refusal(() => openDataDir(path)).code).toBe('in-use');
    dir.close();
  });

  it('held by another process is refused in words that name the folder and the process, and is free once that one was killed', async () => {
    const path = temporaryFolder();
    const holder = startChild('hold-folder.ts', path);
    expect(await holder.next()).toBe('held');
    const second = startChild('hold-folder.ts', path);
    expect(await second.next()).toBe(
      `in-use: Deedban is already running with the folder ${path} (process ${holder.child.pid}). Close it first, or choose another folder with --data.`,
    );
    await second.ended();
    expect(refusal(() => openDataDir(path)).message).toContain(`process ${holder.child.pid}`);
    await holder.kill();
    openDataDir(path).close();
  });

  it('is given back by an orderly end', async () => {
    const path = temporaryFolder();
    const holder = startChild('hold-folder.ts', path);
    expect(await holder.next()).toBe('held');
    holder.child.stdin?.end();
    await holder.ended();
    openDataDir(path).close();
  });

  it('that is a file is refused in words', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'x');
    expect(refusal(() => openDataDir(path))).toMatchObject({
      code: 'not-a-folder',
      message: `${path} is not a folder. Choose another one with --data.`,
    });
    expect(refusal(() => openDataDir(join(path, 'below'))).code).toBe('not-a-folder');
  });

  it.runIf(process.platform === 'linux')('that cannot be made is refused in words', () => {
    expect(refusal(() => openDataDir('/proc/deedban'))).toMatchObject({ code: 'not-writable' });
  });

  it.each([
    ['ENOSPC', 'full', 'is full'],
    ['EDQUOT', 'full', 'used up'],
    ['EACCES', 'not-writable', 'may not write'],
    ['EROFS', 'not-writable', 'only be read'],
    ['EWHAT', 'failed', 'EWHAT'],
  ])('explains %s to a person, with the folder', (code, problem, words) => {
    const explained = explainFsError(Object.assign(new Error('x'), { code }), '/data');
    expect(explained.code).toBe(problem);
    expect(explained.message).toContain(words);
    expect(explained.message).toContain('/data');
  });

  it('that is temporary is removed when it is closed', () => {
    const inside = temporaryFolder();
    const dir = openDataDir(inside, { temporary: true });
    writeFileSync(join(dir.path, 'something'), 'x');
    expect(dir.path.startsWith(inside)).toBe(true);
    dir.close();
    dir.close();
    expect(existsSync(dir.path)).toBe(false);
  });
});
