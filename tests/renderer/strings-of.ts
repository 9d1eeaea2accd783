import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Words = { readonly [key: string]: string | Words };

function flatten(node: Words, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

/** The catalogue of a language, flat: `wall.undo` → its words. */
export function strings(language: 'en' | 'ur' | 'ps'): ReadonlyMap<string, string> {
  const file = fileURLToPath(new URL(`../../assets/strings/${language}.json`, import.meta.url));
  return flatten(JSON.parse(readFileSync(file, 'utf8')) as Words);
}
