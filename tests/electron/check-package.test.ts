import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundleImports } from '../../build/packaging/bundle-imports.ts';
import { checkPackage } from '../../build/packaging/check-package.ts';
import { collectNotices } from '../../build/packaging/notices.ts';
import { makeStubElectron } from '../../build/packaging/stub-electron.ts';
import { demoCity } from '../../core/cameras/demo-city.ts';

const root = resolve(import.meta.dirname, '../..');
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deedban-package-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Folder {
  readonly files: Record<string, Folder | { size: number; offset?: string; unpacked?: true }>;
}

/** Writes an archive as Electron's asar does; names in `unpacked` lie beside it. */
async function writeArchive(path: string, files: Readonly<Record<string, string>>, unpacked: readonly string[]): Promise<void> {
  const tree: Folder = { files: {} };
  const bodies: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const body = Buffer.from(text);
    const parts = name.split('/');
    let here: Folder = tree;
    for (const part of parts.slice(0, -1)) {
      const next = (here.files[part] ??= { files: {} });
      if (!('files' in next)) throw new Error(`${part} is a file`);
      here = next;
    }
    const last = parts.at(-1) ?? '';
    if (unpacked.includes(name)) {
      here.files[last] = { size: body.length, unpacked: true };
      await mkdir(dirname(`${path}.unpacked/${name}`), { recursive: true });
      await writeFile(`${path}.unpacked/${name}`, body);
    } else {
      here.files[last] = { size: body.length, offset: String(offset) };
      bodies.push(body);
      offset += body.length;
    }
  }
  const json = Buffer.from(JSON.stringify(tree));
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4)]);
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(4, 0);
  sizes.writeUInt32LE(padded.length + 8, 4);
  sizes.writeUInt32LE(padded.length + 4, 8);
  sizes.writeUInt32LE(json.length, 12);
  await writeFile(path, Buffer.concat([sizes, padded, ...bodies]));
}

const right = {
  'package.json': '{}',
  'out/main-electron.js': 'import { app } from "electron";\nimport { join } from "node:path";\nimport { z } from "zod";\n',
  'out/gateway.js': 'export {};\n',
  'out/city-worker.js': 'export {};\n',
  'out/preload-electron.cjs': 'const electron = require("electron");\n',
  'out/renderer/index.html': '<!doctype html>',
  'out/fonts/noto-naskh-arabic.woff2': 'drawn',
  'out/fonts/noto-naskh-arabic-licence.txt': 'may be given along',
  ...Object.fromEntries(demoCity().map(({ camera }) => [`out/city/${camera.id}.scene`, 'drawn'])),
  'node_modules/zod/package.json': '{}',
  'node_modules/zod/binding.node': 'native',
};

async function check(
  change: Readonly<Record<string, string | null>> = {},
  options: { unpacked?: string[]; fuses?: boolean } = {},
) {
  const resources = join(folder, 'resources');
  await makeStubElectron(folder, '45.0.0');
  if (options.fuses !== false) {
    await flipFuses(join(folder, 'electron'), {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    });
  }
  const files = Object.fromEntries(
    Object.entries({ ...right, ...change }).flatMap(([name, text]) => (text === null ? [] : [[name, text]])),
  );
  await writeArchive(join(resources, 'app.asar'), files, options.unpacked ?? ['node_modules/zod/binding.node']);
  for (const name of ['LICENSE.txt', 'NOTICES.txt']) await writeFile(join(resources, name), 'x');
  await chmod(join(folder, 'electron'), 0o755);
  return checkPackage({ program: join(folder, 'electron'), resources }, root);
}

test('a package that is right has nothing said against it', async () => {
  expect(await check()).toEqual([]);
});

test.each([
  ['out/gateway.js', null, 'out/gateway.js is missing.'],
  ['node_modules/ffmpeg-static/ffmpeg', 'x', 'GPL'],
  ['tests/wall/wall.test.ts', 'x', 'sources and tests'],
  ['out/renderer/.env.local', 'x', 'may hold secrets'],
  ['out/secrets.json', 'x', 'may hold secrets'],
  ['out/renderer/server.key', 'x', 'may hold secrets'],
  ['out/gateway.js.map', 'x', 'source maps'],
  ['node_modules/vitest/index.js', 'x', 'it is a tool'],
  ['node_modules/left-over/index.js', 'x', 'left-over is not needed'],
  ['node_modules/zod/package.json', null, ''],
])('a package in which %s is %s is refused', async (path, text, words) => {
  const wrong = await check({ [path]: text });
  if (words === '') expect(wrong).toEqual([]);
  else expect(wrong.join('\n')).toContain(words);
});

test('a package the program loads and that is not there is named', async () => {
  const wrong = await check({ 'node_modules/zod/package.json': null, 'node_modules/zod/binding.node': null });
  expect(wrong).toEqual(['The package zod is needed and missing.']);
});

test('a native module inside the archive is refused', async () => {
  expect((await check({}, { unpacked: [] })).join()).toContain('could not be loaded');
});

test('a preload that loads a package is refused, because a sandboxed one cannot', async () => {
  expect((await check({ 'out/preload-electron.cjs': 'require("zod");' })).join()).toContain('sandboxed preload cannot');
});

test('fuses as Electron leaves its factory are refused one by one', async () => {
  const wrong = await check({}, { fuses: false });
  expect(wrong).toContain('The fuse RunAsNode is not off.');
  expect(wrong).toContain('The fuse OnlyLoadAppFromAsar is not on.');
  expect(wrong).toHaveLength(7);
});

test('the packages a built file loads are found in every way of writing it', () => {
  const code = [
    'import a, { b } from "zod";',
    "import 'side-effect';",
    'import{c}from"@scope/name/deep.js";',
    'export * from "re-export";',
    'const d = await import("later");',
    'const e = require("old");',
    'import fs from "fs"; import { app } from "electron"; import x from "./own.js"; import y from "node:net";',
  ].join('\n');
  expect(bundleImports(code)).toEqual(['@scope/name', 'later', 'old', 're-export', 'side-effect', 'zod']);
});

test('the notices carry each package’s licence and where its source is', async () => {
  const text = await collectNotices(['node-datachannel', 'zod'], root);
  expect(text).toMatch(/node-datachannel \S+\nLicence: MPL 2\.0\nSource: \S+github\.com/);
  expect(text).toContain('Mozilla Public License Version 2.0');
  expect(text).toMatch(/zod \S+\nLicence: MIT/);
});

test('a package under a licence that may not be shipped stops the notices', async () => {
  await mkdir(join(folder, 'node_modules/gpl-thing'), { recursive: true });
  await writeFile(
    join(folder, 'node_modules/gpl-thing/package.json'),
    JSON.stringify({ name: 'gpl-thing', version: '1.0.0', license: 'GPL-3.0-or-later' }),
  );
  await expect(collectNotices(['gpl-thing'], folder)).rejects.toThrow('gpl-thing (GPL-3.0-or-later)');
});
