import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleIfStale } from '../../build/bundle.ts';
import { readArchive } from '../../build/packaging/asar-contents.ts';
import { dist } from '../../build/packaging/dist.ts';

const output = await mkdtemp(join(tmpdir(), 'deedban-dist-'));
afterAll(() => rm(output, { recursive: true, force: true }));

test.runIf(process.platform === 'linux')(
  'Deedban is packaged around a stub Electron, with what it needs and nothing else',
  async () => {
    await bundleIfStale();
    expect(await dist({ stub: true, output })).toBe(0);
    const folder = `linux${process.arch === 'x64' ? '' : `-${process.arch}`}-unpacked`;
    const archive = await readArchive(join(output, folder, 'resources/app.asar'));
    const manifest: unknown = JSON.parse((await archive.get('package.json')?.read())?.toString('utf8') ?? 'null');
    expect(manifest).toMatchObject({ name: 'deedban', main: 'out/main-electron.js', type: 'module' });
    expect([...archive.keys()].some((path) => path.endsWith('.node'))).toBe(true);
  },
);
