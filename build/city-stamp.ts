import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

const source = 'main/gateway/city';

/** What the demonstration city is drawn by: a prepared scene is used only by the program whose sources drew it. */
export function cityStamp(): string {
  const hash = createHash('sha256');
  const names = readdirSync(join(root, source), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) hash.update(`${name.replaceAll('\\', '/')}\n`).update(readFileSync(join(root, source, name)));
  return hash.digest('hex').slice(0, 32);
}
