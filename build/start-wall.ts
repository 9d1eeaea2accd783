import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as BrowserEntry from '../main/hosts/browser/entry.ts';
import { windowSystem } from '../main/hosts/window-system.ts';
import type { StartOptions } from '../main/command-line.ts';
import { bundleIfStale } from './bundle.ts';
import { findElectron } from './electron-binary.ts';
import { ensureNeeds } from './install-needs.ts';
import { outDir, root } from './paths.ts';
import { chromiumNeed, desktopNeeds, ffmpegNeed } from './system-needs.ts';

/** When this command began, UTC in milliseconds: what `startMs` counts from. */
export const commandAtMs = Date.now() - process.uptime() * 1_000;

/** Picks the host, says which and why, and runs Deedban in it until it ends. Returns the exit code. */
export async function startWall(options: StartOptions, argv: readonly string[]): Promise<number> {
  const hasDesktop = options.windows && windowSystem(process.platform, process.env) !== null;
  const electron = options.host === 'browser' || !hasDesktop ? null : await findElectron();
  if (electron?.path) {
    ensureNeeds([ffmpegNeed]);
    await bundleIfStale();
    process.stderr.write('Deedban runs in Electron.\n');
    return runElectron(electron.path, argv);
  }
  const why = options.host === 'browser' ? 'asked for by --host' : (electron?.why ?? 'there is no display for Electron');
  if (options.host === 'electron') {
    process.stderr.write(`Electron cannot run here: ${why}.\n`);
    return 3;
  }
  process.stderr.write(`Deedban runs in the browser host: ${why}.\n`);
  const { runBrowserHost } = await prepareBrowserHost({ windows: hasDesktop });
  return runBrowserHost(options);
}

/** Makes sure of what the browser host needs, builds what is stale, and loads it into this process. */
export async function prepareBrowserHost(needs: { windows: boolean }): Promise<typeof BrowserEntry> {
  const desktop = needs.windows && windowSystem(process.platform, process.env) === 'x11' ? desktopNeeds : [];
  ensureNeeds([ffmpegNeed, ...(needs.windows ? [chromiumNeed] : []), ...desktop]);
  await bundleIfStale();
  return import(pathToFileURL(join(outDir, 'main-browser.js')).href);
}

/** The options go by standard input: an address may carry a password, and command lines are there for all to read. */
function runElectron(binary: string, argv: readonly string[]): Promise<number> {
  // Said here too: Chromium may choose its window system before the program's own switches are read.
  const x11 = windowSystem(process.platform, process.env) === 'x11' ? ['--ozone-platform=x11'] : [];
  const child = spawn(binary, [join(root, '.'), ...x11, '--options-on-stdin'], { stdio: ['pipe', 'inherit', 'inherit'] });
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(argv));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
