import { spawn } from 'node:child_process';
import { chown, chmod, copyFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { BrowserUser } from './browser-user.ts';

/**
 * A file `XAUTHORITY` may name for the browser's user: a copy of this display's entry, in `folder`. Null where the
 * server was opened without one (it then lets local users in, or the browser will say that it may not). The secret goes
 * from `xauth` to `xauth` through pipes.
 */
export async function giveXAuthority(folder: string, user: BrowserUser | null, env: NodeJS.ProcessEnv): Promise<string | null> {
  const display = env['DISPLAY'];
  const source = env['XAUTHORITY'] ?? join(homedir(), '.Xauthority');
  const isThere = await stat(source).then(
    (found) => found.isFile() && found.size > 0,
    () => false,
  );
  if (!display || !isThere) return null;
  if (user === null) return source;
  const target = join(folder, 'xauthority');
  try {
    const entry = await xauth(source, ['nextract', '-', display], '');
    if (entry === '') throw new Error('no entry of its own');
    await xauth(target, ['nmerge', '-'], entry);
  } catch {
    // Without the program, or where an entry is for every display (Xwayland's), the whole file does.
    await copyFile(source, target);
  }
  const made = await stat(target).catch(() => null);
  if (made === null) return null;
  await chmod(target, 0o600);
  await chown(target, user.uid, user.gid);
  return target;
}

function xauth(file: string, words: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('xauth', ['-q', '-f', file, ...words], { stdio: ['pipe', 'pipe', 'ignore'], timeout: 5_000 });
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString('latin1');
    });
    child.stdin.on('error', () => {});
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`xauth ended with ${code}`))));
    child.stdin.end(input, 'latin1');
  });
}
