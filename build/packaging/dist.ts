import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkPackage, type PackagePlace } from './check-package.ts';
import { collectNotices } from './notices.ts';
import { readPackage } from './package-tree.ts';
import { makeStubElectron } from './stub-electron.ts';

const root = resolve(import.meta.dirname, '../..');

export interface DistOptions {
  /** Packages a stub instead of Electron: to check configuration and contents where there is no Electron. */
  readonly stub: boolean;
  /** Where the result goes; `release` (or `release/stub`) in the checkout unless given. */
  readonly output?: string;
}

/**
 * Packages the built program (`out/`) for this platform and looks the result over. Where Electron's binary is not here a stub
 * is packaged instead, and said to be one. Returns the exit code: 0 where the package is right, 1 where it is not.
 */
export async function dist(options: DistOptions): Promise<number> {
  const stub = options.stub || !electronIsHere();
  if (stub && !options.stub) say("Electron's binary is not here, so a stub takes its place.");
  await writeFile(join(root, 'out/NOTICES.txt'), await noticesOfThisProgram());
  const output = options.output ?? join(root, stub ? 'release/stub' : 'release');
  await rm(output, { recursive: true, force: true });
  const code = stub ? await packageStub(output) : await runElectronBuilder([`-c.directories.output=${output}`]);
  if (code !== 0) {
    say(`electron-builder ended with code ${code}.`);
    return 1;
  }
  const place = packagePlace(output, stub ? 'linux' : process.platform);
  const wrong = await checkPackage(place, root);
  for (const words of wrong) say(words);
  if (wrong.length > 0) return 1;
  say(`The package is as it should be: ${output}`);
  if (stub) say('It holds a STUB in place of Electron: it shows that packaging works and cannot be run.');
  return 0;
}

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}

function electronIsHere(): boolean {
  return existsSync(join(root, 'node_modules/electron/path.txt')) && existsSync(join(root, 'node_modules/electron/dist'));
}

async function noticesOfThisProgram(): Promise<string> {
  return collectNotices((await readPackage(root)).dependencies, root);
}

async function packageStub(output: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-stub-'));
  try {
    const { version } = await readPackage(join(root, 'node_modules/electron'));
    await makeStubElectron(folder, version);
    return await runElectronBuilder(['--linux', 'dir', `-c.electronDist=${folder}`, `-c.directories.output=${output}`]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runElectronBuilder(words: readonly string[]): Promise<number> {
  const program = join(root, 'node_modules/electron-builder/cli.js');
  const child = spawn(process.execPath, [program, '--config', 'electron-builder.yml', '--publish', 'never', ...words], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}

/** Where electron-builder leaves the unpacked program of each platform. */
function packagePlace(output: string, platform: NodeJS.Platform): PackagePlace {
  if (platform === 'darwin') {
    const folder = join(output, process.arch === 'arm64' ? 'mac-arm64' : 'mac', 'Deedban.app/Contents');
    return { program: join(folder, 'MacOS/Deedban'), resources: join(folder, 'Resources') };
  }
  const folder = join(
    output,
    `${platform === 'win32' ? 'win' : 'linux'}${process.arch === 'x64' ? '' : `-${process.arch}`}-unpacked`,
  );
  return { program: join(folder, platform === 'win32' ? 'Deedban.exe' : 'deedban'), resources: join(folder, 'resources') };
}
