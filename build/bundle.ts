import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outDir, root } from './paths.ts';
import { prepareCityIfStale } from './prepare-city.ts';

const sources = ['core', 'main', 'renderer', 'preload', 'assets', 'build', 'package-lock.json'];
const stampFile = join(outDir, 'stamp.txt');

/** Builds what is stale, all of it; says so on stderr only when there is something to do. */
export async function bundleIfStale(): Promise<void> {
  const stamp = await fingerprint();
  if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) return;
  process.stderr.write('building Deedban …\n');
  await bundle();
  await writeFile(stampFile, stamp);
}

/** Builds every target and, where it has changed, the demonstration city into `out/`. */
export async function bundle(): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await Promise.all([bundleTargets(), prepareCityIfStale()]);
}

async function bundleTargets(): Promise<void> {
  // Loaded only when there is something to build: the bundler takes longer to load than Deedban to start.
  const [{ build }, { targets }] = await Promise.all([import('vite'), import('./targets.ts')]);
  process.env['NODE_ENV'] = 'production';
  for (const config of Object.values(targets)) await build(config);
  await copyPageFont();
}

/** What pages of a bundle carry along, beside main, which does not bring packages of the renderer. */
async function copyPageFont(): Promise<void> {
  const from = join(root, 'node_modules/@fontsource-variable/noto-naskh-arabic');
  const to = join(outDir, 'fonts');
  await mkdir(to, { recursive: true });
  await copyFile(join(from, 'files/noto-naskh-arabic-arabic-wght-normal.woff2'), join(to, 'noto-naskh-arabic.woff2'));
  await copyFile(join(from, 'LICENSE'), join(to, 'noto-naskh-arabic-licence.txt'));
}

/** Names, sizes and times of everything that is built from. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) await add(join(root, source));
  return hash.digest('hex');

  async function add(path: string): Promise<void> {
    const facts = await stat(path).catch(() => null);
    if (!facts) return;
    if (facts.isDirectory()) {
      for (const name of (await readdir(path)).sort()) await add(join(path, name));
    } else hash.update(`${path.slice(root.length)} ${facts.size} ${facts.mtimeMs}\n`);
  }
}
