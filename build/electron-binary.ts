import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './paths.ts';

export interface ElectronAnswer {
  readonly path: string | null;
  /** Where there is none: why, in words. */
  readonly why: string;
}

const connectLimitMs = 5_000;
const refusalFile = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'deedban', 'electron-refused.txt');

/**
 * The Electron binary of this checkout. Where it is missing it is fetched once, if its host answers within 5 s; that it did
 * not is remembered beside the version, so that the next start does not wait again.
 */
export async function findElectron(): Promise<ElectronAnswer> {
  if (process.platform === 'linux' && process.getuid?.() === 0)
    return { path: null, why: 'Electron does not run as root with its sandbox on' };
  const there = await binaryPath();
  if (there) return { path: there, why: '' };
  if (process.env['CI']) return { path: null, why: 'its binary is not here (nothing is fetched in CI)' };
  const version = await electronVersion();
  if (!version) return { path: null, why: 'it is not installed' };
  const refused = await readFile(refusalFile, 'utf8').catch(() => '');
  if (refused === version) return { path: null, why: `its download was refused before (delete ${refusalFile} to try again)` };
  const host = new URL(process.env['ELECTRON_MIRROR'] ?? 'https://github.com/');
  process.stderr.write(`Electron's binary is not here: asking ${host.hostname} for it …\n`);
  const fetched =
    (await answers(host)) &&
    spawnSync(process.execPath, [join(root, 'node_modules/electron/install.js')], { stdio: ['ignore', 2, 2] }).status === 0;
  const path = fetched ? await binaryPath() : null;
  if (path) return { path, why: '' };
  await mkdir(dirname(refusalFile), { recursive: true });
  await writeFile(refusalFile, version);
  return { path: null, why: `its binary could not be fetched from ${host.hostname}` };
}

async function binaryPath(): Promise<string | null> {
  const folder = join(root, 'node_modules/electron');
  const name = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => '');
  const path = name && join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name);
  return path && existsSync(path) ? path : null;
}

async function electronVersion(): Promise<string | null> {
  const text = await readFile(join(root, 'node_modules/electron/package.json'), 'utf8').catch(() => null);
  return text === null ? null : (/"version":\s*"([^"]+)"/.exec(text)?.[1] ?? null);
}

function answers(host: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: host.hostname, port: Number(host.port) || (host.protocol === 'http:' ? 80 : 443) });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(connectLimitMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
