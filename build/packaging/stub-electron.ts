import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the fuse wire begins with in every Electron (https://www.electronjs.org/docs/latest/tutorial/fuses). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** How Electron 45 leaves the factory: nine fuses, in the order of @electron/fuses' `FuseV1Options`; `1` is on. */
const factoryFuses = '101100011';
const fuseVersion = 1;

/**
 * Makes a folder that looks enough like an unpacked Electron for Linux to be packaged: its program has a fuse wire and, when
 * run, says that it is none. It shows that configuration, contents and fuses are right, and nothing about running.
 */
export async function makeStubElectron(folder: string, version: string): Promise<void> {
  await mkdir(join(folder, 'resources'), { recursive: true });
  const words =
    '#!/bin/sh\necho "This is a stub made to check the packaging. It is not Electron and runs nothing." >&2\nexit 70\n';
  const wire = Buffer.concat([
    Buffer.from(sentinel, 'latin1'),
    Buffer.from([fuseVersion, factoryFuses.length]),
    Buffer.from(factoryFuses, 'latin1'),
  ]);
  const program = join(folder, 'electron');
  await writeFile(program, Buffer.concat([Buffer.from(words), wire, Buffer.from('\n')]));
  await chmod(program, 0o755);
  await writeFile(join(folder, 'version'), version);
  await writeFile(join(folder, 'LICENSE'), 'A stub; the real Electron brings its licence here.\n');
}
