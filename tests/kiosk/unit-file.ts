import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../build/paths.ts';

export const packaging = join(root, 'build/packaging');
export const unitPath = join(packaging, 'deedban-kiosk.service');

/** The unit's settings by name, in their order; comments are left out. */
export function unitSettings(): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, string[]>();
  for (const line of readFileSync(unitPath, 'utf8').split('\n')) {
    const [, name, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) settings.set(name, [...(settings.get(name) ?? []), value]);
  }
  return settings;
}

/** The words of `ExecStart`, quoted ones whole. */
export function startWords(): readonly string[] {
  const [line = ''] = unitSettings().get('ExecStart') ?? [];
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
