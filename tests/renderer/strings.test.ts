import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contract } from '../../core/contract.ts';
import { problems } from '../../core/streams/problem.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Words = { readonly [key: string]: string | Words };
const words = JSON.parse(readFileSync(join(root, 'assets/strings/en.json'), 'utf8')) as Words;

function flatten(node: Words, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}
const strings = flatten(words);
const plural = /_(zero|one|two|few|many|other)$/;
const keys = new Set([...strings.keys()].map((key) => key.replace(plural, '')));

const sources = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(root, 'renderer', name), 'utf8'));

const sections = Object.keys(words);
/** Every quoted `section.key`, and every template `section.${…}` as a section that is used whole. */
const quoted = new Set<string>();
const wholeSections = new Set<string>();
for (const source of sources) {
  for (const [, key] of source.matchAll(/'([a-z-]+\.[a-z-]+)'/g)) {
    if (key && sections.includes(key.split('.')[0] ?? '')) quoted.add(key);
  }
  for (const [, section] of source.matchAll(/t\(`([a-z-]+)\.\$\{/g)) if (section) wholeSections.add(section);
}
// Names of the contract have the same form as keys.
const contractNames = new Set(Object.keys(contract));

describe('the strings of the wall', () => {
  it('has words for every key that is used', () => {
    const missing = [...quoted].filter((key) => !keys.has(key) && !contractNames.has(key));
    expect(missing).toEqual([]);
  });

  it('uses every key it has words for', () => {
    const unused = [...keys].filter((key) => !quoted.has(key) && !wholeSections.has(key.split('.')[0] ?? ''));
    expect(unused).toEqual([]);
  });

  it('has words for every problem a stream can have, and for none that does not exist', () => {
    const told = [...keys].filter((key) => key.startsWith('problem.')).map((key) => key.slice('problem.'.length));
    expect(told.sort()).toEqual([...Object.keys(problems), 'none'].sort());
  });

  it('has something to say under every key', () => {
    for (const [key, text] of strings) expect(text.trim(), key).not.toBe('');
  });
});
