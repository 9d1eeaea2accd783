import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  repository: z.union([z.string(), z.object({ url: z.string() })]).optional(),
  homepage: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

/** An installed package. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly source: string | null;
  readonly folder: string;
  readonly dependencies: readonly string[];
  readonly optionalDependencies: readonly string[];
}

/** Reads the package in `folder`. Rejects where it has no readable package.json. */
export async function readPackage(folder: string): Promise<InstalledPackage> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const { license, repository } = manifest;
  return {
    name: manifest.name,
    version: manifest.version,
    license: typeof license === 'object' ? license.type : (license ?? 'not stated'),
    source: (typeof repository === 'object' ? repository.url : repository) ?? manifest.homepage ?? null,
    folder,
    dependencies: Object.keys(manifest.dependencies),
    optionalDependencies: Object.keys(manifest.optionalDependencies),
  };
}

/** Where Node would find `name` from `folder`; null where it is not installed. */
export function findPackage(name: string, folder: string): string | null {
  const top = parse(folder).root;
  for (let here = folder; ; here = dirname(here)) {
    const there = join(here, 'node_modules', name);
    if (existsSync(join(there, 'package.json'))) return there;
    if (here === top) return null;
  }
}

/**
 * The packages that `names` need at run time from `folder`, themselves included, by their folders. An optional one that is
 * not installed (another platform's binary) is left out; a missing other one throws.
 */
export async function packageTree(names: readonly string[], folder: string): Promise<ReadonlyMap<string, InstalledPackage>> {
  const found = new Map<string, InstalledPackage>();
  const pending = names.map((name) => ({ name, from: folder, optional: false }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const place = findPackage(next.name, next.from);
    if (place === null) {
      if (next.optional) continue;
      throw new Error(`${next.name} is needed and not installed. Run npm ci.`);
    }
    if (found.has(place)) continue;
    const read = await readPackage(place);
    found.set(place, read);
    for (const name of read.dependencies) {
      pending.push({ name, from: place, optional: read.optionalDependencies.includes(name) });
    }
    for (const name of read.optionalDependencies) pending.push({ name, from: place, optional: true });
  }
  return found;
}
