import { builtinModules } from 'node:module';

const importOf =
  /(?:^|[\s;}])(?:import|export)\s*(?:[\w*${}\s,]+?[\s}]from\s*)?["']([^"'\n]+)["']|\b(?:import|require|__require)\(\s*["']([^"'\n]+)["']\s*\)/g;

/**
 * The packages a built file loads at run time: bare names in its imports and requires, without Node's and Electron's own.
 * Reads the text, so a name in a string that looks like an import counts too: the error is on the safe side.
 */
export function bundleImports(code: string): readonly string[] {
  const names = new Set<string>();
  for (const match of code.matchAll(importOf)) {
    const specifier = match[1] ?? match[2] ?? '';
    if (specifier === '' || specifier.startsWith('.') || specifier.startsWith('/') || specifier.startsWith('node:')) continue;
    const parts = specifier.split('/');
    const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
    if (name !== 'electron' && !builtinModules.includes(name)) names.add(name);
  }
  return [...names].sort();
}
